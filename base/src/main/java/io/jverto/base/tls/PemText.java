package io.jverto.base.tls;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Writes PEM (RFC 7468).
public final class PemText {
    private static final int LINE = 64;

    private PemText() {}

    /// @param label as it stands behind `BEGIN`
    public static String of(String label, byte[] der) {
        String body = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }
}
