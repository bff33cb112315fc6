package io.jverto.switchboard.application;

import io.jverto.media.plan.Sound;
import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.application.Application.Trait;
import io.jverto.switchboard.bridge.Bridge;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.ChannelVariables;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ConferenceService;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `conference name[@profile][+pin][+flags{a|b}]` and `conference_set_auto_outcall` (conference.md sections 1 and 2.3). A caller
/// who dials `3000+flags{moderator}` gets a room of that name and no rights. The form `bridge:name[@profile]:dial string` calls one other into a
/// room of its own.
final class ConferenceApplication {
    private static final Logger log = LoggerFactory.getLogger(ConferenceApplication.class);
    private static final String OUTCALL = "conference_auto_outcall_";
    private static final String OUTCALLS = "jverto_auto_outcalls";
    private static final int MAX_OUTCALLS = 32;
    private static final int MAX_EXPORTS = 32;
    private static final Duration BRIDGE_TIMEOUT = Duration.ofSeconds(60);
    private static final String OWN_ID = "_uuid_";
    private static final String NOBODY = "none";
    private static final String DOMAIN = "${domain_name}";
    private static final int DEFAULT_SECONDS = 60;
    private static final String BEEP = "%(500,0,640)";
    private static final int BEEP_MILLIS = 1_000;
    private static final int MIN_SECONDS = 10;
    private static final int MAX_SECONDS = 500;

    static final List<Application> ALL = List.of(
            Application.with("conference", Group.ROOMS, "<name>[@<profile>][+<pin>][+flags{<flag>|...}] or bridge:<name>[@<profile>]:<dial string>", "joins a room; in the second form one of its own, into which it calls somebody", ConferenceApplication::run, Trait.STAYS),
            Application.of("conference_set_auto_outcall", Group.ROOMS, "<dial string>[,<dial string>...]",
                    "whom the room that the channel joins next calls as well", ConferenceApplication::remember));

    private ConferenceApplication() {}

    private static Next run(Channel channel, Text data, Services services) {
        RoomTarget target = RoomTarget.of(data);
        if (target.name().isEmpty()) {
            log.error("channel {}: conference without a name: {}", channel.logId(), LogText.of(data));
            return Next.GO_ON;
        }
        if (RoomTarget.isBridge(data)) {
            bridge(channel, RoomTarget.ofBridge(data), services);
            return Next.GO_ON;
        }
        if (channel.answer()) {
            callOthers(channel, target, services.conferences());
            new RoomVisit(channel, services.conferences()).run(target);
        }
        return Next.GO_ON;
    }

    /// Both are in a room that ends when one of them goes. The caller is answered when the other one is.
    private static void bridge(Channel channel, RoomTarget.OfBridge wanted, Services services) {
        RoomTarget room = (wanted.room().name().equals(OWN_ID) ? wanted.room().named(channel.id().value()) : wanted.room()).with("mintwo");
        RoomVisit visit = RoomVisit.bridged(channel, services.conferences());
        if (room.name().isEmpty() || wanted.dialString().isEmpty()) {
            log.error("channel {}: conference bridge:<name>[@<profile>]:<dial string> needs both", channel.logId());
            return;
        }
        if (visit.isThere(room)) {
            log.warn("channel {}: there is a room {} already: nobody is called into it", channel.logId(), LogText.of(room.name()));
            return;
        }
        if (wanted.dialString().toString().equals(NOBODY)) {
            enter(channel, room, visit);
            return;
        }
        if (!channel.preAnswer() || !isSafe(channel, wanted.dialString())) {
            return;
        }
        switch (services.bridge().invite(channel, wanted.dialString(), BRIDGE_TIMEOUT,
                leg -> visit.with(leg).run(room))) {
            case Bridge.Invited.Failed(Cause cause) -> channel.hangup(cause, "nobody came into the room " + room.name());
            case Bridge.Invited.Came(ChannelHandle leg) -> {
                enter(channel, room, visit);
                if (!visit.wasIn()) {
                    leg.hangup(Cause.NORMAL_CLEARING, false);
                }
            }
        }
    }

    private static void enter(Channel channel, RoomTarget room, RoomVisit visit) {
        if (channel.answer()) {
            visit.run(room);
        }
    }

    private static Next remember(Channel channel, Text data) {
        if (data.trim().isEmpty()) {
            return Unusable.data(channel, "conference_set_auto_outcall", data);
        }
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

    /// @return variables of whom the room calls
    private static Map<String, String> forCalled(Channel channel) {
        ChannelVariables variables = channel.variables();
        Map<String, String> all = new LinkedHashMap<>();
        Optional.of(channel.expand(Text.syntax(DOMAIN)).toString()).filter(domain -> !domain.isEmpty())
                .ifPresent(domain -> all.put("domain_name", domain)); // the room's, not his own
        variables.text(OUTCALL + "announce").ifPresent(sound -> all.put(ConferenceService.Outcall.ANNOUNCE, sound));
        Arrays.stream(variables.text(OUTCALL + "export_vars").orElse("").split(",")).map(String::strip).filter(name -> !name.isEmpty()).limit(MAX_EXPORTS)
                .forEach(name -> variables.text(name).ifPresent(value -> all.put(name, value)));
        return all;
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
                        prefix + one, variables.text(OUTCALL + "caller_id_name").orElse(""), variables.text(OUTCALL + "caller_id_number").orElse(""), seconds,
                        forCalled(channel))));
        if (!variables.isTrue(OUTCALL + "skip_member_beep")) {
            Playback.untilDigit(channel, new Sound.Tone(BEEP), "none", channel.in(BEEP_MILLIS));
        }
        channel.variables().set(OUTCALLS, Text.EMPTY);
        Optional.of(variables.number(OUTCALL + "maxwait").orElse(0)).filter(wait -> wait > 0)
                .ifPresent(wait -> channel.pause(Math.min(wait, DEFAULT_SECONDS) * 1_000L));
    }
}
