package io.jverto.sip.profile;

import io.jverto.base.net.NetworkList;
import io.jverto.sip.message.HostPort;
import java.util.List;

/// Where a profile listens, and what it says of where it is (sip.md section 2.1).
///
/// @param ip the address to bind, as written; empty for that of the machine
/// @param port of UDP and TCP; 0 for any that is free
/// @param tls whether there is TLS
/// @param tlsPort 0 for any that is free
/// @param websockets where WebSockets come to: at most one
/// @param secureWebsockets the same with TLS
/// @param externalIp what peers outside of `localNetwork` are told; empty for the address that is bound
/// @param localNetwork whom our own address is told
/// @param certificates the folder with `agent.pem` and `cafile.pem`; empty for the server's own certificate
public record ListenConfig(
        String ip,
        int port,
        boolean tls,
        int tlsPort,
        List<HostPort> websockets,
        List<HostPort> secureWebsockets,
        String externalIp,
        NetworkList localNetwork,
        String certificates) {
    /// Stands for the address of the profile in a WebSocket's binding.
    static final String OWN = "own";

    public ListenConfig {
        websockets = List.copyOf(websockets);
        secureWebsockets = List.copyOf(secureWebsockets);
    }
}
