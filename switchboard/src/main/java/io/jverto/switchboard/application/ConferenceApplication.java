package io.jverto.switchboard.application;

import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.application.Application.Trait;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelState;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChatMessage;
import io.jverto.switchboard.port.ConferenceService;
import io.jverto.switchboard.port.ConferenceService.Join;
import io.jverto.switchboard.port.ConferenceService.JoinRequest;
import io.jverto.switchboard.port.ConferenceService.Membership;
import io.jverto.switchboard.port.Saying;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `conference name[@profile][+pin][+flags{a|b}]` (conference.md section 1). Only what the configuration wrote separates: a caller
/// who dials `3000+flags{moderator}` gets a room of that name and no rights. Leaves out: PIN, the bridge form.
final class ConferenceApplication {
    private static final Logger log = LoggerFactory.getLogger(ConferenceApplication.class);
    private static final String FLAGS = "+flags{";
    private static final String FLAGS_VARIABLE = "conference_member_flags";
    private static final String CLIENT_VARIABLE = "verto_dvar_";

    static final List<Application> ALL = List.of(Application.with("conference", Group.ROOMS, "<name>[@<profile>][+flags{<flag>|...}]",
            "joins a room", ConferenceApplication::run, Trait.STAYS));

    private ConferenceApplication() {}

    private static Next run(Channel channel, Text data, Services services) {
        Target target = Target.of(data);
        if (target.name().isEmpty()) {
            log.error("channel {}: conference without a name: {}", channel.logId(), LogText.of(data));
            return Next.GO_ON;
        }
        if (!target.pin().isEmpty() || data.toString().regionMatches(true, 0, "bridge:", 0, 7)) {
            channel.hangup(Cause.FACILITY_NOT_IMPLEMENTED, "conference with a PIN or in bridge form is not supported: " + data);
            return Next.GO_ON;
        }
        if (channel.answer()) {
            join(channel, target, services.conferences());
        }
        return Next.GO_ON;
    }

    private static void join(Channel channel, Target target, ConferenceService conferences) {
        String domain = channel.expand(Text.syntax("${domain_name}")).toString();
        String flags = flags(channel, target);
        JoinRequest request = new JoinRequest(
                channel.handle(), channel.media(), target.name(), domain, target.profile(), flags, channel.profile(),
                channel.codec().map(codec -> codec.sdpName() + "@" + codec.sampleRate()).orElse(""),
                channel.variables().text("event_channel_cookie").orElse(""),
                clientVariables(channel));
        switch (conferences.join(request)) {
            case Join.Joined(Membership membership) -> stay(channel, membership);
            case Join.Refused(Cause cause, String reason) -> channel.hangup(cause, "the conference refused: " + reason);
        }
    }

    /// Flags of the data, of `conference_member_flags`, and of each true `conference_member_flags_<flag>` (conference.md section 2.1).
    private static String flags(Channel channel, Target target) {
        List<String> flags = new ArrayList<>(List.of(target.flags()));
        channel.variables().text(FLAGS_VARIABLE).ifPresent(flags::add);
        for (String name : channel.variables().all().keySet()) {
            if (name.startsWith(FLAGS_VARIABLE + "_") && channel.variables().isTrue(name)) {
                flags.add(name.substring(FLAGS_VARIABLE.length() + 1));
            }
        }
        return flags.stream().filter(flag -> !flag.isEmpty()).collect(Collectors.joining("|"));
    }

    private static void stay(Channel channel, Membership membership) {
        channel.sayings().heardBy(saying -> saying instanceof Saying.InCall(ChatMessage message) && membership.say(message));
        try {
            while (channel.up()) {
                channel.next(Channel.FOREVER).ifPresent(event -> hand(channel, membership, event));
            }
        } finally {
            channel.sayings().heardByNobody();
            membership.leave();
        }
    }

    private static void hand(Channel channel, Membership membership, ChannelEvent event) {
        if (event instanceof ChannelEvent.Digit(char digit, int millis, boolean inMedia)) {
            membership.dtmf(digit);
        } else if (event instanceof ChannelEvent.Talking(boolean talking)) {
            membership.talking(talking);
        } else if (event instanceof ChannelEvent.Hold) {
            membership.held(channel.state() == ChannelState.HELD);
        } else if (event instanceof ChannelEvent.Changed) {
            membership.describe(clientVariables(channel));
        } else if (event instanceof ChannelEvent.Reattached) {
            membership.announce();
        }
    }

    /// What the client says of itself, for the others in the room to see (verto-wire.md section 9.5).
    private static Map<String, String> clientVariables(Channel channel) {
        Map<String, String> said = new LinkedHashMap<>();
        channel.variables().all().forEach((name, value) -> {
            if (name.startsWith(CLIENT_VARIABLE)) {
                said.put(name.substring(CLIENT_VARIABLE.length()), value.toString());
            }
        });
        return said;
    }

    /// The parts of the application's data.
    record Target(String name, String profile, String pin, String flags) {
        static Target of(Text data) {
            Text rest = data;
            String flags = "";
            int at = flagsAt(data);
            if (at >= 0) {
                int close = data.indexOf('}', at);
                flags = data.slice(at + FLAGS.length(), close < 0 ? data.length() : close).toString();
                rest = data.slice(0, at);
            }
            int plus = rest.indexOf('+', 0);
            String pin = plus < 0 ? "" : rest.slice(plus + 1).toString();
            rest = plus < 0 ? rest : rest.slice(0, plus);
            int last = -1;
            for (int next = rest.indexOf('@', 0); next >= 0; next = rest.indexOf('@', next + 1)) {
                last = next;
            }
            String profile = last < 0 ? "default" : rest.slice(last + 1).toString();
            return new Target((last < 0 ? rest : rest.slice(0, last)).toString().trim(), profile, pin, flags);
        }

        private static int flagsAt(Text data) {
            int at = data.indexOf('+', 0);
            while (at >= 0 && !data.toString().startsWith(FLAGS, at)) {
                at = data.indexOf('+', at + 1);
            }
            return at;
        }
    }
}
