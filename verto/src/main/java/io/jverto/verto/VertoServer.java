package io.jverto.verto;

import io.jverto.base.config.ConfigProblem;
import io.jverto.base.count.Counters;
import io.jverto.base.time.Repeating;
import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.directory.Directory;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.switchboard.event.FsEvents;
import io.jverto.switchboard.message.MessageRoutes;
import io.jverto.switchboard.message.PassingMessages;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.CallControl;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.Endpoint;
import io.jverto.switchboard.port.MessageDesk;
import io.jverto.verto.connect.Listeners;
import io.jverto.verto.connect.PageHandler;
import io.jverto.verto.count.VertoCount;
import io.jverto.verto.dispatch.Connection;
import io.jverto.verto.dispatch.Services;
import io.jverto.verto.endpoint.ClientCommands;
import io.jverto.verto.endpoint.ContactCommand;
import io.jverto.verto.endpoint.ReloadCertCommand;
import io.jverto.verto.endpoint.Survivors;
import io.jverto.verto.endpoint.VertoCommand;
import io.jverto.verto.endpoint.VertoEndpoint;
import io.jverto.verto.login.AccessTokens;
import io.jverto.verto.login.Gate;
import io.jverto.switchboard.directory.LoginThrottle;
import io.jverto.verto.login.SlowCheck;
import io.jverto.verto.message.Messages;
import io.jverto.verto.multicast.Relays;
import io.jverto.verto.outbound.FrameLog;
import io.jverto.verto.outbound.MessageIds;
import io.jverto.verto.outbound.Transport;
import io.jverto.verto.present.Call;
import io.jverto.verto.present.Calls;
import io.jverto.verto.profile.VertoConfig;
import io.jverto.verto.profile.VertoProfile;
import io.jverto.verto.session.Sessions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// The Verto edge as the server sees it: made, opened, closed. Thread-safe.
public final class VertoServer implements AutoCloseable {
    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final Duration CERTIFICATE_WATCH = Duration.ofSeconds(10);

    private final VertoConfig config;
    private final Supplier<Directory> directory;
    private final Services services;
    private final Listeners listeners;
    private final VertoEndpoint endpoint;
    private final LoginThrottle throttle = new LoginThrottle();
    private final SlowCheck hashes;
    private Optional<AccessTokens> tokens = Optional.empty();
    private final Repeating sweeps;
    /// When certificates were looked at last; of the thread that sweeps.
    private long lookedAtCertificates;

    public VertoServer(VertoConfig config, Environment environment) {
        this.config = config;
        this.directory = environment.directory();
        if (config.coreEvents()) {
            FsEvents.bridge(environment.core(), environment.events(), environment.time());
        }
        Sessions sessions = new Sessions(environment.events());
        Counters<VertoCount> counters = new Counters<>(VertoCount.class);
        this.services = new Services(
                environment.control(),
                environment.events(),
                environment.core(),
                environment.commands(),
                environment.directory(),
                sessions,
                new Calls(environment.events()),
                new Messages(environment.messages(), sessions, environment.directory(), counters, environment.time()),
                new Relays(environment.events(), counters, environment.time()),
                new MessageIds(),
                counters,
                new FrameLog(config.debug()),
                config.iceServers(),
                environment.time(),
                environment.random());
        this.hashes = new SlowCheck(environment.random());
        this.listeners = new Listeners(services, environment.pages());
        this.endpoint = new VertoEndpoint(services, directory);
        this.sweeps = new Repeating(environment.time(), "verto-sweep", SWEEP);
    }

    /// Takes tokens in place of passwords. Before [#open].
    public void accept(AccessTokens all) {
        tokens = Optional.of(all);
    }

    /// Opens every `bind-local` and begins to watch over connections. Once.
    ///
    /// @return what went wrong; whoever gets an error calls [#close]
    public List<ConfigProblem> open() {
        List<ConfigProblem> problems = new ArrayList<>();
        for (VertoProfile profile : config.profiles()) {
            problems.addAll(listeners.open(profile, gate(profile)));
            services.relays().open(profile).ifPresent(problems::add);
        }
        services.messages().open();
        lookedAtCertificates = services.time().nanoTime();
        sweeps.startLater(this::sweep);
        return problems;
    }

    /// @return where clients can connect, in the order of the configuration
    public List<InetSocketAddress> addresses() {
        return listeners.addresses();
    }

