package io.jverto.switchboard.application;

import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.DialLists;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.shared.Limits;
import io.jverto.switchboard.shared.Limits.Allowance;
import io.jverto.switchboard.shared.Limits.Verdict;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Applications for what calls share (dialplan-directory.md section 9.1 and 9.2). Only separators that the configuration wrote separate: who
/// dials `a/b` chooses no realm.
final class SharedApplications {
    private static final Logger log = LoggerFactory.getLogger(SharedApplications.class);
    /// Where one call too many goes when nothing else is said.
    private static final Text EXCEEDED = Text.syntax("limit_exceeded");

    static final List<Application> ALL = List.of(
            Application.with("hash", Group.SHARED, "insert|insert_ifempty|delete|delete_ifmatch/<realm>/<key>[/<value>]",
                    "keeps a value for all calls, until the server ends; `${hash(select/<realm>/<key>)}` is it", SharedApplications::hash),
            Application.with("db", Group.SHARED, "insert|delete/<realm>/<key>[/<value>]",
                    "the same over a restart; `${db(select/<realm>/<key>)}`, `${db(exists/<realm>/<key>)}`", SharedApplications::db),
            Application.with("group", Group.SHARED, "insert|delete:<group>:<dial string>",
                    "puts a dial string into a group, or takes it out, over a restart; `${group(call:<group>)}` is all of them, to be "
                            + "rung together; `call:<group>:F` one after the other, `:E` each for itself", SharedApplications::group),
            Application.with("limit", Group.SHARED, "hash|db <realm> <id> [<most>[/<seconds>]] [<extension> [<dialplan> [<context>]]]",
                    "counts the call until it ends or is transferred (`limit_ignore_transfer`: until it ends). One too many goes to the extension, "
                            + "else to `limit_exceeded`; `!<cause>` hangs it up. With seconds it counts calls that came in that time. Sets "
                                    + "`limit_usage` and "
                            + "`limit_rate`", SharedApplications::limit),
            Application.with("limit_execute", Group.SHARED, "hash|db <realm> <id> <most>[/<seconds>] <application> [<data>]",
                    "runs an application unless that is one too many, and counts the call meanwhile", SharedApplications::limitExecute));

    private SharedApplications() {}

    private static Next hash(Channel channel, Text data, Services services) {
        List<String> parts = parts(data, '/', 4);
        String realm = part(parts, 1);
        String key = part(parts, 2);
        String value = part(parts, 3);
        boolean known = parts.size() > 2;
        if (known) {
            switch (parts.getFirst()) {
                case "insert" -> services.shared().hash().put(realm, key, value);
                case "insert_ifempty" -> services.shared().hash().putIfEmpty(realm, key, value);
                case "delete" -> services.shared().hash().remove(realm, key);
                case "delete_ifmatch" -> services.shared().hash().removeIf(realm, key, value);
                default -> known = false;
            }
        }
        return done(channel, "hash", data, known);
    }

    private static Next db(Channel channel, Text data, Services services) {
        List<String> parts = parts(data, '/', 4);
        boolean insert = parts.getFirst().equals("insert") && parts.size() > 3;
        boolean delete = parts.getFirst().equals("delete") && parts.size() > 2;
        if (insert && !services.shared().data().put(parts.get(1), parts.get(2), parts.get(3))) {
            log.warn("channel {}: db: it cannot be kept: {}", channel.logId(), LogText.of(data));
        } else if (delete) {
            services.shared().data().remove(parts.get(1), parts.get(2));
        }
        return done(channel, "db", data, insert || delete);
    }

    private static Next group(Channel channel, Text data, Services services) {
        List<String> parts = parts(data, ':', 3);
        boolean insert = parts.getFirst().equals("insert") && parts.size() > 2;
        boolean delete = parts.getFirst().equals("delete") && parts.size() > 2;
        if (insert && !(DialLists.canBeMember(parts.get(2)) && services.shared().data().join(parts.get(1), parts.get(2)))) {
            log.warn("channel {}: group: it cannot be a member: {}", channel.logId(), LogText.of(data));
        } else if (delete) {
            services.shared().data().leave(parts.get(1), parts.get(2));
        }
        return done(channel, "group", data, insert || delete);
    }

