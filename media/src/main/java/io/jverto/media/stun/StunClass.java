package io.jverto.media.stun;

/// The messages of the Binding method (RFC 8489 section 5), the only one that ICE uses.
public enum StunClass {
    REQUEST(0x0001),
    INDICATION(0x0011),
    SUCCESS(0x0101),
    ERROR(0x0111);

    private final int code;

    StunClass(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
