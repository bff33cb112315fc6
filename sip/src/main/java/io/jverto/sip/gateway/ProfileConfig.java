package io.jverto.sip.gateway;

import io.jverto.sip.transaction.SipTimers;
import java.util.List;

/// One `<profile>` of `sofia.conf` (sip.md section 2).
///
/// @param sipIp the address to bind, as written; empty for that of the machine
/// @param tlsPort 0 for no TLS
/// @param maxCalls at once
/// @param messagesPerSecond of one source
public record ProfileConfig(
        String name,
        String sipIp,
        int sipPort,
        int tlsPort,
        String context,
        String dialplan,
        String userAgent,
        SipTimers timers,
        boolean reliable,
        int sessionSeconds,
        int minSessionSeconds,
        int maxCalls,
        int messagesPerSecond,
        List<GatewayConfig> gateways) {
    public ProfileConfig {
        gateways = List.copyOf(gateways);
    }
}
