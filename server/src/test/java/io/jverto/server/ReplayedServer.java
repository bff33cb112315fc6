package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.DirectPlan;
import io.jverto.media.plan.MediaPlan;
import io.jverto.server.replay.Replays;
import io.jverto.server.startup.DataFolder;
import io.jverto.server.startup.LocalNames;
import io.jverto.sip.profile.SipProfiles;
import io.jverto.sip.profile.SipWorld;
import io.jverto.sip.profile.SofiaConfig;
import io.jverto.switchboard.Switchboard;
import io.jverto.switchboard.bridge.Endpoints;
import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.message.PassingMessages;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.Endpoint;
import io.jverto.switchboard.shared.PassingData;
import io.jverto.testkit.time.VirtualTime;
import io.jverto.testkit.transcript.Stage;
import io.jverto.verto.VertoServer;
import io.jverto.verto.connect.PageHandler;
import io.jverto.verto.dispatch.Connection;
import io.jverto.verto.outbound.Transport;
import io.jverto.verto.profile.IceServers;
import io.jverto.verto.profile.VertoConfig;
import io.jverto.verto.profile.VertoProfile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// The whole server with the configuration that comes along, in virtual time, with [SilentMedia] and without sockets. As on the machine of
/// the recordings the domain is 127.0.0.1 and every password 1234.
public final class ReplayedServer implements Replays.Server {
    private final VirtualTime time;
    private final SilentMedia media;
    private final Switchboard switchboard;
    private final VertoServer verto;
    private final SipProfiles sip;
    private final Commands commands;
    private final Endpoints endpoints;
    private final VertoProfile profile;
    private final Shutdown shutdown;
    private volatile boolean ended;

    /// @param data an empty folder
    ReplayedServer(VirtualTime time, Path data) {
        this(time, data, Path.of("..", "conf"));
    }

    /// @param conf another configuration than the one that comes along
    public ReplayedServer(VirtualTime time, Path data, Path conf) {
        this(time, data, conf, Optional.empty());
    }

    /// @param network by which the profiles of `sofia.conf` reach their peers
    public ReplayedServer(VirtualTime time, Path data, Path conf, SipWorld.Network network) {
        this(time, data, conf, Optional.of(network));
    }

    private ReplayedServer(VirtualTime time, Path data, Path conf, Optional<SipWorld.Network> network) {
        this.time = time;
        Configuration all = Configuration.load(
                new Options(conf, data, data, "1234", true),
                DataFolder.open(data, new SecureRandom(), time.wallTime()),
                new LocalNames("replay", "127.0.0.1", "::1", List.of("127.0.0.1")));
        profile = all.verto().profiles().getFirst();
        media = new SilentMedia(time);
        Signalling parts = Signalling.join(new Signalling.World(
                LiveConfiguration.fixed(withoutListeners(all, network.isPresent() ? all.sip() : SofiaConfig.NONE)), media,
                new Signalling.Stores(new PassingMessages(), new PassingData()), time, new SecureRandom(), PageHandler.NONE).with(network));
        switchboard = parts.switchboard();
        verto = parts.verto();
        commands = parts.commands();
        endpoints = parts.endpoints();
        shutdown = new Shutdown(switchboard.channels(), time, () -> ended = true);
        commands.add(shutdown.over(commands.find("fsctl").orElseThrow()));
        verto.open();
        sip = parts.sip();
        sip.open();
        if (network.isPresent()) {
            time.settle(); // gateways are looked up
        }
    }

    private static Configuration withoutListeners(Configuration all, SofiaConfig sip) {
        VertoConfig verto = all.verto();
        return new Configuration(
                all.tree(),
                all.limits(),
                new VertoConfig(verto.detachTimeout(), verto.debug(), verto.presence(), verto.coreEvents(), IceServers.NONE, List.of()),
                sip,
                all.media(),
                all.conferences(),
                all.routing(),
                all.dialogues(),
                all.records(),
                all.problems());
    }

    /// `talks <call id>`, `silent <call id>`: whoever has the call begins or ends to speak. `api line`: an administrator's command.
    @Override
    public void order(String text) {
        String[] words = text.split(" ");
        if (words[0].equals("api")) {
            assertThat(commands.run(text.substring(4))).doesNotContain("-ERR");
            return;
        }
        media.talk(words[1], words[0].equals("talks"));
    }

    @Override
    public Stage.Actor connect(Consumer<String> received, Runnable closed) {
        Pipe pipe = new Pipe(received, closed);
        Connection connection = verto.connect(profile, pipe);
        Client client = new Client(connection, pipe);
        pipe.onClose = client::vanish;
        return client;
    }

    /// An administrator's command.
    public String run(String line) {
        return commands.run(line);
    }

    /// @return whether a command has let the process end
    public boolean ended() {
        return ended;
    }

    /// As the process is told to end by a signal.
    public void drain(Duration patience) {
        shutdown.drain(patience);
    }

    /// Adds a kind of peer that is not the server's own.
    public void add(Endpoint endpoint, ApiCommand contact) {
        endpoints.add(endpoint);
        commands.add(contact);
    }

    /// @return where the sound of a call without ICE goes
    public Optional<InetSocketAddress> remote(String call) {
        return media.plan(call).map(MediaPlan::transport).filter(DirectPlan.class::isInstance).map(plan -> ((DirectPlan) plan).rtp());
    }

    /// @return the ids of the calls that there are
    public List<String> calls() {
        return switchboard.channels().rows().stream().map(row -> row.id().value()).toList();
    }

    @Override
    public void close() {
        time.start("sip-close", sip::close); // it waits for who is told goodbye
        time.advance(Duration.ofSeconds(3));
        verto.close();
    }

    private record Client(Connection connection, Pipe pipe) implements Stage.Actor {
        @Override
        public void send(String text) {
            connection.onText(text);
        }

        @Override
        public void vanish() {
            pipe.open.set(false);
            connection.onClosed();
        }
    }

    private static final class Pipe implements Transport {
        private final Consumer<String> received;
        private final Runnable closed;
        private final AtomicBoolean open = new AtomicBoolean(true);
        private volatile Runnable onClose = () -> { };

        Pipe(Consumer<String> received, Runnable closed) {
            this.received = received;
            this.closed = closed;
        }

        @Override
        public boolean send(String text) {
            received.accept(text);
            return true;
        }

        @Override
        public boolean sendAndWait(String text) {
            return send(text);
        }

        @Override
        public void ping() {}

        @Override
        public void reading(boolean on) {}

        @Override
        public void close() {
            if (open.compareAndSet(true, false)) {
                closed.run();
                onClose.run();
            }
        }

        @Override
        public InetSocketAddress remote() {
            return new InetSocketAddress(InetAddress.ofLiteral("192.0.2.10"), 50_123);
        }

        @Override
        public boolean secure() {
            return false;
        }
    }
}
