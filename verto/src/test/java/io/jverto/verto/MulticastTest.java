package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.testkit.client.VertoTestClient;
import io.jverto.verto.count.VertoCount;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Broadcasts between servers of one machine, over real sockets whose datagrams do not leave it (verto-wire.md section 8.8).
class MulticastTest {
    private static final InetAddress GROUP = InetAddress.ofLiteral("239.255.77.1");

    private final int port = freePort();

    @Test
    void aBroadcastReachesTheHearersAtTheNextServer() {
        try (LiveServer one = server(port);
                LiveServer two = server(port + 1);
                VertoTestClient here = client(one, "1001");
                VertoTestClient there = client(two, "1002")) {
            ask(here, "verto.subscribe", "{\"eventChannel\":\"demo.a\"}");
            ask(there, "verto.subscribe", "{\"eventChannel\":\"demo.a\"}");

            ask(here, "verto.broadcast", "{\"eventChannel\":\"demo.a\",\"localBroadcast\":true,\"data\":1}");

            String event = event(there);
            assertThat(event).contains("\"eventChannel\":\"demo.a\",\"localBroadcast\":true,\"data\":1,\"userid\":\"1001@test\",")
                    .contains("\"eventSerno\":0,\"subscribedChannel\":\"demo.a\"");
            assertThat(event(here)).contains("\"data\":1");
            // Once here and once there: the second server does not say again what it has heard.
            assertThat(one.server.counters().get(VertoCount.RELAYED_OUT)).isEqualTo(1);
            assertThat(two.server.counters().get(VertoCount.RELAYED_OUT)).isZero();
        }
    }

    @Test
    void aProgramMaySpeakToClientsOnTheirOwnChannelsOnly() throws IOException {
        try (LiveServer live = server(port);
                DatagramChannel program = program();
                VertoTestClient client = client(live, "1002")) {
            ask(client, "verto.subscribe", "{\"eventChannel\":[\"demo\",\"presence\",\"conference\"]}");

            say(program, "nonsense");
            say(program, "{\"data\":1}");
            say(program, "{\"eventChannel\":\"presence.1001@test\",\"data\":{\"channelCallState\":\"ACTIVE\"}}");
            say(program, "{\"eventChannel\":\"conference.3000@test\",\"data\":1}");
            say(program, "{\"eventChannel\":\"conference-liveArray.3000@test\",\"data\":{\"action\":\"clear\"}}");
            say(program, "{\"eventChannel\":\"S-1002\",\"eventType\":\"channelPvtData\",\"pvtData\":{}}");
            say(program, "{\"eventChannel\":\"demo.b\",\"sessid\":\"S-1002\",\"eventType\":\"channelPvtData\",\"pvtData\":{},\"data\":2}\0");

            String event = event(client);
            assertThat(event).contains("\"params\":{\"eventChannel\":\"demo.b\",\"sessid\":\"S-1002\",\"data\":2,\"eventSerno\":0,\"subscribedChannel\":\"demo\"}");
            assertThat(live.server.counters().get(VertoCount.RELAY_DROPPED)).isEqualTo(6);
        }
    }

    @Test
    void aFloodIsCutOff() throws IOException {
        try (LiveServer live = server(port);
                DatagramChannel program = program()) {
            for (int i = 0; i < 100_000 && live.server.counters().get(VertoCount.RELAY_DROPPED) == 0; i++) {
                say(program, "{\"eventChannel\":\"demo\",\"data\":1}");
            }

            assertThat(live.server.counters().get(VertoCount.RELAY_DROPPED)).isPositive();
        }
    }

    private static LiveServer server(int port) {
        return new LiveServer(
                Config.param("mcast-ip", GROUP.getHostAddress()), Config.param("mcast-port", String.valueOf(port)));
    }

    private static VertoTestClient client(LiveServer live, String user) {
        VertoTestClient client = VertoTestClient.connect(URI.create("ws://localhost:" + live.plain().getPort()));
        client.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"login\",\"params\":{\"login\":\"" + user + "\",\"passwd\":\"1234\",\"sessid\":\"S-"
                + user + "\"}}");
        client.awaitMethod("verto.clientReady");
        return client;
    }

    private static void ask(VertoTestClient client, String method, String params) {
        client.send("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"" + method + "\",\"params\":" + params + "}");
        client.await(message -> message.get("id").filter(new JsonNumber("2")::equals).isPresent());
    }

    private static String event(VertoTestClient client) {
        String frame = client.next();
        while (!frame.contains("\"verto.event\"")) {
            frame = client.next();
        }
        return frame;
    }

    private static DatagramChannel program() throws IOException {
        DatagramChannel program = DatagramChannel.open(StandardProtocolFamily.INET);
        program.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 0);
        program.setOption(StandardSocketOptions.IP_MULTICAST_IF, NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()));
        return program;
    }

    private void say(DatagramChannel program, String text) throws IOException {
        program.send(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), new InetSocketAddress(GROUP, port));
    }

    /// A port that is free, and the two above it.
    private static int freePort() {
        for (int tries = 0; tries < 20; tries++) {
            try (DatagramChannel first = DatagramChannel.open(StandardProtocolFamily.INET).bind(new InetSocketAddress("127.0.0.1", 0))) {
                int port = ((InetSocketAddress) first.getLocalAddress()).getPort();
                DatagramChannel.open(StandardProtocolFamily.INET).bind(new InetSocketAddress("127.0.0.1", port + 1)).close();
                DatagramChannel.open(StandardProtocolFamily.INET).bind(new InetSocketAddress("127.0.0.1", port + 2)).close();
                return port;
            } catch (IOException taken) {
                continue;
            }
        }
        throw new AssertionError("no free ports");
    }
}
