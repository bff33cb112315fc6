package io.jverto.wire.sdp;

/// Writes a description: CRLF after every line, the last one too, since clients split there (verto-wire.md 12.3).
public final class SdpEncoder {
    private SdpEncoder() {}

    public static SdpText encode(SessionDescription description) {
        StringBuilder text = new StringBuilder(2_048);
        append(text, description);
        for (MediaDescription medium : description.media()) {
            text.append("m=").append(medium.encode()).append("\r\n");
            append(text, medium);
        }
        return new SdpText(text.toString());
    }

    private static void append(StringBuilder text, SdpSection section) {
        for (SdpLine line : section.lines()) {
            text.append(line.type()).append('=').append(line.value()).append("\r\n");
        }
    }
}
