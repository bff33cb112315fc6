package io.jverto.sip.profile;

import io.jverto.base.time.Mailbox;
import io.jverto.sip.dialog.CallOutput;
import io.jverto.sip.dialog.Replaces;
import io.jverto.sip.dialog.UserAgent;
import io.jverto.sip.dialog.UserAgentConfig;
import io.jverto.sip.digest.DigestServer;
import io.jverto.sip.gateway.GatewayConfig;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.HostPort;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.SipMessage;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.message.SipUri;
import io.jverto.sip.registrar.Binding;
import io.jverto.sip.registrar.RegistrarConfig;
import io.jverto.sip.transaction.Hop;
import io.jverto.sip.transport.SipDriver;
import io.jverto.switchboard.directory.LoginThrottle;
import io.jverto.switchboard.port.UserId;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// One profile as it runs: its user agent, the thread that owns that, its sockets and its gateways. Thread-safe; what is done to the user agent
/// is done by [#run] in its thread.
public final class Profile implements AutoCloseable {
    private static final int KEY = 32;
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final SipWorld world;
    private final SipCounts counts;
    private final UserAgent agent;
    private final SipDriver driver;
    private final ProfileOutput output;
    private final Requests requests;
    private final Services services;
    private final Door door;
    private final LoginThrottle throttle;
    private final Map<String, GatewayRunner> gateways = new ConcurrentHashMap<>();
    private final Mailbox<Boolean> finished;
    private volatile ProfileConfig config;
    private volatile Optional<SipWorld.Sockets> sockets = Optional.empty();
    private volatile int activeCalls;
    /// Whether the profile ends as soon as what it asked was answered; read and written by the SIP thread.
    private boolean leaving;

    /// Something to do in the SIP thread.
    @FunctionalInterface
    public interface Command {
        /// @param out goes to every method of the user agent
        void run(long nowNanos, UserAgent agent, CallOutput out);
    }

    Profile(ProfileConfig config, SipWorld world, CallOwner.Factory owners, SipCounts counts, LoginThrottle throttle, Lamps lamps, PresenceBoard persons) {
        this.config = config;
        this.world = world;
        this.counts = counts;
        this.finished = world.time().mailbox(1);
        UserAgentConfig behaviour = new UserAgentConfig(
                config.userAgent(), this::local, config.reliable(), config.session(), config.maxCalls());
        this.agent = new UserAgent(behaviour, config.timers(), world.random(), counts.calls(), counts.transactions());
        this.throttle = throttle;
        CallOwner owner = owners.of(this);
        this.output = new ProfileOutput(this, owner);
        this.requests = new Requests(agent, output);
        this.services = new Services(this, agent, lamps, persons);
        RegistrarConfig registrar = config.registrar();
        byte[] key = new byte[KEY];
        world.random().nextBytes(key);
        this.door = new Door(this, new DigestServer(key, registrar.nonceLife(), registrar.algorithms(), world.random()), owner, services);
        this.driver = new SipDriver(world.time(), agent, output, new Duties(), counts.transport());
    }

    public ProfileConfig config() {
        return config;
    }

    public String name() {
        return config.name();
    }

    /// Opens its sockets and begins to register.
    ///
    /// @throws CannotListen when one is in use; nothing is open then
    void open() {
        sockets = Optional.of(world.network().open(config, driver));
        config.gateways().forEach(this::add);
        driver.start("sip-" + name());
    }

    /// @return false when the profile is closed, or hopelessly behind
    public boolean run(Command command) {
        return driver.tell((nowNanos, core) -> {
            command.run(nowNanos, core, output);
            noteCalls();
        });
    }

    /// @return where we are, as peers of that transport are to know it when nothing is known of them
    public HostPort local(SipTransport transport) {
        return hostPort(transport, !config.listen().externalIp().isEmpty());
    }

    /// @return where we are, as who is there is to know it
    public HostPort local(Hop hop) {
        ListenConfig listen = config.listen();
        InetAddress peer = hop.remote().getAddress();
        boolean outside = !listen.externalIp().isEmpty() && !peer.isLoopbackAddress() && !listen.localNetwork().test(peer);
        return hostPort(hop.transport(), outside);
    }

