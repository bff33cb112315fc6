package io.jverto.switchboard.voicemail;

import io.jverto.media.plan.Sound;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.menu.Digits;
import io.jverto.switchboard.menu.Terminators;
import io.jverto.switchboard.port.UserId;
import io.jverto.switchboard.port.VoicemailStore.VoiceMessage;
import io.jverto.switchboard.speech.SayType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Lets the owner of a mailbox listen, tidy up, and change greeting and password. Runs on the channel's thread and waits there.
final class Owner {
    private static final int MAX_PASSWORD = 32;

    private final Channel channel;
    private final VoicemailProfile profile;
    private final Mailboxes mailboxes;
    private final UserId box;
    private final VoicemailProfile.Keys keys;

    Owner(Channel channel, VoicemailProfile profile, Mailboxes mailboxes, UserId box) {
        this.channel = channel;
        this.profile = profile;
        this.mailboxes = mailboxes;
        this.box = box;
        this.keys = profile.keys();
    }

    void run() {
        say("hello");
        for (int rounds = 0; rounds < profile.limits().retries() && channel.up(); rounds++) {
            Optional<List<VoiceMessage>> messages = mailboxes.messages(box);
            if (messages.isEmpty()) {
                say("unavailable");
                return;
            }
            Optional<Character> key = counts(new Said(channel), messages.get())
                    .choice("listen_new", keys.playNew()).choice("listen_saved", keys.playSaved()).choice("advanced", keys.config())
                    .choice("to_exit", keys.terminator()).key(profile.limits().digitMillis());
            if (key.isPresent() && key.get() == keys.terminator()) {
                break;
            }
            rounds = choose(key) ? -1 : rounds;
        }
        say("goodbye");
    }

    private Said counts(Said said, List<VoiceMessage> messages) {
        int saved = (int) messages.stream().filter(VoiceMessage::saved).count();
        int fresh = messages.size() - saved;
        said.prompt("you_have");
        if (messages.isEmpty()) {
            return said.prompt("no_messages").pause();
        }
        if (fresh > 0) {
            said.say(SayType.NUMBER, String.valueOf(fresh)).prompt("new");
        }
        if (fresh > 0 && saved > 0) {
            said.prompt("and");
        }
        if (saved > 0) {
            said.say(SayType.NUMBER, String.valueOf(saved)).prompt("saved");
        }
        return said.prompt(messages.size() == 1 ? "message" : "messages").pause();
    }

    /// @return whether the key does anything
    private boolean choose(Optional<Character> key) {
        if (key.isEmpty()) {
            return false;
        }
        if (key.get() == keys.playNew() || key.get() == keys.playSaved()) {
            listen(key.get() == keys.playSaved());
        } else if (key.get() == keys.config()) {
            configure();
        } else {
            return false;
        }
        return true;
    }

    private void listen(boolean saved) {
        List<VoiceMessage> messages = mailboxes.messages(box).orElse(List.of()).stream().filter(message -> message.saved() == saved).toList();
        int at = 0;
        while (at >= 0 && at < messages.size() && channel.up()) {
            at += listen(messages.get(at), at + 1, messages.size());
        }
        if (at >= messages.size()) {
            say("no_more_messages");
        }
    }

    /// @return how far to go on: 1 to the next message, -1 to the one before, a great step back to the main menu
    private int listen(VoiceMessage message, int number, int count) {
        boolean withInformation = true;
        for (int rounds = 0; rounds < profile.limits().retries() && channel.up(); rounds++) {
            Optional<Character> key = message(message, number, withInformation).key(profile.limits().digitMillis());
            withInformation = !key.equals(Optional.of(keys.skipInfo()));
            if (key.isEmpty()) {
                continue;
            }
            rounds = -1;
            if (key.get() == keys.delete()) {
                say(mailboxes.delete(box, message) ? "deleted" : "unavailable");
                return 1;
            }
            if (key.get() == keys.save() || key.get() == keys.next()) {
                say(mailboxes.save(box, message) ? "message_saved" : "unavailable");
                return 1;
            }
            if (key.get() == keys.previous() && key.get() != keys.listen()) {
                return number > 1 ? -1 : 0;
            }
            if (key.get() == keys.main() || key.get() == keys.terminator()) {
                return -count;
            }
        }
        return -count;
    }

