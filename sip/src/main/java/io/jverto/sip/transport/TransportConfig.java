package io.jverto.sip.transport;

import java.time.Duration;
import javax.net.ssl.SSLContext;

/// How connections behave.
///
/// @param tls certificates of ours, and whom we trust
/// @param verify whether the certificate of who is called by name has to have that name
/// @param maxConnections of all sources
/// @param maxConnectionsOfSource of one
/// @param greeting within which a connection has to say something whole for the first time
/// @param idle after which a connection that says nothing is closed
public record TransportConfig(
        SSLContext tls, boolean verify, int maxConnections, int maxConnectionsOfSource, Duration greeting, Duration idle) {
    /// What suits most.
    public static TransportConfig of(SSLContext tls) {
        return new TransportConfig(tls, true, 2_000, 50, Duration.ofSeconds(10), Duration.ofMinutes(15));
    }
}
