package io.jverto.media.dtls;

import io.jverto.base.count.Counters;

/// What happens to DTLS handshakes.
public enum DtlsCounter implements Counters.Counted {
    CONNECTED("DTLS handshakes that agreed keys"),
    FINGERPRINT_MISMATCH("DTLS handshakes refused because the certificate is not the one in the SDP"),
    FAILED("DTLS handshakes that failed for another reason"),
    TIMED_OUT("DTLS handshakes that took too long"),
    ABORTED("DTLS handshakes ended from our side"),
    DATAGRAM_OVERFLOW("DTLS datagrams dropped because the handshake has not read the earlier ones"),
    DATAGRAM_TOO_LONG("DTLS datagrams dropped because of their length"),
    MESSAGE_TOO_LONG("DTLS handshake messages refused because they claim to be longer than any that we take"),
    ENDED("DTLS associations that ended with an error after the handshake, for instance by being closed"),
    CLOSED_BY_PEER("DTLS associations closed by the peer after the handshake");

    private final String description;

    DtlsCounter(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }
}
