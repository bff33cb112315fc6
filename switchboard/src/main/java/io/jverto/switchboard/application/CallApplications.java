package io.jverto.switchboard.application;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Applications that steer the call (dialplan-directory.md section 9.1).
final class CallApplications {
    private static final int MAX_SLEEP_MILLIS = 86_400_000;

    static final Map<String, Application> ALL = Map.of(
            "answer", (channel, data) -> done(channel.answer()),
            "pre_answer", (channel, data) -> done(channel.preAnswer()),
            "ring_ready", (channel, data) -> Next.GO_ON, // a Verto client has no message for it (verto-wire.md section 5.6)
            "hangup", CallApplications::hangup,
            "respond", CallApplications::respond,
            "sleep", CallApplications::sleep,
            "park", CallApplications::park,
            "transfer", CallApplications::transfer);

    private CallApplications() {}

    private static Next done(boolean channelIsUp) {
        return Next.GO_ON; // whoever runs the list asks for the channel itself
    }

    private static Next hangup(Channel channel, Text data) {
        channel.hangup(cause(data.toString().trim()), "the dialplan hung up");
        return Next.GO_ON;
    }

    /// @return NORMAL_CLEARING for anything that is no cause
    static Cause cause(String text) {
        Optional<Cause> cause = text.matches("[0-9]{1,3}") ? Cause.byCode(Integer.parseInt(text)) : Cause.byName(text);
        return cause.filter(known -> known != Cause.NONE).orElse(Cause.NORMAL_CLEARING);
    }

    /// A SIP answer's status as a cause (RFC 3398 section 7.2.4.1), for dialplans that are written in them.
    private static Next respond(Channel channel, Text data) {
        String status = data.toString().trim().split(" ", 2)[0];
        Cause cause = switch (status) {
            case "401", "402", "403", "407", "603", "607" -> Cause.CALL_REJECTED;
            case "404" -> Cause.UNALLOCATED_NUMBER;
            case "408", "504" -> Cause.RECOVERY_ON_TIMER_EXPIRE;
            case "410" -> Cause.NUMBER_CHANGED;
            case "480" -> Cause.NO_USER_RESPONSE;
            case "486", "600" -> Cause.USER_BUSY;
            case "487" -> Cause.ORIGINATOR_CANCEL;
            case "484" -> Cause.INVALID_NUMBER_FORMAT;
            case "488", "606" -> Cause.INCOMPATIBLE_DESTINATION;
            case "502" -> Cause.NETWORK_OUT_OF_ORDER;
            case "503" -> Cause.NORMAL_TEMPORARY_FAILURE;
            default -> Cause.NORMAL_UNSPECIFIED;
        };
        channel.hangup(cause, "the dialplan responded " + data);
        return Next.GO_ON;
    }

    private static Next sleep(Channel channel, Text data) {
        String millis = data.toString().trim();
        if (millis.matches("[0-9]{1,9}")) {
            channel.pause(Math.min(Integer.parseInt(millis), MAX_SLEEP_MILLIS));
        }
        return Next.GO_ON;
    }

    private static Next park(Channel channel, Text data) {
        if (channel.hasMedia()) {
            channel.route(new AudioRoute.Silent());
        }
        SoundApplications.waitForEnd(channel);
        return Next.GO_ON;
    }

    /// Parts between spaces; `'...'` keeps spaces in one.
    static List<Text> words(Text data) {
        List<Text> words = new ArrayList<>();
        int at = 0;
        while (at < data.length()) {
            boolean quoted = data.isSyntax(at, '\'');
            int end = data.indexOf(quoted ? '\'' : ' ', at + 1);
            end = end < 0 ? data.length() : end;
            Text word = data.slice(quoted ? at + 1 : at, end).trim();
            if (!word.isEmpty()) {
                words.add(word);
            }
            at = end + 1;
        }
        return words;
    }

    /// `extension [dialplan [context]]`. Only spaces that stand in the configuration separate: a caller who dials `9 XML admin`
    /// does not choose his context.
    private static Next transfer(Channel channel, Text data) {
        List<Text> words = words(data);
        if (words.isEmpty() || words.getFirst().toString().startsWith("-")) {
            channel.hangup(Cause.DESTINATION_OUT_OF_ORDER, "transfer of the other party is not supported: " + data);
            return Next.GO_ON;
        }
        Text dialplan = words.size() > 1 ? words.get(1) : channel.variables().get("force_transfer_dialplan");
        Text context = words.size() > 2 ? words.get(2) : channel.variables().get("force_transfer_context");
        return new Next.Transfer(words.getFirst(), dialplan, context);
    }
}
