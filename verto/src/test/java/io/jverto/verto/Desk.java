package io.jverto.verto;

import io.jverto.base.config.ConfigNode;
import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.directory.Directory;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.testkit.time.VirtualTime;
import io.jverto.verto.connect.PageHandler;
import io.jverto.verto.login.AccessTokens;
import io.jverto.verto.profile.IceServers;
import io.jverto.verto.profile.VertoConfig;
import io.jverto.verto.profile.VertoProfile;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/// An endpoint in virtual time with one profile, for tests that say one thing to it.
final class Desk implements AutoCloseable {
    final VirtualTime time = new VirtualTime();
    final EventChannels events = new EventChannels();
    final Commands commands = new Commands();
    final FakeSwitch calls = new FakeSwitch(time);
    final AccessTokens tokens = new AccessTokens(new byte[AccessTokens.KEY], time);
    final VertoServer server;
    private final VertoProfile profile;

    Desk(Directory directory, ConfigNode... params) {
        this(IceServers.NONE, () -> directory, params);
    }

    /// @param directory as it is at that moment
    Desk(Supplier<Directory> directory, ConfigNode... params) {
        this(IceServers.NONE, directory, params);
    }

    Desk(IceServers iceServers, Directory directory, ConfigNode... params) {
        this(iceServers, () -> directory, params);
    }

    private Desk(IceServers iceServers, Supplier<Directory> directory, ConfigNode... params) {
        List<ConfigNode> all = new java.util.ArrayList<>(List.of(params));
        all.add(Config.param("bind-local", "127.0.0.1:0"));
        VertoConfig config = VertoConfig.read(Config.profile(all.toArray(ConfigNode[]::new)), problem -> {
            throw new AssertionError(problem.toString());
        });
        profile = config.profiles().getFirst();
        server = new VertoServer(
                new VertoConfig(config.detachTimeout(), 1, true, false, iceServers, List.of()),
                new VertoServer.Environment(calls, events, commands, directory, time, new Random(1), PageHandler.NONE));
        calls.endpoint(server.endpoint());
        server.accept(tokens);
        server.open();
    }

    Client connect() {
        return new Client();
    }

    @Override
    public void close() {
        server.close();
        time.advance(Duration.ofSeconds(2));
    }

    /// A client; what it gets is read in order.
    final class Client {
        final Queue<String> received = new ConcurrentLinkedQueue<>();
        volatile boolean closed;
        private final TestClient client = TestClient.connect(server, profile, received::add, () -> closed = true);

        /// @return the reply, which must be the next thing that comes
        String ask(String method, String params) {
            client.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}");
            time.settle();
            return received.remove();
        }

        void say(String text) {
            client.send(text);
            time.settle();
        }

        /// Its library answers a WebSocket ping.
        void pong() {
            client.pong();
        }

        int pings() {
            return client.pings();
        }

        void stopReading() {
            client.stopReading();
        }

        void vanish() {
            client.vanish();
            time.settle();
        }

        String login(String user) {
            String reply = ask("login", "{\"login\":\"" + user + "\",\"passwd\":\"1234\",\"sessid\":\"S-" + user + "\"}");
            received.clear();
            return reply;
        }
    }
}