    private static Next done(Channel channel, String name, Text data, boolean understood) {
        if (!understood) {
            log.warn("channel {}: {}: not understood: {}", channel.logId(), name, LogText.of(data));
        }
        return Next.GO_ON;
    }

    /// @return parts between separators of the configuration, the last with all that is left
    private static List<String> parts(Text data, char separator, int most) {
        List<Text> all = data.trim().split(separator);
        if (all.size() <= most) {
            return all.stream().map(Text::toString).toList();
        }
        int before = all.subList(0, most - 1).stream().mapToInt(part -> part.length() + 1).sum();
        List<String> parts = new java.util.ArrayList<>(all.subList(0, most - 1).stream().map(Text::toString).toList());
        parts.add(data.trim().slice(before).toString());
        return parts;
    }

    private static String part(List<String> parts, int index) {
        return index < parts.size() ? parts.get(index) : "";
    }

    private static Next limit(Channel channel, Text data, Services services) {
        List<Text> words = CallApplications.words(data);
        Optional<Verdict> verdict = take(channel, words, services);
        if (verdict.isEmpty() || verdict.get().granted()) {
            return Next.GO_ON;
        }
        Text number = words.size() > 4 ? words.get(4) : EXCEEDED;
        log.info("channel {}: one too many of {}", channel.logId(), LogText.of(words.get(1) + " " + words.get(2)));
        if (number.isSyntax(0, '!')) {
            channel.hangup(CallApplications.cause(number.slice(1).toString()), "limit exceeded: " + data);
            return Next.GO_ON;
        }
        return new Next.Transfer(number, words.size() > 5 ? words.get(5) : Text.EMPTY, words.size() > 6 ? words.get(6) : Text.EMPTY);
    }

    /// @return empty when it is not understood
    private static Optional<Verdict> take(Channel channel, List<Text> words, Services services) {
        Optional<Limits> limits = words.isEmpty() ? Optional.empty() : services.shared().limits(words.getFirst().toString());
        Optional<Allowance> allowance = Allowance.parse(words.size() > 3 ? words.get(3).toString() : "");
        if (words.size() < 3 || limits.isEmpty() || allowance.isEmpty()) {
            log.warn("channel {}: limit needs hash|db <realm> <id> [<most>[/<seconds>]]: {}", channel.logId(), LogText.of(words));
            return Optional.empty();
        }
        Limits.Name name = new Limits.Name(words.get(1).toString(), words.get(2).toString());
        Verdict verdict = limits.get().take(channel.id(), name, allowance.get());
        tell(channel, "limit_usage", name, verdict.usage().calls());
        tell(channel, "limit_rate", name, verdict.usage().rate());
        return Optional.of(verdict);
    }

    private static void tell(Channel channel, String variable, Limits.Name name, int number) {
        channel.variables().set(variable, Text.syntax(String.valueOf(number)));
        channel.variables().set(variable + "_" + name, Text.syntax(String.valueOf(number)));
    }

    private static Next limitExecute(Channel channel, Text data, Services services) {
        List<Text> words = CallApplications.words(data);
        Optional<Application> application = words.size() > 4 ? Applications.find(words.get(4).toString()) : Optional.empty();
        if (application.isEmpty()) {
            channel.hangup(Cause.DESTINATION_OUT_OF_ORDER, "limit_execute needs an application: " + data);
            return Next.GO_ON;
        }
        if (take(channel, words, services).filter(Verdict::granted).isEmpty()) {
            return Next.GO_ON;
        }
        Next next = application.get().run().run(channel, rest(data, 5), services);
        services.shared().limits(words.getFirst().toString())
                .ifPresent(limits -> limits.release(channel.id(), new Limits.Name(words.get(1).toString(), words.get(2).toString())));
        return next;
    }

    /// What is left behind so many words.
    private static Text rest(Text data, int words) {
        Text rest = data.trim();
        for (int i = 0; i < words; i++) {
            int space = rest.indexOf(' ', 0);
            rest = space < 0 ? Text.EMPTY : rest.slice(space).trim();
        }
        return rest;
    }
}
