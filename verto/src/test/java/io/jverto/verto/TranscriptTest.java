package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.switchboard.message.MessageRoutes;
import io.jverto.switchboard.message.PassingMessages;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.JsonCommand;
import io.jverto.testkit.time.VirtualTime;
import io.jverto.testkit.transcript.Stage;
import io.jverto.testkit.transcript.Transcript;
import io.jverto.testkit.transcript.TranscriptPlayer;
import io.jverto.verto.connect.PageHandler;
import io.jverto.verto.message.Messages;
import io.jverto.verto.profile.IceServers;
import io.jverto.verto.profile.VertoConfig;
import io.jverto.verto.profile.VertoProfile;
import io.jverto.verto.store.StoreCommand;
import io.jverto.wire.jsonrpc.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Plays every file of `src/test/resources/transcripts` against the endpoint and a switch that [FakeSwitch] stands for.
class TranscriptTest {
    /// `detach-timeout-sec`, short of the first ping.
    private static final Duration DETACH = Duration.ofSeconds(20);
    private static final Path FOLDER = Path.of("src/test/resources/transcripts");

    @TestFactory
    Stream<DynamicTest> everyTranscriptIsKept() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(FOLDER)) {
            files = found.filter(path -> path.toString().endsWith(".vt")).sorted().toList();
        }
        return files.stream().map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> play(file)));
    }

    private static void play(Path file) {
        VirtualTime time = new VirtualTime();
        Bench bench = new Bench(time);
        try {
            TranscriptPlayer.play(
                    Transcript.parse(file.getFileName().toString(), read(file), path -> read(FOLDER.resolve(path))), time, bench);
        } finally {
            bench.close();
        }
        time.advance(Duration.ofSeconds(2));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static final class Bench implements Stage {
        private final FakeSwitch calls;
        private final EventChannels events = new EventChannels();
        private final Commands commands = new Commands();
        private final MessageRoutes routes = new MessageRoutes();
        private final Messages.Place messages = new Messages.Place(routes, new PassingMessages());
        private final VertoServer server;
        private final VertoProfile profile;

        Bench(VirtualTime time) {
            VertoConfig config = VertoConfig.read(
                    Config.profile(
                            Config.param("bind-local", "127.0.0.1:0"),
                            Config.param("userauth", "true"),
                            Config.param("enable-text", "true"),
                            Config.param("force-register-domain", "test")),
                    problem -> {
                        throw new AssertionError(problem.toString());
                    });
            profile = config.profiles().getFirst();
            calls = new FakeSwitch(time);
            routes.add(calls.new Room());
            server = new VertoServer(
                    new VertoConfig(DETACH, 1, true, false, IceServers.NONE, List.of()),
                    new VertoServer.Environment(calls, events, commands, Config::directory, time, new Random(1), PageHandler.NONE, messages));
            calls.endpoint(server.endpoint());
            server.commands().forEach(commands::add);
            commands.add(new Hostname());
            commands.add(new JsonEcho());
            commands.add(new Who());
            commands.add(new StoreCommand(Path.of("target/no-such-folder"), calls));
            server.open();
        }

        @Override
        public Actor connect(Consumer<String> received, Runnable closed) {
            return TestClient.connect(server, profile, received, closed);
        }

        /// `call 1001@test`: the switch rings a user, as Bob. `publish {...}`: an event of the server's. `grant S channel`,
        /// `revoke S channel`: permissions of a session. `handle channel`: the server answers broadcasts there, to their sender alone.
        /// `api line`: an administrator's command.
        @Override
        public void order(String text) {
            String[] words = text.split(" ");
            switch (words[0]) {
                case "call" -> calls.call(words[1], BOB);
                case "publish" -> events.publish(JsonText.parse(text.substring(8)).flatMap(JsonValue::asObject).orElseThrow());
                case "grant" -> events.grant(words[1], words[2]);
                case "revoke" -> events.revoke(words[1], words[2]);
                case "handle" -> events.handler(words[1], (from, channel, params) -> events.send(from.cookie(), params));
                case "api" -> assertThat(commands.run(text.substring(4))).doesNotContain("-ERR");
                default -> throw new AssertionError("unknown order " + text);
            }
        }

        void close() {
            server.close();
        }

        private static final class Hostname implements ApiCommand {
            @Override
            public String name() {
                return "hostname";
            }

            @Override
            public String run(String arguments) {
                return "pbx " + arguments;
            }
        }

        private static final class JsonEcho implements JsonCommand {
            @Override
            public String name() {
                return "status";
            }

            @Override
            public JsonObject run(JsonObject data, JsonObject client) {
                return data;
            }
        }

        /// Tells a client what commands are told of it.
        private static final class Who implements JsonCommand {
            @Override
            public String name() {
                return "who";
            }

            @Override
            public JsonObject run(JsonObject data, JsonObject client) {
                return client;
            }
        }

        private static final CallerProfile BOB = new CallerProfile(
                "Bob", "2102", "Ada", "1001", "1001", "default", "XML", "", "2102", "", "", "192.0.2.1", "test", "test/bob");
    }
}
