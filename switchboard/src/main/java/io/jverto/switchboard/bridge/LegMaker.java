package io.jverto.switchboard.bridge;

import io.jverto.base.id.Tokens;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.VideoCodec;
import io.jverto.media.plan.VideoFormat;
import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.channel.Privacy;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.negotiate.CodecPreferences;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Makes of a device, a caller and a dial string's variables what a new channel begins with (dialplan-directory.md sections 11.2 and 11.3).
final class LegMaker {
    /// What the reference shows for a callee whom the directory does not name (verto-wire-errata.md section 2).
    private static final String NAMELESS = "Outbound Call";
    private static final String MAX_FORWARDS = "max_forwards";
    private static final int DEFAULT_FORWARDS = 70;
    /// Calls that lead to each other by loopbacks. A dialplan may set `max_forwards` anew each time; this it cannot.
    private static final int MAX_HOPS = 70;
    private static final int MAX_ID = 256;

    private final Originator originator;
    private final RandomGenerator random;

    LegMaker(Originator originator, RandomGenerator random) {
        this.originator = originator;
        this.random = random;
    }

    /// @return empty when the call has been sent on too often
    Optional<Channels.Outgoing> outgoing(Target.Ring ring, Endpoint.Device device) {
        Map<String, Text> variables = originator.exported();
        Map<String, Text> bond = Map.copyOf(variables.containsKey("signal_bond") ? Map.of("signal_bond", variables.get("signal_bond")) : Map.of());
        variables.putAll(ring.variables());
        device.variables().forEach((name, value) -> variables.put(name, Text.data(value)));
        variables.putAll(bond);
        int forwards = Optional.of(originator.variable(MAX_FORWARDS).toString()).filter(text -> text.matches("[0-9]{1,3}"))
                .map(Integer::valueOf).orElse(DEFAULT_FORWARDS);
        if (forwards <= 0 || originator.hops() >= MAX_HOPS) {
            return Optional.empty();
        }
        variables.put(MAX_FORWARDS, Text.syntax(String.valueOf(forwards - 1)));
        ChannelId id = new ChannelId(text(variables, "origination_uuid").filter(text -> text.length() <= MAX_ID)
                .orElseGet(() -> Tokens.uuid(random)));
        CodecPreferences codecs = codecs(device, variables);
        return Optional.of(new Channels.Outgoing(
                id, profile(ring, device, variables), codecs, video(codecs, variables), variables, originator.leader()::tell, originator.profile(),
                originator.hops() + 1));
    }

    // DEVIATION originate-3
    /// The caller's own codec goes first, so that nothing need be transcoded, or before there is one all that he can have; the device's list
    /// follows (media-rtc.md section 3).
    private CodecPreferences codecs(Endpoint.Device device, Map<String, Text> variables) {
        Optional<String> absolute = text(variables, "absolute_codec_string");
        Optional<AudioCodec> callers = originator.codec();
        if (absolute.isPresent()) {
            return CodecPreferences.decode(absolute.get());
        }
        String wanted = text(variables, "codec_string").orElse(device.codecs());
        if (wanted.startsWith("=")) {
            return CodecPreferences.decode(wanted.substring(1));
        }
        boolean inherits = LegVariables.isTrue(originator.variable("inherit_codec")) || LegVariables.isTrue(variables.get("inherit_codec"));
        if (inherits && callers.isPresent()) {
            return CodecPreferences.decode(callers.get().sdpName());
        }
        CodecPreferences own = CodecPreferences.decode(wanted);
        return own.preferring(originator.codecs());
    }

    // DEVIATION sdp-18
    /// What the caller sends, as far as the list has it: nobody's camera is asked for because of a caller without. For nobody, only what is
    /// asked for by name.
    private List<VideoFormat> video(CodecPreferences codecs, Map<String, Text> variables) {
        if (originator.isNobody()) {
            boolean named = text(variables, "absolute_codec_string").or(() -> text(variables, "codec_string")).isPresent();
            return named ? codecs.video().stream().map(LegMaker::usual).toList() : List.of();
        }
        return originator.video().stream().filter(format -> codecs.video().contains(format.codec())).toList();
    }

    private static VideoFormat usual(VideoCodec codec) {
        return switch (codec) {
            case VP8 -> new VideoFormat(codec, 96);
            case VP9 -> new VideoFormat(codec, 98, Map.of("profile-id", "0"));
            case H264 -> new VideoFormat(codec, 106, Map.of("level-asymmetry-allowed", "1", "packetization-mode", "1", "profile-level-id", "42e01f"));
            case AV1 -> new VideoFormat(codec, 45);
        };
    }

    private CallerProfile profile(Target.Ring ring, Endpoint.Device device, Map<String, Text> variables) {
        CallerProfile from = originator.from();
        Endpoint.Callee callee = device.callee();
        String privacy = text(variables, "origination_privacy").orElse("");
        String number = text(variables, "origination_caller_id_number").orElse(from.callerNumber());
        return new CallerProfile(
                privacy.contains("hide_name") ? Privacy.NOBODY : text(variables, "origination_caller_id_name").orElse(from.callerName()),
                privacy.contains("hide_number") ? Privacy.NO_NUMBER : number,
                text(variables, "origination_callee_id_name").orElse(callee.name().isEmpty() ? NAMELESS : callee.name()),
                text(variables, "origination_callee_id_number").orElse(callee.number().isEmpty() ? ring.number() : callee.number()),
                ring.number(), text(variables, "origination_context").or(() -> text(variables, "user_context")).orElse(from.context()),
                from.dialplan(), "",
                text(variables, "origination_ani").orElse(from.ani().isEmpty() ? number : from.ani()), from.aniii(), from.rdnis(),
                device.networkAddress(), from.source(), text(variables, "origination_channel_name").orElse(device.channelName()));
    }

    private static Optional<String> text(Map<String, Text> variables, String name) {
        return LegVariables.text(variables, name);
    }
}
