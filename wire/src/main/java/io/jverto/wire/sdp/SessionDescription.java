package io.jverto.wire.sdp;

import java.util.List;

/// A whole description. Lines keep their order, because some clients look at the text (verto-wire.md 12).
///
/// @param lines the session's lines, `v=` first
/// @param media its media, in order
public record SessionDescription(List<SdpLine> lines, List<MediaDescription> media) implements SdpSection {
    public SessionDescription {
        lines = List.copyOf(lines);
        media = List.copyOf(media);
    }
}