    /// Who left it and when, the message, and what can be done with it.
    private Said message(VoiceMessage message, int number, boolean withInformation) {
        Said said = new Said(channel);
        if (withInformation) {
            said.prompt("message_number").say(SayType.NUMBER, String.valueOf(number)).prompt(message.urgent() ? "urgent" : "received")
                    .say(SayType.SHORT_DATE_TIME, String.valueOf(message.at().getEpochSecond()));
            if (message.callerNumber().chars().anyMatch(Character::isDigit)) {
                said.prompt("from").say(SayType.TELEPHONE_NUMBER, message.callerNumber());
            } else {
                said.prompt("unknown_caller");
            }
        }
        return said.pause().sound(Optional.of(new Sound.File(mailboxes.file(box, message.id()), 0))).pause()
                .choice("repeat", keys.listen()).choice("save", keys.save()).choice("delete", keys.delete()).choice("next", keys.next())
                .choice("main_menu", keys.main());
    }

    private void configure() {
        for (int rounds = 0; rounds < profile.limits().retries() && channel.up(); rounds++) {
            Optional<Character> key = new Said(channel)
                    .choice("record_greeting", keys.recordGreeting()).choice("remove_greeting", keys.removeGreeting())
                    .choice("change_password", keys.changePassword()).choice("main_menu", keys.main()).key(profile.limits().digitMillis());
            if (key.isEmpty()) {
                continue;
            }
            if (key.get() == keys.main() || key.get() == keys.terminator()) {
                return;
            }
            if (key.get() == keys.recordGreeting()) {
                recordGreeting();
            } else if (key.get() == keys.removeGreeting()) {
                mailboxes.removeGreeting(box);
                say("greeting_removed");
            } else if (key.get() == keys.changePassword()) {
                changePassword();
            }
        }
    }

    private void recordGreeting() {
        for (int tries = 0; tries < profile.limits().retries() && channel.up(); tries++) {
            say("say_greeting");
            Optional<Path> draft = mailboxes.draft(box, mailboxes.newId());
            Optional<Integer> seconds = draft.flatMap(file -> profile.record(channel, file));
            if (draft.isEmpty() || seconds.isEmpty()) {
                draft.ifPresent(mailboxes::forget);
                say("not_saved");
                return;
            }
            if (keepsGreeting(draft.get())) {
                say(mailboxes.greeting(box, draft.get()) ? "greeting_saved" : "not_saved");
                return;
            }
            mailboxes.forget(draft.get());
        }
    }

    /// Only who says so changes his greeting.
    private boolean keepsGreeting(Path draft) {
        for (int rounds = 0; rounds < profile.limits().retries() && channel.up(); rounds++) {
            Optional<Character> key = new Said(channel).sound(Optional.of(new Sound.File(draft, 0))).pause()
                    .choice("repeat", keys.listen()).choice("save", keys.save()).choice("rerecord", keys.record()).key(profile.limits().digitMillis());
            if (key.isPresent() && key.get() == keys.save()) {
                return true;
            }
            if (key.isPresent() && key.get() == keys.record()) {
                return false;
            }
        }
        return false;
    }

    private void changePassword() {
        String first = password("enter_new_pin");
        if (first.length() < profile.limits().minPassword()) {
            say("password_too_short");
        } else if (first.equals(password("enter_new_pin_again"))) {
            say(mailboxes.password(box, first) ? "password_changed" : "unavailable");
        } else {
            say("password_not_changed");
        }
    }

    private String password(String prompt) {
        long millis = profile.limits().digitMillis();
        return new Said(channel).prompt(prompt)
                .ask(new Digits.Wanted(1, MAX_PASSWORD, new Terminators(String.valueOf(keys.terminator()), false, false, false), millis, millis)).digits();
    }

    private void say(String prompt) {
        if (channel.up()) {
            new Said(channel).prompt(prompt).play();
        }
    }
}
