package io.jverto.sip.transaction;

/// Why a request of ours gets no response any more.
public enum ClientFailure {
    /// Nobody answered in time. Stands for 408 (RFC 3261 section 8.1.3.1).
    TIMEOUT,
    /// It could not be sent. Stands for 503.
    UNREACHABLE,
    /// We have too many requests on their way already: it was not sent.
    OVERLOAD
}
