package io.jverto.conference;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What members of a group see of a canvas (conference.md section 4.4): `<video-codec-group name="..." bandwidth="..." res-divisor="..."/>` in a profile.
///
/// @param bitsPerSecond at most; 0 for as much as they can take
/// @param small whether it has half as many columns and rows
record CodecGroup(int bitsPerSecond, boolean small) {
    static final CodecGroup NONE = new CodecGroup(0, false);
    private static final int MAX_GROUPS = 64;
    private static final String RES_DIVISOR = "res-divisor";

    static Map<String, CodecGroup> read(ConfigNode profile, List<ConfigProblem> problems) {
        Map<String, CodecGroup> groups = new LinkedHashMap<>();
        profile.children("video-codec-group").limit(MAX_GROUPS).forEach(node -> {
            String name = node.attribute("name", "").strip();
            String bandwidth = node.attribute("bandwidth", "").strip();
            Optional<Integer> rate = bandwidth.isEmpty() ? Optional.of(0)
                    : CanvasProfile.rate(bandwidth, new CanvasProfile.Size(CanvasProfile.MIN_WIDTH, CanvasProfile.MIN_HEIGHT), 1, 1);
            String divisor = node.attribute(RES_DIVISOR, "1").strip();
            if (name.isEmpty() || name.equalsIgnoreCase("clear") || name.contains(" ")) {
                problems.add(ConfigProblem.error(node.origin(), "a video-codec-group needs a name of one word that is not clear"));
            } else if (rate.isEmpty() || bandwidth.equalsIgnoreCase("auto")) {
                problems.add(ConfigProblem.error(node.origin(), "bandwidth of video-codec-group " + name + " must be kbit/s, for instance 512 or 1mb"));
            } else if (!divisor.matches("[1-9]")) {
                problems.add(ConfigProblem.error(node.origin(), RES_DIVISOR + " of video-codec-group " + name + " must be 1 to 9"));
            } else {
                if (!node.attribute("fps-divisor", "1").strip().equals("1")) {
                    problems.add(ConfigProblem.unsupported(node.origin(), "fps-divisor of video-codec-group " + name + ": all see as many pictures in a second"));
                }
                groups.put(name, new CodecGroup(rate.get(), !divisor.equals("1")));
            }
        });
        return groups;
    }
}
