package io.jverto.wire.sdp;

import java.util.List;

/// One medium: its `m=` line taken apart, and the lines after it.
///
/// @param kind `audio`, `video`, `application`, ...
/// @param port 0 to 65535; 0 means refused, or bundle-only
/// @param ports how many ports, 1 unless the line said `port/count`
/// @param profile the transport protocol, for instance `UDP/TLS/RTP/SAVPF`
/// @param formats payload numbers or other formats, at least one
public record MediaDescription(
        String kind, int port, int ports, String profile, List<String> formats, List<SdpLine> lines)
        implements SdpSection {
    public MediaDescription {
        formats = List.copyOf(formats);
        lines = List.copyOf(lines);
    }

    /// @return whether it is of that kind, in any letter case
    public boolean is(String otherKind) {
        return kind.equalsIgnoreCase(otherKind);
    }

    MediaDescription with(List<SdpLine> otherLines) {
        return new MediaDescription(kind, port, ports, profile, formats, otherLines);
    }

    String encode() {
        String count = ports == 1 ? "" : "/" + ports;
        return kind + " " + port + count + " " + profile + " " + String.join(" ", formats);
    }
}
