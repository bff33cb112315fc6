package io.jverto.sip.profile;

import io.jverto.base.count.Counters;
import io.jverto.sip.dialog.CallCounter;
import io.jverto.sip.gateway.GatewayCounter;
import io.jverto.sip.registrar.RegistrarCounter;
import io.jverto.sip.transaction.TransactionCounter;
import io.jverto.sip.transport.TransportCounter;

/// What all profiles count together.
public record SipCounts(
        Counters<CallCounter> calls,
        Counters<TransactionCounter> transactions,
        Counters<TransportCounter> transport,
        Counters<GatewayCounter> gateways,
        Counters<RegistrarCounter> registrar) {
    public static SipCounts create() {
        return new SipCounts(
                new Counters<>(CallCounter.class), new Counters<>(TransactionCounter.class), new Counters<>(TransportCounter.class),
                new Counters<>(GatewayCounter.class), new Counters<>(RegistrarCounter.class));
    }
}
