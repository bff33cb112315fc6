package io.jverto.sip.profile;

import io.jverto.base.count.Counters;
import io.jverto.base.net.Network;
import io.jverto.sip.dialog.CallOutput;
import io.jverto.sip.dialog.UserAgent;
import io.jverto.sip.gateway.Gateway;
import io.jverto.sip.gateway.GatewayConfig;
import io.jverto.sip.gateway.GatewayCounter;
import io.jverto.sip.gateway.GatewayOutput;
import io.jverto.sip.gateway.GatewayState;
import io.jverto.sip.message.HostPort;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.message.SipUri;
import io.jverto.sip.message.StatusText;
import io.jverto.sip.message.Via;
import io.jverto.sip.transaction.ClientFailure;
import io.jverto.sip.transaction.ClientId;
import io.jverto.sip.transaction.Hop;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Drives one [Gateway] in the SIP thread of its profile. Hosts are looked up in a thread of their own.
final class GatewayRunner implements GatewayOutput, Requests.Asker {
    private final Profile profile;
    private final SipWorld world;
    private final UserAgent agent;
    private final CallOutput out;
    private final Requests requests;
    private final Gateway gateway;
    private final GatewayLine line;
    private long nowNanos;
    private long deadline = Long.MIN_VALUE;
    private List<Hop> hops = List.of();
    private List<Hop> proxies = List.of();
    private boolean wasUp;
    private long sinceNanos;

    GatewayRunner(Profile profile, SipWorld world, UserAgent agent, CallOutput out, Requests requests, GatewayConfig config,
            Counters<GatewayCounter> counters) {
        this.profile = profile;
        this.world = world;
        this.agent = agent;
        this.out = out;
        this.requests = requests;
        this.nowNanos = world.time().nanoTime();
        this.sinceNanos = nowNanos;
        this.gateway = new Gateway(config, profile.local(config.transport()), world.random(), counters);
        this.wasUp = gateway.isUp();
        this.line = new GatewayLine(config, profile, world.random(), picture(0));
    }

    GatewayLine line() {
        return line;
    }

    /// Looks up where the provider's calls come from: without a registration nothing else asks for it. An address needs no looking up.
    void find() {
        GatewayConfig config = gateway.config();
        List<SipUri> all = Stream.of(config.next(), config.uri(config.proxy())).distinct().toList();
        if (all.stream().allMatch(uri -> Network.address(uri.hostPort().bareHost()).isPresent())) {
            found(resolve(all));
        } else {
            world.time().start("sip-find-" + config.name(), () -> {
                List<Hop> found = resolve(all);
                profile.run((_, _, _) -> found(found));
            });
        }
    }

    private List<Hop> resolve(List<SipUri> all) {
        return all.stream().flatMap(uri -> profile.resolve(uri, gateway.config().transport()).stream()).distinct().toList();
    }

    private void found(List<Hop> found) {
        proxies = found;
        show(line.picture().status());
    }

    long deadline() {
        return deadline;
    }

    void onTimeout(long now) {
        nowNanos = now;
        deadline = Long.MAX_VALUE; // a bug in what follows does not come again and again
        deadline = gateway.onTimeout(now, this);
        show(line.picture().status());
    }

    void register(long now) {
        nowNanos = now;
        deadline = gateway.register(now, this);
        show(0);
    }

    void unregister(long now) {
        nowNanos = now;
        deadline = gateway.unregister(now, this);
        show(0);
    }

    @Override
    public void onResponse(long now, ClientId id, SipResponse response) {
        nowNanos = now;
        deadline = gateway.onResponse(now, id, response, this);
        show(response.isFinal() ? response.status() : line.picture().status());
    }

    @Override
    public void onFailed(long now, ClientId id, ClientFailure why) {
        nowNanos = now;
        deadline = gateway.onFailed(now, id, why, this);
        show(Gateway.NO_ANSWER);
    }

    @Override
    public void resolve(HostPort host, SipTransport transport) {
        world.time().start("sip-resolve-" + gateway.config().name(), () -> {
            List<Hop> found = profile.resolve(host, Optional.of(transport));
            profile.run((now, _, _) -> {
                nowNanos = now;
                hops = found.isEmpty() ? hops : found;
                deadline = gateway.resolved(now, found, this);
                show(line.picture().status());
            });
        });
    }

    @Override
    public Via via(Hop hop) {
        return agent.via(hop);
    }

    @Override
    public void request(ClientId id, SipRequest request, Hop to) {
        requests.start(nowNanos, id, request.withHeaders(agent.stamp(request.headers())), to, this);
    }

    @Override
    public void changed(GatewayState state, boolean up, int status) {
        if (up && !wasUp) {
            sinceNanos = nowNanos;
        }
        wasUp = up;
        show(status);
        world.core().custom("sofia::gateway_state", event(state, up, status));
    }

    private Map<String, String> event(GatewayState state, boolean up, int status) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Gateway", gateway.config().name());
        headers.put("State", state.name());
        headers.put("Ping-Status", up ? "UP" : "DOWN");
        if (status > 0) {
            headers.put("Phrase", status == Gateway.NO_ANSWER ? "No Response" : StatusText.of(status));
            headers.put("Status", Integer.toString(status));
        }
        return headers;
    }

    private void show(int status) {
        line.show(picture(status));
    }

    private GatewayLine.Picture picture(int status) {
        Optional<Hop> hop = gateway.hop();
        List<Hop> known = Stream.concat(hops.stream(), proxies.stream()).distinct().toList();
        return new GatewayLine.Picture(gateway.state(), gateway.isUp(), status, sinceNanos, gateway.retryNanos(), known, hop);
    }
}
