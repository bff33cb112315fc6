package io.jverto.switchboard.application;

import io.jverto.base.time.Mailbox;
import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.application.Application.Trait;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.Deflection;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.channel.Party;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.CallRef.HoldWish;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChatMessage;
import io.jverto.switchboard.port.Saying;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Applications about the channel's own party: what it is told, its digits, whose turn it is (dialplan-directory.md section 9).
final class PartyApplications {
    private static final Logger log = LoggerFactory.getLogger(PartyApplications.class);
    private static final long LOOK_AGAIN_MILLIS = 100;

    static final List<Application> ALL = List.of(
            Application.of("redirect", Group.CALL, "<uri>[,<uri>...]",
                    "ends a call that is not answered with REDIRECTION_TO_NEW_DESTINATION; a SIP caller is told the addresses (302), Verto clients cannot be sent on",
                    PartyApplications::redirect),
            Application.of("deflect", Group.CALL, "<uri>",
                    "asks the client of an answered call to call that address by itself (SIP: REFER), and ends the call when it did; "
                            + "otherwise the dialplan goes on, with what was said in `sip_refer_status_code`. A Verto client cannot be asked, nor any to "
                            + "call a bare number: the call goes to the user part of the address in the same context",
                    PartyApplications::deflect, Trait.STAYS),
            Application.of("wait_for_answer", Group.CALL, "", "waits until somebody has answered the call", PartyApplications::waitForAnswer),
            Application.of("acknowledge_call", Group.CALL, "", "does nothing: Verto has no message for it", (_, _) -> Next.GO_ON),
            Application.with("mutex", Group.CALL, "<name> [on|off]",
                    "waits until no other call has that name, in turn, and keeps it until `off` or the end",
                    PartyApplications::mutex),
            Application.of("hold", Group.CALL, "", "puts the call on hold: whom it talks with hears music", (channel, _) -> hold(channel,
                    HoldWish.HOLD)),
            Application.of("unhold", Group.CALL, "", "takes it off hold", (channel, _) -> hold(channel, HoldWish.UNHOLD)),
            Application.of("send_display", Group.CALL, "<name>|<number>", "shows the client another party", PartyApplications::sendDisplay),
            Application.of("send_info", Group.CALL, "<text>", "sends the client a message inside the call", PartyApplications::sendInfo),
            Application.with("broadcast", Group.SOUND, "<sound>|<application>::<data> [aleg|bleg|both]",
                    "lets the call, whom it talks with, or both hear a sound or run an application in between", PartyApplications::broadcast),
            Application.of("break", Group.SOUND, "", "ends what somebody lets the call hear or run in between", (channel, _) -> {
                channel.interludes().cut(true);
                return Next.GO_ON;
            }),
            Application.of("queue_dtmf", Group.SOUND, "<digits>[@<milliseconds>]", "as if the caller had pressed them",
                    PartyApplications::queueDigits),
            Application.of("flush_dtmf", Group.SOUND, "", "forgets digits that the caller has pressed and nobody has taken",
                    PartyApplications::flushDigits),
            Application.of("block_dtmf", Group.SOUND, "", "digits that the caller presses are passed over", (channel, _) -> drop(channel, true)),
            Application.of("unblock_dtmf", Group.SOUND, "", "ends that", (channel, _) -> drop(channel, false)));

    private PartyApplications() {}

    private static Next redirect(Channel channel, Text data) {
        if (channel.state().isAnswered()) {
            log.warn("channel {}: redirect: the call is answered", channel.logId());
        } else {
            channel.variables().set("jverto_redirection", data.trim());
            channel.hangup(Cause.REDIRECTION_TO_NEW_DESTINATION, "redirected to " + data);
        }
        return Next.GO_ON;
    }

    /// `sip:user@host` and the like: what a caller chose of it stays data.
    private static Next deflect(Channel channel, Text data) {
        Text uri = data.trim();
        int scheme = uri.indexOf(':', 0);
        Text address = uri.slice(scheme + 1);
        int at = address.indexOf('@', 0);
        Text user = at < 0 ? address : address.slice(0, at);
        if (user.isEmpty()) {
            log.warn("channel {}: deflect needs an address: {}", channel.logId(), LogText.of(data));
            return Next.GO_ON;
        }
        if (Deflection.ask(channel, uri.toString())) {
            return Next.GO_ON;
        }
        return new Next.Transfer(user, Text.EMPTY, Text.EMPTY);
    }

