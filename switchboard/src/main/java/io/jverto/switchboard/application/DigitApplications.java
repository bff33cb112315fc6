package io.jverto.switchboard.application;

import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.DigitActions;
import io.jverto.switchboard.channel.DigitActions.Action;
import io.jverto.switchboard.channel.DigitActions.Leg;
import io.jverto.switchboard.channel.DigitActions.Sought;
import io.jverto.switchboard.channel.DigitActions.Timing;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.dialplan.Expression;
import io.jverto.switchboard.dialplan.Text;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `bind_digit_action` and its kin (dialplan-directory.md section 9.1): digits stand for something, in a talk and outside of one.
final class DigitApplications {
    private static final Logger log = LoggerFactory.getLogger(DigitApplications.class);
    private static final String DIGIT_TIMEOUT = "bind_digit_digit_timeout";
    private static final String INPUT_TIMEOUT = "bind_digit_input_timeout";
    private static final int MAX_MILLIS = 86_400_000;
    private static final int MAX_DIGITS = 64;

    static final List<Application> ALL = List.of(
            Application.of("bind_digit_action", Group.CALL, "<realm>,<digits>|~<expression>,exec:<application>|api:<command>|<name>[,<data>[,<legs>[,<legs>]]]",
                    "digits run an application or a command that calls may run by themselves, or are told by an event CHANNEL_DATA, whatever the call is in. "
                            + "Then it is written who presses them and then which leg runs the application: `self` (if nothing is said), `peer` (whom the call "
                            + "talks with) or `both`. Digits that may still become another binding wait for `bind_digit_digit_timeout` ms (1500), all "
                            + "together for `bind_digit_input_timeout` (0: no limit). What stands for something is in `last_matching_digits` and "
                            + "goes nowhere else; the rest, in `last_non_matching_digits`, is given to what the call does. A comma in braces does not separate; "
                            + "`^^<separator>` in front names another separator. In a talk, digits that telephones send inside their sound are heard by both sides",
                    DigitApplications::bind),
            Application.of("digit_action_set_realm", Group.CALL, "<realm>|none[,self|peer|both]",
                    "which of the realms of `bind_digit_action` counts; without it, the first that was bound", ofRealm("digit_action_set_realm", DigitActions::realm)),
            Application.of("clear_digit_action", Group.CALL, "<realm>|all[,self|peer|both]", "forgets what is bound in a realm, or in all",
                    ofRealm("clear_digit_action", DigitActions::clear)));

    private DigitApplications() {}

    private static Next bind(Channel channel, Text data) {
        List<Text> parts = parts(data.trim());
        Optional<Set<Leg>> by = legs(parts, 4);
        Optional<Set<Leg>> on = legs(parts, 5);
        Optional<Sought> sought = parts.size() < 3 ? Optional.empty() : sought(parts.get(1));
        boolean known = parts.size() >= 3 && parts.size() <= 6 && !parts.get(0).isEmpty() && !parts.get(2).isEmpty()
                && Hooks.name(parts.get(2)).isPresent();
        if (!known || sought.isEmpty() || by.isEmpty() || on.isEmpty()) {
            log.warn("channel {}: bind_digit_action needs <realm>,<digits>|~<expression>,exec:<application>|api:<command>|<name>, "
                    + "and then <data>,self|peer|both,self|peer|both: {}", channel.logId(), LogText.of(data));
            return Next.GO_ON;
        }
        Action action = new Action(sought.get(), parts.get(2), parts.size() > 3 ? parts.get(3) : Text.EMPTY, on.get());
        Timing timing = new Timing(millis(channel, DIGIT_TIMEOUT, DigitActions.DEFAULT_DIGIT_MILLIS), millis(channel, INPUT_TIMEOUT, 0));
        if (!channel.handle().digitActions().bind(by.get(), parts.getFirst().toString(), action, timing)) {
            log.warn("channel {}: bind_digit_action: more than {} are not kept", channel.logId(), DigitActions.MAX_ACTIONS);
        }
        return Next.GO_ON;
    }

    private static int millis(Channel channel, String variable, int otherwise) {
        return Math.clamp(channel.variables().number(variable).orElse(otherwise), 0, MAX_MILLIS);
    }

    private static Optional<Sought> sought(Text digits) {
        if (!digits.isSyntax(0, '~')) {
            String keys = digits.toString().toUpperCase(Locale.ROOT);
            return keys.length() <= MAX_DIGITS && keys.matches("[0-9A-D*#]+") ? Optional.of(new Sought.Exactly(keys)) : Optional.empty();
        }
        try {
            return Optional.of(new Sought.Like(Expression.compile(digits.slice(1))));
        } catch (PatternSyntaxException noExpression) {
            return Optional.empty();
        }
    }

    /// @return itself if nothing is said; nothing when it is no leg
    private static Optional<Set<Leg>> legs(List<Text> parts, int index) {
        String text = index < parts.size() ? parts.get(index).toString().trim().toLowerCase(Locale.ROOT) : "";
        return switch (text) {
            case "", "self" -> Optional.of(Set.of(Leg.SELF));
            case "peer" -> Optional.of(Set.of(Leg.PEER));
            case "both" -> Optional.of(EnumSet.allOf(Leg.class));
            default -> Optional.empty();
        };
    }

    private static List<Text> parts(Text data) {
        if (data.isSyntax(0, '^') && data.isSyntax(1, '^') && data.length() > 3) {
            return data.slice(3).split(data.charAt(2));
        }
        List<Text> parts = new ArrayList<>();
        int from = 0;
        int depth = 0;
        for (int i = 0; i < data.length(); i++) {
            depth += data.isSyntax(i, '{') ? 1 : data.isSyntax(i, '}') && depth > 0 ? -1 : 0;
            if (depth == 0 && data.isSyntax(i, ',')) {
                parts.add(data.slice(from, i));
                from = i + 1;
            }
        }
        parts.add(data.slice(from));
        return parts;
    }

    private static Application.OnChannel ofRealm(String name, Change change) {
        return (channel, data) -> {
            List<Text> parts = parts(data.trim());
            Optional<Set<Leg>> by = legs(parts, 1);
            String realm = parts.getFirst().toString().trim();
            if (realm.isEmpty() || by.isEmpty()) {
                log.warn("channel {}: {} needs a realm and perhaps self|peer|both behind it: {}", channel.logId(), name, LogText.of(data));
            } else {
                change.of(channel.handle().digitActions(), by.get(), realm);
            }
            return Next.GO_ON;
        };
    }

    private interface Change {
        void of(DigitActions actions, Set<Leg> by, String realm);
    }
}
