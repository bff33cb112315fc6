package io.jverto.switchboard.negotiate;

import io.jverto.media.plan.AudioCodec;
import io.jverto.wire.sdp.Fmtp;
import io.jverto.wire.sdp.MediaDescription;
import io.jverto.wire.sdp.RtpMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The payloads of one audio line, in its order.
final class AudioFormats {
    static final String TELEPHONE_EVENT = "telephone-event";
    /// RFC 3389 section 4.1, whose payload type is that of RFC 3551.
    static final RtpMap COMFORT_NOISE = new RtpMap(13, "CN", 8_000, 1);
    private static final int MAX_PAYLOAD_TYPE = 127;
    /// RFC 5761 section 4: on one port with RTCP these look like RTCP packets.
    private static final int RTCP_FIRST = 64;
    private static final int RTCP_LAST = 95;

    /// RFC 3551 section 6: static payload types need no rtpmap, and some clients lose theirs.
    private static final Map<Integer, RtpMap> STATIC = Arrays.stream(AudioCodec.values())
            .filter(codec -> codec.staticPayloadType() >= 0)
            .map(codec -> new RtpMap(codec.staticPayloadType(), codec.sdpName(), codec.rtpClock(), 1))
            .collect(Collectors.toUnmodifiableMap(RtpMap::payloadType, Function.identity()));

    private final List<Integer> payloadTypes = new ArrayList<>();
    private final Map<Integer, RtpMap> maps = new HashMap<>();
    private final Map<String, Fmtp> formats = new HashMap<>();

    AudioFormats(MediaDescription audio) {
        for (String format : audio.formats()) {
            payloadType(format).ifPresent(payloadTypes::add);
        }
        audio.attributes("rtpmap")
                .flatMap(value -> RtpMap.decode(value).stream())
                .forEach(map -> maps.putIfAbsent(map.payloadType(), map));
        STATIC.forEach(maps::putIfAbsent);
        maps.putIfAbsent(COMFORT_NOISE.payloadType(), COMFORT_NOISE);
        audio.attributes("fmtp")
                .flatMap(value -> Fmtp.decode(value).stream())
                .forEach(format -> formats.putIfAbsent(format.format(), format));
    }

    /// @return the payload types that can be used beside RTCP, in order
    List<Integer> payloadTypes() {
        return payloadTypes;
    }

    Optional<RtpMap> map(int payloadType) {
        return Optional.ofNullable(maps.get(payloadType));
    }

    /// @return without parameters when there is no such line
    Fmtp format(int payloadType) {
        String key = Integer.toString(payloadType);
        return formats.getOrDefault(key, new Fmtp(key, Map.of()));
    }

    /// The event payload for a codec: of its clock, else 8000 Hz, else any (media-rtc.md section 4.3).
    Optional<RtpMap> telephoneEvent(AudioCodec codec) {
        List<RtpMap> events = payloadTypes.stream()
                .flatMap(payloadType -> map(payloadType).stream())
                .filter(map -> map.is(TELEPHONE_EVENT))
                .toList();
        return events.stream()
                .filter(map -> map.clock() == codec.rtpClock())
                .findFirst()
                .or(() -> events.stream().filter(map -> map.clock() == 8_000).findFirst())
                .or(() -> events.stream().findFirst());
    }

    /// @return the payload type of comfort noise beside a codec, -1 when there is none: Opus has its own way
    int comfortNoise(AudioCodec codec) {
        return payloadTypes.stream()
                .filter(payloadType -> codec.rtpClock() == COMFORT_NOISE.clock())
                .filter(payloadType -> map(payloadType).filter(map -> map.is(COMFORT_NOISE.encoding()) && map.clock() == COMFORT_NOISE.clock()).isPresent())
                .findFirst()
                .orElse(-1);
    }

    /// An answer that lost its last lines (react-native-verto): payloads without a name have the one that was offered.
    AudioFormats inferring(AudioFormats offered) {
        offered.maps.forEach(maps::putIfAbsent);
        return this;
    }

    /// @return the number if it can be used beside RTCP
    static Optional<Integer> payloadType(String format) {
        if (format.isEmpty() || format.length() > 3) {
            return Optional.empty();
        }
        int number = 0;
        for (int i = 0; i < format.length(); i++) {
            char digit = format.charAt(i);
            if (digit < '0' || digit > '9') {
                return Optional.empty();
            }
            number = 10 * number + digit - '0';
        }
        boolean usable = number <= MAX_PAYLOAD_TYPE && (number < RTCP_FIRST || number > RTCP_LAST);
        return usable ? Optional.of(number) : Optional.empty();
    }
}
