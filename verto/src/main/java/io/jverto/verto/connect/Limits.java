package io.jverto.verto.connect;

import java.time.Duration;

/// What strangers may use up before they have logged in.
///
/// @param perAddress TCP connections from one address; addresses of this machine are not limited, a proxy may stand there
/// @param connections TCP connections in all
/// @param handshake from the TCP connection, or the last answer, to the next complete request
record Limits(int perAddress, int connections, Duration handshake) {
    /// A company of thousands behind one address still gets in; ten thousand half-open connections do not.
    static final Limits DEFAULT = new Limits(2_000, 50_000, Duration.ofSeconds(10));
}
