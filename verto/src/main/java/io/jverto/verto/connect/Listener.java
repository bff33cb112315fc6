package io.jverto.verto.connect;

import io.jverto.base.count.Counters;
import io.jverto.verto.count.VertoCount;
import io.jverto.verto.dispatch.Connection;
import io.jverto.verto.dispatch.Services;
import io.jverto.verto.login.Gate;
import io.jverto.verto.outbound.Transport;
import io.jverto.verto.profile.VertoProfile;
import io.netty.util.AttributeKey;
import java.util.List;
import java.util.Set;

/// What the connections of one bound address have in common.
///
/// @param files of the pages that are too large to be held
/// @param sites at most one; then it is served and the page is not
record Listener(
        VertoProfile profile,
        boolean secure,
        Gate gate,
        Services services,
        PageHandler pages,
        SiteResponder files,
        List<SiteResponder> sites,
        Limits limits,
        Set<Connection> connections) {
    /// A channel's connection, once it is a WebSocket.
    static final AttributeKey<Connection> CONNECTION = AttributeKey.valueOf(Listener.class, "connection");

    Counters<VertoCount> counters() {
        return services.counters();
    }

    Connection connect(Transport transport) {
        counters().increment(VertoCount.CONNECTIONS_OPENED);
        Connection connection = new Connection(services, profile, gate, transport);
        connections.add(connection);
        return connection;
    }

    void disconnect(Connection connection) {
        connections.remove(connection);
    }
}
