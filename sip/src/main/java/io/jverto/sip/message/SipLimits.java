package io.jverto.sip.message;

/// How much of a message is read. What is longer is refused, never cut.
public final class SipLimits {
    /// Bytes of a message: what a datagram can carry.
    public static final int MESSAGE_BYTES = 65_535;
    /// Bytes of the start line and all headers.
    public static final int HEAD_BYTES = 32_768;
    /// Characters of a header after unfolding. A digest with a long opaque value needs some 2,000.
    public static final int LINE = 8_192;
    /// Headers of a message; calls through many proxies have some 50.
    public static final int HEADERS = 200;
    /// Values of headers of one name: Vias, Routes, Contacts.
    public static final int LIST = 70;
    /// Parameters of an address, of a Via or of a URI.
    public static final int PARAMS = 40;

    private SipLimits() {}
}