    /// @return what rings Verto clients, for the switch
    public Endpoint endpoint() {
        return endpoint;
    }

    /// @return `verto`, `verto_contact`, `reloadcert` and what says something to the client of a call
    public List<ApiCommand> commands() {
        List<ApiCommand> commands = new ArrayList<>(ClientCommands.of(services));
        commands.add(new ContactCommand(endpoint));
        commands.add(new VertoCommand(config.profiles(), services));
        commands.add(new ReloadCertCommand(this::reloadCertificates));
        return commands;
    }

    /// @return the calls that outlive this server
    public Survivors survivors() {
        return new Survivors(services, config.profiles());
    }

    /// @return what takes messages from user to user
    public MessageDesk messages() {
        return services.messages();
    }

    /// @return how many clients are logged in, by profile; whoever lost its connection a moment ago is none
    public Map<String, Integer> sessions() {
        Map<String, Integer> count = new LinkedHashMap<>();
        config.profiles().forEach(profile -> count.put(profile.name(), 0));
        services.sessions().all().forEach(session -> count.merge(session.profile().name(), 1, Integer::sum));
        return count;
    }

    public Counters<VertoCount> counters() {
        return services.counters();
    }

    /// Reads all certificates anew; live connections are not touched.
    ///
    /// @return what went wrong
    public List<String> reloadCertificates() {
        return listeners.reloadCertificates();
    }

    /// Closes all connections and stops. Twice does no harm.
    @Override
    public void close() {
        sweeps.close();
        services.relays().close();
        listeners.close();
        services.messages().close();
    }

    /// A connection without a socket, for tests that play a client in virtual time.
    public Connection connect(VertoProfile profile, Transport transport) {
        Connection connection = new Connection(services, profile, gate(profile), transport);
        listeners.connections().add(connection);
        return connection;
    }

    private Gate gate(VertoProfile profile) {
        return new Gate(profile.auth(), directory, throttle, hashes, tokens, services.time(), services.counters());
    }

    /// One thread looks at all connections: no timer for each.
    private void sweep() {
        long nanos = services.time().nanoTime();
        long seconds = services.time().wallTime().getEpochSecond();
        listeners.connections().forEach(connection -> connection.onSweep(nanos, seconds));
        giveUp();
        if (services.time().nanoTime() - lookedAtCertificates >= CERTIFICATE_WATCH.toNanos()) {
            lookedAtCertificates = services.time().nanoTime();
            listeners.watchCertificates();
        }
    }

    /// Ends the calls whose client has been gone too long (verto-wire.md section 4.4).
    private void giveUp() {
        long since = services.time().nanoTime() - config.detachTimeout().toNanos();
        for (Call call : services.calls().lostBefore(since)) {
            boolean ended = services.control().find(call.id())
                    .filter(channel -> channel.hangup(Cause.RECOVERY_ON_TIMER_EXPIRE, false))
                    .isPresent();
            if (ended) {
                services.counters().increment(VertoCount.CALLS_GIVEN_UP);
            }
        }
    }

    /// What the endpoint needs of the rest of the server.
    ///
    /// @param commands what `fsapi` may run
    /// @param directory asked anew at every login, so that a reload counts at once
    /// @param random for session ids: a `SecureRandom` in production
    /// @param pages what else is served on the ports
    /// @param messages where messages go that are not for a session here
    /// @param core what the switch tells of itself
    public record Environment(
            CallControl control,
            EventChannels events,
            Commands commands,
            Supplier<Directory> directory,
            TimeSource time,
            RandomGenerator random,
            PageHandler pages,
            Messages.Place messages,
            CoreEvents core) {
        /// In a switch where nobody listens but clients.
        public Environment(
                CallControl control,
                EventChannels events,
                Commands commands,
                Supplier<Directory> directory,
                TimeSource time,
                RandomGenerator random,
                PageHandler pages,
                Messages.Place messages) {
            this(control, events, commands, directory, time, random, pages, messages, new CoreEvents(time));
        }

        /// Without rooms to write to, and without a database: messages that wait are gone when the server ends.
        public Environment(
                CallControl control,
                EventChannels events,
                Commands commands,
                Supplier<Directory> directory,
                TimeSource time,
                RandomGenerator random,
                PageHandler pages) {
            this(control, events, commands, directory, time, random, pages, new Messages.Place(new MessageRoutes(), new PassingMessages()));
        }
    }
}
