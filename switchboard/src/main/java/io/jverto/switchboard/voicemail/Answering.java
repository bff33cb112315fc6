package io.jverto.switchboard.voicemail;

import io.jverto.media.plan.Sound;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.menu.Digits;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.UserId;
import io.jverto.switchboard.port.VoicemailStore.VoiceMessage;
import io.jverto.switchboard.speech.SayType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Takes a message for somebody (dialplan-directory.md section 9.3, `voicemail`). Runs on the channel's thread and waits there.
final class Answering {
    private static final int MAX_NAME = 255;

    private final Channel channel;
    private final VoicemailProfile profile;
    private final Mailboxes mailboxes;
    private final UserId box;

    Answering(Channel channel, VoicemailProfile profile, Mailboxes mailboxes, UserId box) {
        this.channel = channel;
        this.profile = profile;
        this.mailboxes = mailboxes;
        this.box = box;
    }

    /// @return where the caller wants to go instead
    Optional<Text> run() {
        Optional<List<VoiceMessage>> messages = mailboxes.messages(box);
        if (messages.isEmpty() || isFull(messages.get())) {
            say(messages.isEmpty() ? "unavailable" : "mailbox_full");
            return Optional.empty();
        }
        Optional<Character> key = greet();
        if (key.isPresent() && key.get() == profile.keys().operator() && !profile.operator().isEmpty()) {
            return Optional.of(profile.operator());
        }
        if (key.isPresent() && key.get() == profile.keys().voicemailMain() && !profile.voicemailMain().isEmpty()) {
            return Optional.of(profile.voicemailMain());
        }
        if (channel.up()) {
            take();
        }
        return Optional.empty();
    }

    private boolean isFull(List<VoiceMessage> messages) {
        int seconds = messages.stream().mapToInt(VoiceMessage::seconds).sum();
        return messages.size() >= profile.limits().messages() || seconds >= profile.limits().mailboxSeconds();
    }

    /// @return the key that ended the greeting
    private Optional<Character> greet() {
        Said greeting = new Said(channel);
        Optional<Path> own = mailboxes.greeting(box);
        if (own.isPresent()) {
            greeting.sound(Optional.of(new Sound.File(own.get(), 0)));
        } else {
            greeting.prompt("person").say(SayType.TELEPHONE_EXTENSION, box.user()).prompt("not_available").prompt("record_message");
        }
        Digits.Typed typed = greeting.ask(Digits.Wanted.key(1));
        return typed.digits().isEmpty() ? Optional.empty() : Optional.of(typed.digits().charAt(0));
    }

    private void take() {
        for (int tries = 0; tries < profile.limits().retries() && channel.up(); tries++) {
            Optional<Path> draft = mailboxes.draft(box, mailboxes.newId());
            Optional<Integer> seconds = draft.flatMap(file -> profile.record(channel, file));
            if (seconds.isEmpty()) {
                draft.ifPresent(mailboxes::forget);
                say("not_saved");
                return;
            }
            if (seconds.get() < profile.limits().minSeconds()) {
                mailboxes.forget(draft.get());
                say("too_small");
            } else if (review(draft.get(), seconds.get())) {
                return;
            } else {
                mailboxes.forget(draft.get());
            }
        }
    }

    /// Who hangs up or says nothing has his message sent.
    ///
    /// @return false when it is to be recorded anew
    private boolean review(Path draft, int seconds) {
        VoicemailProfile.Keys keys = profile.keys();
        for (int rounds = 0; rounds < profile.limits().retries() && channel.up(); rounds++) {
            Optional<Character> key = new Said(channel)
                    .choice("listen_recording", keys.listen()).choice("save_recording", keys.save()).choice("rerecord", keys.record())
                    .choice("mark_urgent", keys.urgent()).key(profile.limits().digitMillis());
            if (key.isPresent() && key.get() == keys.listen()) {
                new Said(channel).sound(Optional.of(new Sound.File(draft, 0))).play();
            } else if (key.isPresent() && key.get() == keys.record()) {
                return false;
            } else if (key.isPresent() && (key.get() == keys.save() || key.get() == keys.urgent())) {
                keep(draft, seconds, key.get() == keys.urgent());
                return true;
            }
        }
        keep(draft, seconds, false);
        return true;
    }

    private void keep(Path draft, int seconds, boolean urgent) {
        CallerProfile caller = channel.profile();
        VoiceMessage message = new VoiceMessage(mailboxes.newId(), channel.services().time().wallTime(), cut(caller.callerName()),
                cut(caller.callerNumber()), seconds, urgent, false);
        say(mailboxes.add(box, draft, message) ? "message_saved" : "not_saved");
    }

    private static String cut(String name) {
        return name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
    }

    private void say(String prompt) {
        if (channel.up()) {
            new Said(channel).prompt(prompt).play();
        }
    }
}
