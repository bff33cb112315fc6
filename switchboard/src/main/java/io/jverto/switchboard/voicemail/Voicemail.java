package io.jverto.switchboard.voicemail;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.dialplan.Words;
import io.jverto.switchboard.directory.DirectoryUser;
import io.jverto.switchboard.menu.Digits;
import io.jverto.switchboard.menu.Terminators;
import io.jverto.switchboard.port.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `voicemail [check] [auth] <profile> <domain> [<id>]` (dialplan-directory.md section 9.3). Thread-safe.
public final class Voicemail {
    private static final Logger log = LoggerFactory.getLogger(Voicemail.class);
    private static final int MAX_DIGITS = 32;

    private final Supplier<VoicemailProfiles> profiles;
    private final Mailboxes mailboxes;
    private final LoginGuard guard = new LoginGuard();

    /// @param profiles as the configuration is now
    public Voicemail(Supplier<VoicemailProfiles> profiles, Mailboxes mailboxes) {
        this.profiles = profiles;
        this.mailboxes = mailboxes;
    }

    /// @return where the caller wants to go instead: `<extension> [<dialplan> [<context>]]`
    public Optional<Text> run(Channel channel, Text data) {
        List<Text> words = new ArrayList<>(Words.of(data));
        boolean check = take(words, "check");
        boolean authorized = check && take(words, "auth");
        Optional<VoicemailProfile> profile = words.size() < 2 ? Optional.empty() : profiles.get().find(words.getFirst().toString());
        if (profile.isEmpty()) {
            log.error("channel {}: voicemail needs [check] [auth] <profile> <domain> [<id>] and a profile that is there, not {}",
                    channel.logId(), LogText.of(data));
            return Optional.empty();
        }
        if (!channel.answer()) {
            return Optional.empty();
        }
        String domain = words.get(1).toString();
        Optional<String> id = words.size() > 2 ? Optional.of(words.get(2).toString()) : Optional.empty();
        if (check) {
            login(channel, profile.get(), domain, id, authorized).ifPresent(box -> new Owner(channel, profile.get(), mailboxes, box).run());
            return Optional.empty();
        }
        Optional<DirectoryUser> user = id.flatMap(name -> user(channel, name, domain));
        if (user.isEmpty()) {
            log.warn("channel {}: there is no mailbox {} in {}", channel.logId(), LogText.of(id.orElse("")), LogText.of(domain));
            new Said(channel).prompt("no_mailbox").play();
            return Optional.empty();
        }
        return new Answering(channel, profile.get(), mailboxes, user.get().id()).run();
    }

    /// Only the configuration's own word counts: a caller who dials `auth` is not let in by it.
    private static boolean take(List<Text> words, String word) {
        boolean there = !words.isEmpty() && words.getFirst().toString().equals(word) && words.getFirst().isSyntax(0);
        if (there) {
            words.removeFirst();
        }
        return there;
    }

    private static Optional<DirectoryUser> user(Channel channel, String id, String domain) {
        return channel.services().routing().get().directory().find(new UserId(id, domain));
    }

    /// @return the mailbox that the caller may open
    private Optional<UserId> login(Channel channel, VoicemailProfile profile, String domain, Optional<String> given, boolean authorized) {
        for (int tries = 0; tries < profile.limits().logins() && channel.up(); tries++) {
            String id = given.orElseGet(() -> ask(channel, profile, "enter_id"));
            Optional<DirectoryUser> user = user(channel, id, domain);
            if (user.isPresent() && authorized && given.isPresent()) { // whoever types an id is nobody whom the dialplan knows
                return user.map(DirectoryUser::id);
            }
            // who has no mailbox is asked all the same: nobody learns which numbers have one
            if (channel.up() && knows(channel, profile, user)) {
                return user.map(DirectoryUser::id);
            }
            if (channel.up()) {
                new Said(channel).prompt("fail_auth").play();
            }
        }
        if (channel.up()) {
            log.warn("channel {}: nobody was let into a mailbox of {}", channel.logId(), LogText.of(domain));
            new Said(channel).prompt("abort").play();
        }
        return Optional.empty();
    }

    private boolean knows(Channel channel, VoicemailProfile profile, Optional<DirectoryUser> user) {
        Optional<String> own = user.flatMap(found -> mailboxes.password(found.id()));
        String password = own.filter(chosen -> !chosen.isEmpty()).or(() -> user.flatMap(found -> found.param("vm-password"))).orElse("");
        if (user.isPresent() && own.isPresent() && password.isEmpty() && profile.emptyPassword()) {
            return true;
        }
        String typed = ask(channel, profile, "enter_pass");
        if (user.isEmpty() || own.isEmpty() || password.isEmpty()) {
            return false;
        }
        UserId box = user.get().id();
        long now = channel.services().time().nanoTime();
        if (!guard.mayTry(box, now)) {
            log.warn("channel {}: mailbox {} is closed for a while after many wrong passwords", channel.logId(), LogText.of(box));
            return false;
        }
        boolean right = MessageDigest.isEqual(typed.getBytes(StandardCharsets.UTF_8), password.getBytes(StandardCharsets.UTF_8));
        guard.tried(box, right, now);
        return right;
    }

    private static String ask(Channel channel, VoicemailProfile profile, String prompt) {
        long millis = profile.limits().digitMillis();
        Terminators end = new Terminators(String.valueOf(profile.keys().terminator()), false, false, false);
        return new Said(channel).prompt(prompt).ask(new Digits.Wanted(1, MAX_DIGITS, end, millis, millis)).digits();
    }
}