    private static Next waitForAnswer(Channel channel, Text data) {
        while (channel.up() && !channel.state().isAnswered()) {
            channel.next(channel.in(LOOK_AGAIN_MILLIS));
        }
        return Next.GO_ON;
    }

    private static Next mutex(Channel channel, Text data, Services services) {
        List<Text> words = CallApplications.words(data);
        String name = words.isEmpty() ? "" : words.getFirst().toString();
        if (name.isEmpty()) {
            log.warn("channel {}: mutex needs a name", channel.logId());
        } else if (words.size() > 1 && words.get(1).toString().equalsIgnoreCase("off")) {
            services.mutexes().release(name, channel.id());
        } else {
            while (channel.up() && !services.mutexes().turnOf(name, channel.id())) {
                channel.next(channel.in(LOOK_AGAIN_MILLIS));
            }
        }
        return Next.GO_ON;
    }

    private static Next hold(Channel channel, HoldWish wish) {
        Mailbox<Boolean> nobody = channel.services().time().mailbox(1);
        channel.handle().tell(new ChannelEvent.Hold(wish, nobody));
        return Next.GO_ON;
    }

    private static Next sendDisplay(Channel channel, Text data) {
        if (data.trim().isEmpty()) {
            return Unusable.data(channel, "send_display", data);
        }
        List<Text> parts = data.split('|');
        String name = parts.getFirst().toString().trim();
        channel.meets(new Party(name, parts.size() > 1 ? parts.get(1).toString().trim() : name));
        return Next.GO_ON;
    }

    private static Next sendInfo(Channel channel, Text data) {
        if (data.isEmpty()) {
            return Unusable.data(channel, "send_info", data);
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("from", channel.profile().destination());
        fields.put("to", channel.profile().callerNumber());
        fields.put("body", data.toString());
        channel.handle().hear(new Saying.InCall(new ChatMessage(fields)));
        return Next.GO_ON;
    }

    private static Next broadcast(Channel channel, Text data, Services services) {
        if (data.trim().isEmpty()) {
            return Unusable.data(channel, "broadcast", data);
        }
        broadcast(channel.handle(), data.trim(), services); // the call's own turn comes when it waits next
        return Next.GO_ON;
    }

    /// `<sound>|<application>::<data> [aleg|bleg|both]`.
    static void broadcast(ChannelHandle call, Text data, Services services) {
        List<Text> words = data.split(' ');
        String leg = words.getLast().toString().toLowerCase(java.util.Locale.ROOT);
        boolean named = words.size() > 1 && List.of("aleg", "bleg", "both").contains(leg);
        Text what = named ? data.slice(0, data.length() - leg.length()).trim() : data;
        if (!named || !leg.equals("bleg")) {
            call.interlude(channel -> run(channel, what, services));
        }
        if (named && !leg.equals("aleg")) {
            call.partner().ifPresent(partner -> partner.interlude(channel -> run(channel, what, services)));
        }
    }

    private static void run(Channel channel, Text what, Services services) {
        int colons = what.indexOf(':', 0);
        if (colons < 1 || !what.isSyntax(colons + 1, ':')) {
            Playback.once(channel, what);
            return;
        }
        Optional<Application> found = Applications.find(what.slice(0, colons).toString()).filter(application -> !application.is(Trait.STAYS));
        found.ifPresentOrElse(
                application -> application.run().run(channel, what.slice(colons + 2), services),
                () -> log.warn("channel {}: broadcast: nothing that can run in between: {}", channel.logId(), LogText.of(what)));
    }

    private static Next queueDigits(Channel channel, Text data) {
        String[] parts = data.toString().trim().split("@", 2);
        int millis = parts.length > 1 && parts[1].matches("[0-9]{1,5}") ? Integer.parseInt(parts[1]) : 0;
        if (!parts[0].matches("[0-9A-Da-d*#wWfF]{1,100}")) {
            return Unusable.data(channel, "queue_dtmf", data);
        }
        channel.handle().dtmf(parts[0], millis);
        return Next.GO_ON;
    }

    private static Next flushDigits(Channel channel, Text data) {
        while (channel.next(channel.in(0)).isPresent()) {
            // between two applications nobody waits for anything else
        }
        return Next.GO_ON;
    }

    private static Next drop(Channel channel, boolean drop) {
        channel.handle().dropDigits(drop);
        return Next.GO_ON;
    }
}
