package io.jverto.wire.sdp;

/// What came of reading a description.
public sealed interface SdpDecoding {
    /// It could be read.
    record Decoded(SessionDescription description) implements SdpDecoding {}

    /// It could not, or is larger than anything honest.
    ///
    /// @param line where, counted from 1
    record Malformed(int line, Reason reason) implements SdpDecoding {
        @Override
        public String toString() {
            return "line " + line + ": " + reason.text();
        }
    }

    /// Why a description is refused.
    enum Reason {
        TOO_LONG("more than " + SdpDecoder.MAX_CHARACTERS + " characters"),
        TOO_MANY_LINES("more than " + SdpDecoder.MAX_LINES + " lines"),
        LINE_TOO_LONG("line of more than " + SdpDecoder.MAX_LINE + " characters"),
        FMTP_TOO_LONG("fmtp of more than " + SdpDecoder.MAX_FMTP + " characters"),
        TOO_MANY_MEDIA("more than " + SdpDecoder.MAX_MEDIA + " media"),
        TOO_MANY_ATTRIBUTES("more than " + SdpDecoder.MAX_ATTRIBUTES + " attributes in a section"),
        TOO_MANY_CANDIDATES("more than " + SdpDecoder.MAX_CANDIDATES + " candidates in a section"),
        TOO_MANY_FORMATS("more than " + SdpDecoder.MAX_FORMATS + " formats in a media line"),
        NO_VERSION("the first line is not v=0"),
        NOT_A_LINE("not of the form letter=value"),
        CONTROL_CHARACTER("control character"),
        BAD_MEDIA_LINE("media line without kind, valid port, profile and format");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }
}
