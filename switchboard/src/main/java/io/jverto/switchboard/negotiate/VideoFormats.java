package io.jverto.switchboard.negotiate;

import io.jverto.media.plan.VideoCodec;
import io.jverto.media.plan.VideoFormat;
import io.jverto.wire.sdp.Fmtp;
import io.jverto.wire.sdp.MediaDescription;
import io.jverto.wire.sdp.RtcpFeedback;
import io.jverto.wire.sdp.RtpMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The payloads of one video line, in its order, and what is said of each.
final class VideoFormats {
    private static final String RTX = "rtx";
    private static final String ALL = "*";

    private final List<VideoFormat> formats = new ArrayList<>();
    /// Payload type of packets that are sent again, by what they repeat.
    private final Map<Integer, Integer> repeated = new HashMap<>();
    private final Set<RtcpFeedback> feedback = new HashSet<>();

    VideoFormats(MediaDescription video) {
        Map<String, RtpMap> maps = new HashMap<>();
        video.attributes("rtpmap").flatMap(value -> RtpMap.decode(value).stream())
                .forEach(map -> maps.putIfAbsent(Integer.toString(map.payloadType()), map));
        Map<String, Fmtp> parameters = new HashMap<>();
        video.attributes("fmtp").flatMap(value -> Fmtp.decode(value).stream())
                .forEach(format -> parameters.putIfAbsent(format.format(), format));
        for (String format : video.formats()) {
            RtpMap map = maps.get(format);
            if (map != null && map.clock() == VideoCodec.CLOCK && AudioFormats.payloadType(format).isPresent()) {
                add(map, parameters.getOrDefault(format, new Fmtp(format, Map.of())));
            }
        }
        video.attributes("rtcp-fb").flatMap(value -> RtcpFeedback.decode(value).stream()).forEach(feedback::add);
    }

    private void add(RtpMap map, Fmtp parameters) {
        if (map.is(RTX)) {
            parameters.number("apt").ifPresent(original -> repeated.putIfAbsent(original, map.payloadType()));
            return;
        }
        VideoCodec.named(map.encoding()).ifPresent(codec -> formats.add(new VideoFormat(codec, map.payloadType(), parameters.parameters())));
    }

    List<VideoFormat> formats() {
        return formats;
    }

    Optional<VideoFormat> format(int payloadType) {
        return formats.stream().filter(format -> format.payloadType() == payloadType).findFirst();
    }

    /// @return -1 when there is none
    int rtx(int payloadType) {
        return repeated.getOrDefault(payloadType, -1);
    }

    boolean has(int payloadType, String message) {
        return feedback.contains(new RtcpFeedback(Integer.toString(payloadType), message)) || feedback.contains(new RtcpFeedback(ALL, message));
    }
}
