package io.jverto.media.dtls;

import io.jverto.media.plan.SrtpKeys;

/// How a handshake ended.
public sealed interface DtlsResult {
    /// The peer showed the certificate whose fingerprint was agreed; these are the keys.
    record Connected(SrtpKeys keys) implements DtlsResult {}

    /// No keys. Media must not flow.
    record Failed(Reason reason, String detail) implements DtlsResult {}

    /// Why there are no keys.
    enum Reason {
        /// The certificate is not the one in the SDP.
        FINGERPRINT_MISMATCH,
        /// The SDP's hash function is not one of ours.
        UNKNOWN_HASH,
        /// The peer showed no certificate.
        NO_CERTIFICATE,
        /// No SRTP profile in common.
        NO_SRTP_PROFILE,
        /// It took too long.
        TIMED_OUT,
        /// [DtlsHandshake#abort] was called.
        ABORTED,
        /// The peer refused, or sent something wrong.
        PROTOCOL
    }
}
