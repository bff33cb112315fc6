package io.jverto.server.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// An SDP without what differs from call to call: its lines by section, with credentials, addresses, ports and SSRCs taken out.
final class SdpSkeleton {
    private SdpSkeleton() {}

    /// @return what the second lacks and what it has besides, in words; empty when both say the same in the same order
    static List<String> differences(String recorded, String ours) {
        Map<String, List<String>> before = sections(recorded);
        Map<String, List<String>> now = sections(ours);
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            compare(name, before.getOrDefault(name, List.of()), now.getOrDefault(name, List.of()), differences);
        }
        return differences;
    }

    /// `session`, then `audio`, `video`; a second one of a kind is `audio2`.
    private static Map<String, List<String>> sections(String sdp) {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        List<String> section = sections.computeIfAbsent("session", _ -> new ArrayList<>());
        for (String line : sdp.split("\r\n")) {
            if (line.startsWith("m=")) {
                String kind = line.substring(2, line.indexOf(' '));
                section = new ArrayList<>();
                sections.put(sections.containsKey(kind) ? kind + sections.size() : kind, section);
            }
            String bare = bare(line);
            if (!bare.isEmpty()) {
                section.add(bare);
            }
        }
        return sections;
    }

    private static String bare(String line) {
        return line
                .replaceFirst("^[os]=.*", "")
                .replaceFirst("^c=IN IP[46] .*", "c=IN IP *")
                .replaceFirst("^m=(\\w+) [1-9]\\d* ", "m=$1 * ")
                .replaceFirst("^a=rtcp:\\d+ .*", "a=rtcp:*")
                .replaceFirst("^a=msid-semantic: ?WMS .*", "a=msid-semantic: WMS *")
                .replaceFirst("^a=fingerprint:(\\S+) .*", "a=fingerprint:$1 *")
                .replaceFirst("^a=(ice-ufrag|ice-pwd):.*", "a=$1:*")
                .replaceFirst("^a=candidate:\\S+ (\\d) udp (\\d+) \\S+ \\d+ ", "a=candidate:* $1 udp $2 * ")
                .replaceFirst("^a=ssrc:\\d+ (\\w+):\\S+", "a=ssrc:* $1:*");
    }

    /// Lines that the longest common sequence leaves over.
    private static void compare(String section, List<String> recorded, List<String> ours, List<String> differences) {
        int[][] common = new int[recorded.size() + 1][ours.size() + 1];
        for (int i = recorded.size() - 1; i >= 0; i--) {
            for (int j = ours.size() - 1; j >= 0; j--) {
                common[i][j] = recorded.get(i).equals(ours.get(j)) ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < recorded.size() || j < ours.size()) {
            if (i < recorded.size() && j < ours.size() && recorded.get(i).equals(ours.get(j))) {
                i++;
                j++;
            } else if (j == ours.size() || i < recorded.size() && common[i + 1][j] >= common[i][j + 1]) {
                differences.add(section + " lacks " + recorded.get(i++));
            } else {
                differences.add(section + " also has " + ours.get(j++));
            }
        }
    }
}
