package io.jverto.wire.sdp;

/// A session description as text, not yet looked at (RFC 8866).
public record SdpText(String value) {
    @Override
    public String toString() {
        return "SdpText[" + value.length() + " characters]"; // it holds the ICE password: keep it out of logs
    }
}
