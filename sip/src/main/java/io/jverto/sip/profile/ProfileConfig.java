package io.jverto.sip.profile;

import io.jverto.sip.dialog.SessionRules;
import io.jverto.sip.gateway.GatewayConfig;
import io.jverto.sip.message.SipUri;
import io.jverto.sip.registrar.RegistrarConfig;
import io.jverto.sip.transaction.SipTimers;
import java.util.List;
import java.util.Optional;

/// One `<profile>` of `sofia.conf` (sip.md section 2).
///
/// @param aliases other names that `sofia/NAME/...` finds it by
/// @param maxCalls at once
/// @param messagesPerSecond of one source
/// @param outboundProxy by which calls go that have no other way
public record ProfileConfig(
        String name,
        List<String> aliases,
        ListenConfig listen,
        AccessConfig access,
        RegistrarConfig registrar,
        String context,
        String dialplan,
        String userAgent,
        SipTimers timers,
        boolean reliable,
        SessionRules session,
        int maxCalls,
        int messagesPerSecond,
        CallConfig calls,
        Optional<SipUri> outboundProxy,
        List<GatewayConfig> gateways) {
    public ProfileConfig {
        aliases = List.copyOf(aliases);
        gateways = List.copyOf(gateways);
    }

    /// @return the same with other gateways
    ProfileConfig withGateways(List<GatewayConfig> others) {
        return new ProfileConfig(
                name, aliases, listen, access, registrar, context, dialplan, userAgent, timers, reliable, session, maxCalls,
                messagesPerSecond, calls, outboundProxy, others);
    }
}
