package io.jverto.wire.sdp;

import io.jverto.base.Broken;

/// One line of a description (RFC 8866 section 5).
///
/// @param type the letter before `=`
/// @param value what stands behind it, without trailing blanks
public record SdpLine(char type, String value) {
    public SdpLine {
        if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
            // The decoder makes none: with one, somebody could inject lines of his own.
            throw new Broken("a line of SDP with a line end inside");
        }
    }

    /// @return `a=name`
    public static SdpLine flag(String name) {
        return new SdpLine('a', name);
    }

    /// @return `a=name:value`
    public static SdpLine attribute(String name, String value) {
        return new SdpLine('a', name + ":" + value);
    }

    /// @return whether it is the attribute `a=name` or `a=name:...`
    boolean isAttribute(String name) {
        return type == 'a'
                && value.startsWith(name)
                && (value.length() == name.length() || value.charAt(name.length()) == ':');
    }

    /// @return the text behind the first colon, empty when there is none
    String attributeValue() {
        int colon = value.indexOf(':');
        return colon < 0 ? "" : value.substring(colon + 1);
    }
}
