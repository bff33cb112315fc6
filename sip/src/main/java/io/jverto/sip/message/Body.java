package io.jverto.sip.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What follows the headers. Immutable.
public final class Body {
    public static final Body NONE = new Body(new byte[0]);

    private final byte[] bytes;

    private Body(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Body of(String text) {
        return text.isEmpty() ? NONE : new Body(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Body of(byte[] bytes) {
        return bytes.length == 0 ? NONE : new Body(bytes.clone());
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    public int length() {
        return bytes.length;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /// @return the body as UTF-8
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Body body && Arrays.equals(bytes, body.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
