package io.jverto.switchboard.story;

import io.jverto.wire.sdp.Candidate;
import io.jverto.wire.sdp.Direction;
import io.jverto.wire.sdp.MediaDescription;
import io.jverto.wire.sdp.RtpMap;
import io.jverto.wire.sdp.SdpDecoder;
import io.jverto.wire.sdp.SdpDecoding;
import io.jverto.wire.sdp.SdpText;
import io.jverto.wire.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What an operator wants to know of a description: the codecs and direction of each line, and how many ICE candidates of which kind. No address,
/// no credentials.
///
/// @param lines of media, 4 at most
/// @param candidates how many of each type: `host`, `srflx`, `relay`, with ` mDNS` for those whose address is hidden and ` TCP` for TCP
/// @param unreadable why it could not be read, empty when it could
record Description(List<Line> lines, Map<String, Integer> candidates, String unreadable) {
    private static final int MAX_LINES = 4;
    private static final int MAX_CODECS = 16;
    private static final int MAX_NAME = 32;
    private static final int MAX_TYPES = 8;
    /// RFC 3551 section 6: those that may stand without a name.
    private static final Map<String, String> STATIC = Map.of("0", "PCMU", "3", "GSM", "8", "PCMA", "9", "G722", "18", "G729");

    /// One line of media.
    ///
    /// @param kind `audio`, `video` or what else there is
    /// @param direction as its writer sees it
    record Line(String kind, List<String> codecs, Direction direction, boolean refused) {
        int size() {
            return kind.length() + codecs.stream().mapToInt(String::length).sum();
        }
    }

    static Description of(SdpText text) {
        return switch (SdpDecoder.decode(text)) {
            case SdpDecoding.Malformed malformed -> new Description(List.of(), Map.of(), malformed.toString());
            case SdpDecoding.Decoded(SessionDescription description) -> new Description(
                    description.media().stream().limit(MAX_LINES).map(line -> line(description, line)).toList(), candidates(description), "");
        };
    }

    private static Line line(SessionDescription session, MediaDescription line) {
        Direction direction = line.direction().or(session::direction).orElse(Direction.SENDRECV);
        return new Line(cut(line.kind()), codecs(line), direction, line.port() == 0 && !line.has("bundle-only"));
    }

    private static List<String> codecs(MediaDescription line) {
        Map<String, String> named = line.attributes("rtpmap").flatMap(value -> RtpMap.decode(value).stream())
                .collect(Collectors.toMap(map -> String.valueOf(map.payloadType()), RtpMap::encoding, (one, _) -> one));
        return line.formats().stream()
                .map(format -> named.getOrDefault(format, STATIC.getOrDefault(format, "?")))
                .filter(name -> !name.equalsIgnoreCase("rtx"))
                .map(Description::cut)
                .distinct()
                .limit(MAX_CODECS)
                .toList();
    }

    private static Map<String, Integer> candidates(SessionDescription description) {
        List<String> all = new ArrayList<>(description.attributes("candidate").toList());
        description.media().stream().flatMap(line -> line.attributes("candidate")).forEach(all::add);
        return types(all.stream().distinct().flatMap(value -> Candidate.decode(value).stream()));
    }

    /// @return how many of each type, of those for RTP
    static Map<String, Integer> types(Stream<Candidate> candidates) {
        Map<String, Integer> types = new TreeMap<>();
        candidates.filter(one -> one.component() == 1).forEach(one -> {
            String type = type(one);
            if (types.size() < MAX_TYPES || types.containsKey(type)) {
                types.merge(type, 1, Integer::sum);
            }
        });
        return types;
    }

    private static String type(Candidate one) {
        String hidden = one.address().toLowerCase(Locale.ROOT).endsWith(".local") ? " mDNS" : "";
        return cut(one.type().split(" ", 2)[0]) + hidden + (one.transport().equalsIgnoreCase("udp") ? "" : " TCP");
    }

    private static String cut(String text) {
        return text.length() <= MAX_NAME ? text : text.substring(0, MAX_NAME);
    }

    int size() {
        return Stream.concat(lines.stream().map(Line::size), candidates.keySet().stream().map(String::length)).mapToInt(Integer::intValue).sum();
    }
}
