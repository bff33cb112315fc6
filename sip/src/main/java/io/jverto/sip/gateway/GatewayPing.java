package io.jverto.sip.gateway;

import io.jverto.base.count.Counters;
import io.jverto.base.id.Tokens;
import io.jverto.sip.message.Body;
import io.jverto.sip.message.CSeq;
import io.jverto.sip.message.Envelope;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.transaction.ClientId;
import io.jverto.sip.transaction.Hop;
import io.jverto.sip.transaction.Transactions;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// OPTIONS now and then, and whether a gateway is there because of their answers (sip.md section 14).
final class GatewayPing {
    private static final long NEVER = Long.MAX_VALUE;

    private final GatewayConfig config;
    private final RandomGenerator random;
    private final Counters<GatewayCounter> counters;
    private Optional<ClientId> open = Optional.empty();
    private int count;
    private long nextNanos;

    GatewayPing(GatewayConfig config, RandomGenerator random, Counters<GatewayCounter> counters) {
        this.config = config;
        this.random = random;
        this.counters = counters;
        this.count = config.pingMax();
        this.nextNanos = config.ping().isZero() ? NEVER : Long.MIN_VALUE;
    }

    boolean isDue(long nowNanos) {
        return nowNanos >= nextNanos;
    }

    /// True where nobody pings, and until pings have failed.
    boolean isAlive() {
        return count >= Math.min(config.pingMin(), config.pingMax());
    }

    void hurry() {
        nextNanos = Long.MIN_VALUE;
    }

    void postpone(long nowNanos) {
        nextNanos = nowNanos + config.ping().toNanos();
    }

    void send(long nowNanos, Hop hop, GatewayOutput out) {
        nextNanos = NEVER; // until this one is answered
        NameAddr self = NameAddr.of(config.from());
        Envelope envelope = new Envelope(
                List.of(out.via(hop)), self.withParam("tag", Tokens.alphanumeric(random, 16)), NameAddr.of(config.uri(config.proxy())),
                Tokens.uuid(random), new CSeq(1, SipMethod.OPTIONS));
        Headers headers = Headers.NONE.with("Max-Forwards", "70").and("Route", config.register() && !config.registrar().equals(config.proxy()) ? List.of() : config.routes())
                .with("Accept", "application/sdp");
        SipRequest request = new SipRequest(SipMethod.OPTIONS, config.uri(config.proxy()), envelope, headers, Body.NONE);
        ClientId id = Transactions.idOf(request);
        open = Optional.of(id);
        out.request(id, request, hop);
    }

    boolean takes(ClientId id) {
        return open.filter(id::equals).isPresent();
    }

    void onResult(long nowNanos, int status) {
        open = Optional.empty();
        postpone(nowNanos);
        boolean failed = status == 408 || status == 503 || status >= 600;
        boolean alive = !failed && (status < 300 || status >= 400 && status < 500);
        if (failed) {
            counters.increment(GatewayCounter.PING_FAILED);
            count = Math.max(0, count - 1);
        } else if (alive) {
            count = Math.min(config.pingMax(), count + 1);
        }
    }

    /// Who takes our registration is there.
    void onRegistered() {
        count = config.pingMax();
    }

    long deadline() {
        return nextNanos;
    }
}