    private HostPort hostPort(SipTransport transport, boolean external) {
        int own = sockets.map(open -> open.port(transport)).orElse(0);
        int port = own > 0 ? own : sockets.map(open -> open.port(SipTransport.UDP)).orElse(0);
        return Hop.hostPort(external ? InetAddress.ofLiteral(config.listen().externalIp()) : ip(), port);
    }

    /// @return the address that is bound, or that of the machine when all are
    private InetAddress ip() {
        String text = config.listen().ip();
        InetAddress bound = text.isEmpty() ? world.local() : InetAddress.ofLiteral(text);
        return bound.isAnyLocalAddress() ? world.local() : bound;
    }

    /// Looks up where requests to a URI go; may wait.
    ///
    /// @param otherwise the transport when the URI names none
    /// @return its addresses in the order to try; empty when there are none
    public List<Hop> resolve(SipUri uri, SipTransport otherwise) {
        return resolve(uri.hostPort(), Optional.of(uri.transport().orElse(otherwise)));
    }

    /// Looks a host up; may wait.
    ///
    /// @param transport empty where the host's own choice counts
    /// @return its addresses in the order to try; empty when there are none
    public List<Hop> resolve(HostPort host, Optional<SipTransport> transport) {
        return world.network().resolve(host, transport);
    }

    /// @return the telephones of a user
    public List<Binding> telephones(UserId user) {
        return services.registrations().of(user);
    }

    /// @return all that are registered here
    public List<Binding> telephones() {
        return services.registrations().all();
    }

    public Optional<GatewayLine> gateway(String gatewayName) {
        return Optional.ofNullable(gateways.get(gatewayName)).map(GatewayRunner::line);
    }

    /// @return in the order of their names
    public List<GatewayLine> gateways() {
        return gateways.values().stream().map(GatewayRunner::line).sorted(java.util.Comparator.comparing(line -> line.config().name())).toList();
    }

    /// @return when it ends unless it is renewed
    public Instant expires(Binding binding) {
        return world.time().wallTime().plusSeconds(secondsLeft(binding));
    }

    /// @return how long a registration still holds
    public long secondsLeft(Binding binding) {
        return Math.max(0, Duration.ofNanos(binding.untilNanos() - world.time().nanoTime()).toSeconds());
    }

    public boolean listens(SipTransport transport) {
        return sockets.filter(open -> open.port(transport) > 0).isPresent();
    }

    /// In the SIP thread.
    ///
    /// @return the call that a Replaces names
    public Optional<Replaces.Found> find(Replaces dialog) {
        return agent.find(dialog);
    }

    /// Calls that are there; may be one or two behind.
    public int calls() {
        return activeCalls;
    }

    /// In the SIP thread.
    void noteCalls() {
        activeCalls = agent.calls();
    }

    // What the rest of the package uses.

    SipWorld world() {
        return world;
    }

    SipCounts counts() {
        return counts;
    }

    Requests requests() {
        return requests;
    }

    Services services() {
        return services;
    }

    Door door() {
        return door;
    }

    ProfileOutput output() {
        return output;
    }

    LoginThrottle throttle() {
        return throttle;
    }

    /// @return with what every response of ours says of us
    Headers stamp(Headers headers) {
        return agent.stamp(headers).with("Server", config.userAgent()).without("User-Agent");
    }

    /// @return where requests of who is there come to
    NameAddr contact(Hop hop) {
        SipUri uri = SipUri.of("jverto", local(hop));
        return NameAddr.of(hop.transport() == SipTransport.UDP ? uri : uri.withParam("transport", hop.transport().name().toLowerCase(Locale.ROOT)));
    }

    /// Whether that is an address of this profile.
    public boolean isOwn(HostPort host) {
        return isOwn(host.bareHost());
    }

    boolean isOwn(String host) {
        return host.equals(ip().getHostAddress()) || host.equals(config.listen().externalIp());
    }

    /// @return how a telephone is registered, as reports say it
    public String status(Binding binding) {
        return "Registered(" + binding.from().transport() + (binding.isBehindNat() ? "-NAT" : "") + ")";
    }

