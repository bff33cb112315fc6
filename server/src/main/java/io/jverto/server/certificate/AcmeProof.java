package io.jverto.server.certificate;

import java.nio.file.Path;
import java.time.Duration;

/// How an authority sees that a name is ours.
public sealed interface AcmeProof {
    /// A text that it reads over HTTP (RFC 8555 section 8.3).
    ///
    /// @param port where the authority, or whatever forwards to us, asks
    record Http01(int port) implements AcmeProof {}

    /// A certificate that it is shown over TLS (RFC 8737).
    ///
    /// @param port as above
    record TlsAlpn01(int port) implements AcmeProof {}

    /// A record in the DNS (RFC 8555 section 8.4): the only one for names with `*`.
    ///
    /// @param hook program that makes the record and takes it away
    /// @param settling until all servers of the domain have it
    record Dns01(Path hook, Duration settling) implements AcmeProof {}
}
