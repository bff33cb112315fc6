package io.jverto.sip.profile;

import io.jverto.sip.dialog.Authorizer;
import io.jverto.sip.gateway.GatewayConfig;
import io.jverto.sip.gateway.GatewayState;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.SipUri;
import io.jverto.sip.transaction.Hop;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// A gateway as those see it who call by it. Thread-safe: a picture that the SIP thread of its profile keeps up to date.
public final class GatewayLine {
    private final GatewayConfig config;
    private final Profile profile;
    private final RandomGenerator random;
    private volatile Picture picture;
    private final AtomicInteger callsIn = new AtomicInteger();
    private final AtomicInteger callsOut = new AtomicInteger();
    private final AtomicInteger failedIn = new AtomicInteger();
    private final AtomicInteger failedOut = new AtomicInteger();

    /// @param status of the last response, 0 for none
    /// @param sinceNanos when it last became up
    record Picture(GatewayState state, boolean up, int status, long sinceNanos, long retryNanos, List<Hop> hops, Optional<Hop> hop) {}

    GatewayLine(GatewayConfig config, Profile profile, RandomGenerator random, Picture picture) {
        this.config = config;
        this.profile = profile;
        this.random = random;
        this.picture = picture;
    }

    public GatewayConfig config() {
        return config;
    }

    public Profile profile() {
        return profile;
    }

    /// Whether calls may go there: GATEWAY_DOWN otherwise.
    public boolean isUp() {
        return picture.up();
    }

    public GatewayState state() {
        return picture.state();
    }

    /// @return where calls go, in the order to try: first to where it is registered; may look the host up, and wait for that. Empty when it cannot be found
    public List<Hop> hops() {
        Picture now = picture;
        Optional<Hop> registered = now.hop().filter(_ -> config.register() && config.next().equals(config.registerNext()));
        return registered.isPresent() ? Stream.concat(registered.stream(), now.hops().stream()).distinct().toList() : profile.resolve(config.next(), config.transport());
    }

    /// @return where the provider's requests come to
    public NameAddr contact() {
        return NameAddr.of(contact(config, profile));
    }

    static SipUri contact(GatewayConfig config, Profile profile) {
        return config.uri(profile.local(config.transport())).withParam("gw", config.name()).withUser("gw+" + config.name());
    }

    /// @return answers to challenges of one call (S29)
    public Authorizer authorizer() {
        return Authorizer.of(config.account(), config.proxy().host(), random);
    }

    /// Whether requests from there are the provider's, as far as addresses tell.
    boolean isAt(InetAddress source) {
        return picture.hops().stream().anyMatch(hop -> hop.remote().getAddress().equals(source));
    }

    Picture picture() {
        return picture;
    }

    void show(Picture next) {
        picture = next;
    }

    /// Counts a call for the status report.
    ///
    /// @param incoming whether the provider made it
    /// @param failed whether it ended without an answer
    public void count(boolean incoming, boolean failed) {
        AtomicInteger all = incoming ? callsIn : callsOut;
        AtomicInteger bad = incoming ? failedIn : failedOut;
        (failed ? bad : all).incrementAndGet();
    }

    /// @return of the last response, 0 for none, 908 when nobody answered
    public int status() {
        return picture.status();
    }

    /// @return how long it can be used already; zero when it cannot
    public Duration uptime() {
        Picture now = picture;
        return now.up() ? Duration.ofNanos(profile.world().time().nanoTime() - now.sinceNanos()) : Duration.ZERO;
    }

    /// @return when it is tried again after a failure; empty while it is not waiting for that
    public Optional<Duration> retry() {
        long at = picture.retryNanos();
        return at == Long.MAX_VALUE
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.max(0, at - profile.world().time().nanoTime())));
    }

    /// @param incoming whether the provider made them
    public int calls(boolean incoming) {
        return (incoming ? callsIn : callsOut).get();
    }

    /// @param incoming whether the provider made them
    public int failed(boolean incoming) {
        return (incoming ? failedIn : failedOut).get();
    }
}