    void send(Hop to, byte[] message) {
        sockets.ifPresent(open -> open.send(to, message));
    }

    private void add(GatewayConfig gateway) {
        GatewayRunner runner = new GatewayRunner(this, world, agent, output, requests, gateway, counts.gateways());
        gateways.put(gateway.name(), runner);
        runner.find();
    }

    /// DEVIATION api-12: gateways that are new begin, those that are gone end, those that are written otherwise begin anew. Calls stay.
    ///
    /// @return how many were touched
    int rescan(List<GatewayConfig> next) {
        Map<String, GatewayConfig> wanted = new LinkedHashMap<>();
        next.forEach(gateway -> wanted.put(gateway.name(), gateway));
        List<String> ending = gateways.values().stream()
                .map(runner -> runner.line().config())
                .filter(running -> !running.equals(wanted.get(running.name())))
                .map(GatewayConfig::name)
                .toList();
        ending.forEach(this::kill);
        List<GatewayConfig> beginning = next.stream().filter(gateway -> !gateways.containsKey(gateway.name())).toList();
        config = config.withGateways(next);
        run((_, _, _) -> beginning.forEach(gateway -> {
            add(gateway);
            world.core().custom("sofia::gateway_add", Map.of("Gateway", gateway.name(), "profile-name", name()));
        }));
        return ending.size() + beginning.size();
    }

    /// Ends a gateway's registration and forgets it until the next [#rescan].
    ///
    /// @return false when there is none of that name
    public boolean kill(String gatewayName) {
        GatewayRunner runner = gateways.remove(gatewayName);
        if (runner == null) {
            return false;
        }
        run((nowNanos, _, _) -> runner.unregister(nowNanos));
        world.core().custom("sofia::gateway_delete", Map.of("Gateway", gatewayName, "profile-name", name()));
        return true;
    }

    /// @param register whether to register at once, or to unregister
    /// @return false when there is none of that name
    public boolean register(String gatewayName, boolean register) {
        GatewayRunner runner = gateways.get(gatewayName);
        if (runner == null) {
            return false;
        }
        run((nowNanos, _, _) -> {
            if (register) {
                runner.register(nowNanos);
            } else {
                runner.unregister(nowNanos);
            }
        });
        return true;
    }

    /// Forgets telephones.
    ///
    /// @param which a Call-ID, or `user@domain`; empty for all
    /// @return false when the profile is closed, or hopelessly behind
    public boolean flush(String which) {
        return run((_, _, _) -> services.flush(which));
    }

    /// Ends all calls and registrations, waits a moment for who is told so, and closes the sockets.
    @Override
    public void close() {
        boolean told = run((nowNanos, core, out) -> {
            core.hangUpAll(nowNanos, 503, Headers.NONE, out);
            gateways.values().forEach(runner -> runner.unregister(nowNanos));
            leaving = true;
        });
        if (told && sockets.isPresent()) {
            finished.await(world.time().nanoTime() + FAREWELL.toNanos());
        }
        driver.close();
        sockets.ifPresent(SipWorld.Sockets::close);
    }

    /// What the SIP thread looks after beside the user agent.
    private final class Duties implements SipDriver.Duty {
        @Override
        public boolean admits(long nowNanos, SipMessage message, Hop from) {
            return door.admits(nowNanos, message, from);
        }

        @Override
        public void onUnreachable(Hop hop) {
            services.onDisconnected(hop);
        }

        @Override
        public long deadline() {
            long first = leaving && requests.size() == 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
            first = Math.min(first, services.deadline());
            for (GatewayRunner runner : gateways.values()) {
                first = Math.min(first, runner.deadline());
            }
            return first;
        }

        @Override
        public void onTimeout(long nowNanos) {
            if (leaving && requests.size() == 0) {
                leaving = false;
                finished.tell(true);
            }
            if (services.deadline() <= nowNanos) {
                services.onTimeout(nowNanos);
            }
            for (GatewayRunner runner : gateways.values()) {
                if (runner.deadline() <= nowNanos) {
                    runner.onTimeout(nowNanos);
                }
            }
        }
    }
}
