package io.jverto.server.recipes;

import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.json.JsonValue;
import io.jverto.portkit.IdleSignal;
import io.jverto.server.ReplayedServer;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.CallSignal;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.Endpoint;
import io.jverto.switchboard.port.MediaRules;
import io.jverto.testkit.time.VirtualTime;
import io.jverto.testkit.transcript.Stage;
import io.jverto.wire.jsonrpc.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// A whole server with the configuration that comes along and a dialplan of the recipe's, its users' browsers, and trunks that are a double.
final class Site implements AutoCloseable {
    private static final Path SDP = Path.of("src/test/resources/replay/sdp");

    final VirtualTime time = new VirtualTime();
    final SipPeers peers = new SipPeers(time);
    final ReplayedServer server;
    final Trunk trunk = new Trunk();
    private int calls;

    /// @param dialplan extensions of the context `default`, before those that come along
    /// @param changes of files of the configuration: path, then text to be replaced and its replacement
    Site(Path folder, String dialplan, String... changes) {
        this(folder, dialplan, "", changes);
    }

    /// @param profiles content of the `profiles` of `sofia.conf`; empty for no SIP
    private Site(Path folder, String dialplan, String profiles, String[] changes) {
        Path conf = folder.resolve("conf");
        copy(Path.of("..", "conf"), conf);
        change(conf.resolve("dialplan/default.xml"), "<context name=\"default\">", "<context name=\"default\">\n" + dialplan);
        for (int i = 0; i + 2 < changes.length; i += 3) {
            change(conf.resolve(changes[i]), changes[i + 1], changes[i + 2]);
        }
        if (!profiles.isEmpty()) {
            write(conf.resolve("autoload_configs/sofia.conf.xml"),
                    "<configuration name=\"sofia.conf\"><profiles>" + profiles + "</profiles></configuration>");
        }
        server = new ReplayedServer(time, folder.resolve("data"), conf, peers);
        time.settle(); // gateways are looked up
    }

    /// A site with SIP.
    static Site withSip(Path folder, String dialplan, String profiles, String... changes) {
        return new Site(folder, dialplan, profiles, changes);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// From now on there are trunks: `sofia/...` and `sofia_contact`.
    Site withTrunks() {
        server.add(trunk, ApiCommand.of("sofia_contact", arguments -> "sofia/" + arguments));
        return this;
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Files.copy(file, Files.createDirectories(to.resolve(from.relativize(file).toString()).getParent()).resolve(file.getFileName()));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void change(Path file, String before, String after) {
        try {
            String text = Files.readString(file);
            if (!text.contains(before)) {
                throw new AssertionError(file + " has no " + before);
            }
            Files.writeString(file, text.replace(before, after));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// @return as JSON has it within quotes
    static String sdp(String name) {
        return text(name).replace("\r\n", "\\r\\n").replace("\"", "\\\"");
    }

    static String text(String name) {
        try {
            return Files.readString(SDP.resolve(name)).replace("\n", "\r\n");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    Browser login(String user) {
        return new Browser(user, "session-" + user + "-" + ++calls);
    }

    String run(String command) {
        String reply = server.run(command);
        time.settle();
        return reply;
    }

    void advance(long millis) {
        time.advance(Duration.ofMillis(millis));
    }

    @Override
    public void close() {
        server.close();
    }

    /// One tab of a user.
    final class Browser {
        final String session;
        final List<String> received = new CopyOnWriteArrayList<>();
        private final String user;
        private final Stage.Actor socket;

        Browser(String user, String session) {
            this.session = session;
            this.user = user;
            this.socket = server.connect(received::add, () -> { });
            say("login", "\"login\":\"" + user + "@127.0.0.1\",\"passwd\":\"1234\",\"sessid\":\"" + session + "\"");
        }

        private void say(String method, String params) {
            socket.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + params + "}}");
            time.settle();
        }

        void call(String id, String number) {
            say("verto.invite", "\"sdp\":\"" + sdp("browser-offer.sdp") + "\",\"dialogParams\":{\"callID\":\"" + id + "\",\"destination_number\":\"" + number
                    + "\",\"caller_id_name\":\"\",\"caller_id_number\":\"" + user + "\"}");
        }

        /// Answers the call that rings.
        void answer() {
            say("verto.answer", "\"sdp\":\"" + sdp("browser-answer.sdp") + "\",\"dialogParams\":{\"callID\":\"" + rung() + "\"}");
        }

        void hangup(String id) {
            say("verto.bye", "\"dialogParams\":{\"callID\":\"" + id + "\"}");
        }

        /// @return the methods of the server's requests, in their order
        List<String> heard() {
            return received.stream().map(Browser::object).flatMap(message -> message.string("method").stream())
                    .filter(method -> !method.equals("verto.clientReady")).toList();
        }

        /// @return params of the last request of that method
        Optional<JsonObject> last(String method) {
            return received.stream().map(Browser::object).filter(message -> message.string("method").filter(method::equals).isPresent())
                    .reduce((_, latest) -> latest).flatMap(message -> message.object("params"));
        }

        String rung() {
            return last("verto.invite").flatMap(params -> params.string("callID")).orElseThrow();
        }

        boolean rings() {
            return last("verto.invite").isPresent();
        }

        /// @return why its call ended, empty while it has not
        String ended() {
            return last("verto.bye").flatMap(params -> params.string("cause")).orElse("");
        }

        private static JsonObject object(String text) {
            return JsonText.parse(text).flatMap(JsonValue::asObject).orElseThrow();
        }
    }

    /// Everything behind `sofia/`: rings, and answers with PCMU when the test says so.
    static final class Trunk implements Endpoint {
        final List<String> addresses = new CopyOnWriteArrayList<>();
        final List<OutgoingCall> calls = new CopyOnWriteArrayList<>();
        final List<Cause> ended = new CopyOnWriteArrayList<>();

        @Override
        public String scheme() {
            return "sofia";
        }

        @Override
        public Reach reach(String address) {
            addresses.add(address);
            return new Reach.Reachable(List.of(new Telephone(address, this)));
        }

        OutgoingCall last() {
            return calls.getLast();
        }
    }

    private record Telephone(String address, Trunk trunk) implements Endpoint.Device {
        @Override
        public String channelName() {
            return "sofia/" + address;
        }

        @Override
        public String codecs() {
            return "opus,pcmu,pcma";
        }

        @Override
        public MediaRules media() {
            return MediaRules.DEFAULT;
        }

        @Override
        public String networkAddress() {
            return "192.0.2.200";
        }

        @Override
        public Endpoint.Callee callee() {
            return new Endpoint.Callee("", "");
        }

        @Override
        public Map<String, String> variables() {
            return Map.of();
        }

        @Override
        public CallSignal invite(Endpoint.OutgoingCall call) {
            trunk.calls.add(call);
            return new Silence(trunk);
        }
    }

    private static final class Silence extends IdleSignal {
        private final Trunk trunk;

        Silence(Trunk trunk) {
            this.trunk = trunk;
        }

        @Override
        public void ended(Cause cause, boolean byClient) {
            trunk.ended.add(cause);
        }
    }
}
