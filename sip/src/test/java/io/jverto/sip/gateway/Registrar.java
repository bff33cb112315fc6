package io.jverto.sip.gateway;

import io.jverto.base.count.Counters;
import io.jverto.sip.digest.Credentials;
import io.jverto.sip.digest.DigestAlgorithm;
import io.jverto.sip.digest.DigestResult;
import io.jverto.sip.digest.DigestServer;
import io.jverto.sip.message.HostPort;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.message.Via;
import io.jverto.sip.transaction.ClientFailure;
import io.jverto.sip.transaction.ClientId;
import io.jverto.sip.transaction.Hop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/// A gateway in virtual time, and the registrar that it talks to.
final class Registrar implements GatewayOutput {
    static final String REALM = "sip.example.org";

    final Counters<GatewayCounter> counters = new Counters<>(GatewayCounter.class);
    final List<String> log = new ArrayList<>();
    final List<SipRequest> requests = new ArrayList<>();
    final List<Hop> hops = new ArrayList<>();
    final Gateway gateway;
    private final DigestServer digest = new DigestServer(new byte[32], Duration.ofMinutes(10), List.of(DigestAlgorithm.MD5), new Random(1));
    private final Random random = new Random(2);

    /// What it says to a request that proves its password; empty for nothing.
    Function<SipRequest, Optional<SipResponse>> says = request -> Optional.of(accepted(request, 3_600));
    boolean challenges = true;
    List<Hop> addresses = List.of(hop(1));
    long nowNanos = 5_000_000_000L;
    long deadline;

    Registrar(GatewayConfig config) {
        this.gateway = new Gateway(config, new HostPort("192.0.2.1", 5080), random, counters);
    }

    static Hop hop(int number) {
        return new Hop(SipTransport.UDP, new InetSocketAddress("198.51.100." + number, 5060));
    }

    static SipResponse accepted(SipRequest request, int expires) {
        String contact = request.headers().first("Contact").orElse("");
        return request.reply(200).withHeaders(Headers.NONE.with("Contact", contact + ";expires=" + expires));
    }

    /// Lets time pass, deadline by deadline.
    void pass(Duration time) {
        long until = nowNanos + time.toNanos();
        deadline = Math.min(deadline, gateway.onTimeout(nowNanos, this));
        while (deadline <= until) {
            nowNanos = Math.max(nowNanos, deadline);
            deadline = gateway.onTimeout(nowNanos, this);
        }
        nowNanos = until;
    }

    List<String> take() {
        List<String> taken = List.copyOf(log);
        log.clear();
        return taken;
    }

    @Override
    public void resolve(HostPort host, SipTransport transport) {
        log.add("resolve " + host);
        deadline = gateway.resolved(nowNanos, addresses, this);
    }

    @Override
    public Via via(Hop hop) {
        return Via.of(hop.transport(), new HostPort("192.0.2.1", 5080), Via.COOKIE + random.nextLong());
    }

    @Override
    public void request(ClientId id, SipRequest request, Hop to) {
        requests.add(request);
        hops.add(to);
        log.add(request.method() + " " + request.headers().first("Expires").orElse(""));
        Optional<SipResponse> response = request.is(SipMethod.REGISTER) && challenges ? checked(request) : says.apply(request);
        if (response.isPresent()) {
            deadline = gateway.onResponse(nowNanos, id, response.get(), this);
        } else {
            deadline = gateway.onFailed(nowNanos, id, ClientFailure.TIMEOUT, this);
        }
    }

    private Optional<SipResponse> checked(SipRequest request) {
        Optional<Credentials> credentials = request.headers().first("Authorization").flatMap(Credentials::parse);
        DigestResult result = credentials
                .map(one -> digest.check(nowNanos, request, REALM, one, new DigestServer.Here("", _ -> false), (user, algorithm) -> Optional.of(algorithm.ha1(user, REALM, "secret"))))
                .orElse(new DigestResult.Refused());
        return switch (result) {
            case DigestResult.Authentic _ -> says.apply(request);
            case DigestResult.Stale _ -> Optional.of(challenge(request, true));
            case DigestResult.Refused _ -> Optional.of(challenge(request, false));
        };
    }

    private SipResponse challenge(SipRequest request, boolean stale) {
        return request.reply(401).withHeaders(Headers.NONE.and("WWW-Authenticate", digest.challenge(nowNanos, REALM, stale, "")));
    }

    @Override
    public void changed(GatewayState state, boolean up, int status) {
        log.add(state + (up ? " up " : " down ") + status);
    }
}
