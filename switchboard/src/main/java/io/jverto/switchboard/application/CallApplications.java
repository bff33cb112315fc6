package io.jverto.switchboard.application;

import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.application.Application.Trait;
import io.jverto.switchboard.bridge.Bridge;
import io.jverto.switchboard.bridge.Transfers.Destination;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.CoreChannelEvents;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.dialplan.Words;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Applications that steer the call (dialplan-directory.md section 9.1).
final class CallApplications {
    private static final Logger log = LoggerFactory.getLogger(CallApplications.class);
    private static final int MAX_SLEEP_MILLIS = 86_400_000;

    static final List<Application> ALL = List.of(
            Application.of("answer", Group.CALL, "", "answers the call", (channel, data) -> done(channel.answer())),
            Application.of("pre_answer", Group.CALL, "", "gives the caller sound before the call is answered (early media)",
                    (channel, data) -> done(channel.preAnswer())),
            Application.of("ring_ready", Group.CALL, "", "says that somebody is being rung; Verto clients show that by themselves",
                    CallApplications::ringReady),
            Application.with("intercept", Group.CALL, "[-bleg] <uuid>", "takes a call that rings elsewhere, or that somebody has; with -bleg whom it talks with",
                    CallApplications::intercept, Trait.STAYS),
            Application.with("pickup", Group.CALL, "<key>", "takes the call that has waited longest at `pickup/<key>`",
                    CallApplications::pickup, Trait.STAYS),
            Application.of("hangup", Group.CALL, "[<cause>]", "ends the call; a cause by name or number, NORMAL_CLEARING for anything else",
                    CallApplications::hangup),
            Application.of("respond", Group.CALL, "<status> [<reason>]", "ends the call with the cause that stands for a SIP status; a SIP caller hears the status itself, and the reason",
                    CallApplications::respond),
            Application.of("sleep", Group.CALL, "<milliseconds>",
                    "waits; with `sleep_eat_digits` a digit of `playback_terminators` (`*`) ends it and is in `playback_terminator_used`", CallApplications::sleep),
            Application.with("transfer", Group.CALL, "[-bleg|-both] <extension> [<dialplan> [<context>]]",
                    "goes to another extension; the rest of the actions is dropped. With `-bleg` whom the call talks with goes there, with `-both` "
                            + "both",
                    CallApplications::transfer, Trait.STAYS),
            Application.of("execute_extension", Group.CALL, "<extension> [<dialplan> [<context>]]",
                    "does what another extension says, and goes on; 16 within each other at the most", CallApplications::detour),
            Application.with("bridge", Group.CALL, "<dial string>", "calls somebody and joins the two until one of them hangs up",
                    (channel, data, services) -> next(services.bridge().run(channel, data)), Trait.STAYS, Trait.DIALS));

    private CallApplications() {}

    static Next next(Bridge.Result result) {
        return switch (result) {
            case Bridge.Result.GoOn _ -> Next.GO_ON;
            case Bridge.Result.Transfer(Text destination, Text dialplan, Text context) -> new Next.Transfer(destination, dialplan, context);
        };
    }

    private static Next done(boolean channelIsUp) {
        return Next.GO_ON; // whoever runs the list asks for the channel itself
    }

    /// A Verto client has no message for it (verto-wire.md section 5.6).
    private static Next ringReady(Channel channel, Text data) {
        CoreChannelEvents.rings(channel);
        channel.ringReady();
        return Next.GO_ON;
    }

    private static Next intercept(Channel channel, Text data, Services services) {
        String[] words = data.toString().trim().split(" +");
        boolean partner = words[0].equalsIgnoreCase("-bleg");
        Optional<ChannelHandle> wanted = services.channels().handle(new ChannelId(words[words.length - 1]));
        boolean taken = wanted.isPresent() && services.interception().intercept(channel, wanted.get(), partner);
        channel.variables().set("intercept_result", Text.syntax(taken ? "success" : "failure"));
        if (wanted.isEmpty()) {
            log.warn("channel {}: intercept: there is no call {}", channel.logId(), LogText.of(data));
        }
        return Next.GO_ON;
    }

    private static Next pickup(Channel channel, Text data, Services services) {
        if (data.trim().isEmpty()) {
            channel.variables().set("pickup_result", Text.syntax("failure"));
            return Unusable.data(channel, "pickup", data);
        }
        boolean taken = services.interception().pickup(channel, data.toString().trim());
        channel.variables().set("pickup_result", Text.syntax(taken ? "success" : "failure"));
        return Next.GO_ON;
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
        channel.variables().set("jverto_response", data.trim());
        channel.hangup(cause, "the dialplan responded " + data);
        return Next.GO_ON;
    }

    private static Next sleep(Channel channel, Text data) {
        String millis = data.toString().trim();
        if (!millis.matches("[0-9]{1,9}")) {
            return Unusable.data(channel, "sleep", data);
        }
        int length = Math.min(Integer.parseInt(millis), MAX_SLEEP_MILLIS);
        if (channel.variables().isTrue("sleep_eat_digits")) {
            Playback.pause(channel, channel.in(length));
        } else {
            channel.pause(length);
        }
        return Next.GO_ON;
    }

    /// Parts between spaces; `'...'` keeps spaces in one. Empty ones are left out.
    static List<Text> words(Text data) {
        return Words.of(data).stream().filter(word -> !word.isEmpty()).toList();
    }

    /// `[-bleg|-both] extension [dialplan [context]]`. Only spaces that stand in the configuration separate: a caller who dials
    /// `9 XML admin` does not choose his context, and one who dials `-both` sends nobody anywhere.
    private static Next transfer(Channel channel, Text data, Services services) {
        List<Text> words = words(data);
        boolean option = !words.isEmpty() && words.getFirst().isSyntax(0, '-');
        String who = option ? words.getFirst().toString() : "";
        List<Text> target = words.subList(option ? 1 : 0, words.size());
        if (target.isEmpty() || option && !who.equals("-bleg") && !who.equals("-both")) {
            channel.hangup(Cause.DESTINATION_OUT_OF_ORDER, "transfer needs [-bleg|-both] <extension> [<dialplan> [<context>]]: " + data);
            return Next.GO_ON;
        }
        Optional<ChannelHandle> partner = option ? channel.handle().partner() : Optional.empty();
        if (partner.isPresent()) {
            Destination to = new Destination(target.getFirst().toString(), word(target, 1).toString(), word(target, 2).toString());
            if (who.equals("-both")) {
                services.transfers().sendBoth(channel.handle(), to, to);
            } else {
                services.transfers().send(partner.get(), to);
            }
            return Next.GO_ON;
        }
        if (who.equals("-bleg")) {
            log.warn("channel {}: transfer -bleg: it talks with nobody", channel.logId());
            return Next.GO_ON;
        }
        return transfer(channel, target);
    }

    /// @param words extension, dialplan and context; the last two may be missing
    static Next transfer(Channel channel, List<Text> words) {
        Text dialplan = words.size() > 1 ? words.get(1) : channel.variables().get("force_transfer_dialplan");
        Text context = words.size() > 2 ? words.get(2) : channel.variables().get("force_transfer_context");
        return new Next.Transfer(words.getFirst(), dialplan, context);
    }

    private static Text word(List<Text> words, int index) {
        return index < words.size() ? words.get(index) : Text.EMPTY;
    }

    private static Next detour(Channel channel, Text data) {
        List<Text> words = words(data);
        if (words.isEmpty()) {
            return Unusable.data(channel, "execute_extension", data);
        }
        return new Next.Detour(words.getFirst(), word(words, 1), word(words, 2));
    }
}
