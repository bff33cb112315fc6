package io.jverto.switchboard.application;

import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.application.Application.Trait;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelVariables;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ConferenceService;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `conference name[@profile][+pin][+flags{a|b}]` and `conference_set_auto_outcall` (conference.md sections 1 and 2.3). A caller
/// who dials `3000+flags{moderator}` gets a room of that name and no rights. Leaves out: the bridge form.
final class ConferenceApplication {
    private static final Logger log = LoggerFactory.getLogger(ConferenceApplication.class);
    private static final String BRIDGE = "bridge:";
    private static final String OUTCALL = "conference_auto_outcall_";
    private static final String OUTCALLS = "jverto_auto_outcalls";
    private static final int MAX_OUTCALLS = 32;
    private static final int DEFAULT_SECONDS = 60;
    private static final int MIN_SECONDS = 10;
    private static final int MAX_SECONDS = 500;

    static final List<Application> ALL = List.of(
            Application.with("conference", Group.ROOMS, "<name>[@<profile>][+<pin>][+flags{<flag>|...}]", "joins a room", ConferenceApplication::run, Trait.STAYS),
            Application.of("conference_set_auto_outcall", Group.ROOMS, "<dial string>[,<dial string>...]",
                    "whom the room that the channel joins next calls as well", ConferenceApplication::remember));

    private ConferenceApplication() {}

    private static Next run(Channel channel, Text data, Services services) {
        RoomTarget target = RoomTarget.of(data);
        if (target.name().isEmpty()) {
            log.error("channel {}: conference without a name: {}", channel.logId(), LogText.of(data));
            return Next.GO_ON;
        }
        if (data.toString().regionMatches(true, 0, BRIDGE, 0, BRIDGE.length()) && data.isSyntax(BRIDGE.length() - 1)) {
            channel.hangup(Cause.FACILITY_NOT_IMPLEMENTED, "conference in bridge form is not supported: " + data);
            return Next.GO_ON;
        }
        if (channel.answer()) {
            callOthers(channel, target, services.conferences());
            new RoomVisit(channel, services.conferences()).run(target);
        }
        return Next.GO_ON;
    }

    private static Next remember(Channel channel, Text data) {
        channel.variables().set(OUTCALLS, data);
        return Next.GO_ON;
    }

    /// A part that a caller chose may be a number or a name, and nothing that means something in a dial string (security.md S12).
    private static boolean isSafe(Channel channel, Text one) {
        for (int i = 0; i < one.length(); i++) {
            if (!one.isSyntax(i) && !Character.isLetterOrDigit(one.charAt(i))) {
                log.warn("channel {}: {} is not called: a caller chose characters of it that mean something", channel.logId(), LogText.of(one));
                return false;
            }
        }
        return !one.isEmpty();
    }

    /// Only separators that the configuration wrote separate.
    private static void callOthers(Channel channel, RoomTarget target, ConferenceService conferences) {
        Text whom = channel.variables().get(OUTCALLS);
        if (whom.isEmpty()) {
            return;
        }
        ChannelVariables variables = channel.variables();
        char delimiter = variables.text(OUTCALL + "delimiter").filter(text -> text.length() == 1).orElse(",").charAt(0);
        int seconds = variables.number(OUTCALL + "timeout").filter(given -> given >= MIN_SECONDS && given <= MAX_SECONDS).orElse(DEFAULT_SECONDS);
        String prefix = variables.text(OUTCALL + "prefix").orElse("");
        String flags = variables.text("conference_utils_auto_outcall_flags").or(() -> variables.text(OUTCALL + "flags")).orElse("");
        whom.split(delimiter).stream().map(Text::trim).filter(one -> isSafe(channel, one)).limit(MAX_OUTCALLS).forEach(one -> conferences.callIn(
                new ConferenceService.Outcall(target.name(), variables.text(OUTCALL + "profile").orElse(target.profile()), flags,
                        prefix + one, variables.text(OUTCALL + "caller_id_name").orElse(""), variables.text(OUTCALL + "caller_id_number").orElse(""), seconds)));
        channel.variables().set(OUTCALLS, Text.EMPTY);
        Optional.of(variables.number(OUTCALL + "maxwait").orElse(0)).filter(wait -> wait > 0)
                .ifPresent(wait -> channel.pause(Math.min(wait, DEFAULT_SECONDS) * 1_000L));
    }
}
