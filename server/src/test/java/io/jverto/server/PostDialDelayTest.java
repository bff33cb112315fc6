package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// How long a browser's call takes to a telephone over a gateway, and that telephone's sound back, over real sockets of one machine. Run by hand, for a
/// gate that shares its machine measures others: `-Djverto.test.figures=true`. The figures are in docs/performance.md.
@EnabledIfSystemProperty(named = "jverto.test.figures", matches = "true")
class PostDialDelayTest {
    private static final int CALLS = 50;
    private static final int WARM_UP = 30;
    private static final String SDP = "v=0\r\no=p 1 1 IN IP4 127.0.0.2\r\ns=-\r\nc=IN IP4 127.0.0.2\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\n";
    private static final String DIALPLAN = """
            <extension name="plain"><condition field="destination_number" expression="^91$"><action application="bridge" data="sofia/gateway/itsp/1"/></condition></extension>
            <extension name="recipe"><condition field="destination_number" expression="^92$"><action application="answer"/>
              <action application="playback" data="silence_stream://2000"/><action application="set" data="effective_caller_id_number=4711"/>
              <action application="bridge" data="{absolute_codec_string=pcmu}sofia/gateway/itsp/1"/></condition></extension>
            """;

    @TempDir
    Path temp;

    private final LinkedBlockingQueue<Long> invites = new LinkedBlockingQueue<>();

    @Test
    void aCallReachesTheGatewayAndItsSoundTheBrowserWithin300Milliseconds() throws Exception {
        ServerFolder folder = new ServerFolder(temp);
        try (DatagramSocket provider = new DatagramSocket(new InetSocketAddress("127.0.0.2", 0))) {
            Thread.ofPlatform().daemon().start(() -> serve(provider));
            Files.writeString(temp.resolve("conf/autoload_configs/sofia.conf.xml"), """
                    <configuration name="sofia.conf"><profiles><profile name="trunks">
                      <gateways><gateway name="itsp"><param name="proxy" value="127.0.0.2:%d"/><param name="register" value="false"/>
                        <param name="jverto-max-user-calls-per-minute" value="0"/></gateway></gateways>
                      <settings><param name="sip-ip" value="127.0.0.1"/><param name="sip-port" value="0"/><param name="rtp-ip" value="127.0.0.1"/></settings>
                    </profile></profiles></configuration>
                    """.formatted(provider.getLocalPort()));
            Path dialplan = temp.resolve("conf/dialplan/default.xml");
            Files.writeString(dialplan, Files.readString(dialplan).replace("<context name=\"default\">", "<context name=\"default\">\n" + DIALPLAN));
            RunningServer server = RunningServer.start(folder.options("pw"));
            try (WsClient browser = new WsClient(folder.wsPort)) {
                browser.login("1000", "pw");
                List<Double> toGateway = new ArrayList<>();
                List<Double> toSound = new ArrayList<>();
                for (int i = 0; i < WARM_UP + CALLS; i++) {
                    long begin = call(browser, "plain" + i, "91");
                    browser.awaits("verto.media");
                    toSound.add(since(begin, System.nanoTime()));
                    toGateway.add(since(begin, invites.poll(5, TimeUnit.SECONDS)));
                    hangUp(browser, "plain" + i);
                }
                List<Double> recipe = new ArrayList<>();
                List<Double> answered = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    long begin = call(browser, "recipe" + i, "92");
                    browser.awaits("verto.answer");
                    answered.add(since(begin, System.nanoTime()));
                    recipe.add(since(begin, invites.poll(5, TimeUnit.SECONDS)) - 2_000);
                    hangUp(browser, "recipe" + i);
                }
                System.out.println("invite to the gateway's INVITE " + figures(toGateway.subList(WARM_UP, WARM_UP + CALLS)));
                System.out.println("invite to verto.media " + figures(toSound.subList(WARM_UP, WARM_UP + CALLS)));
                System.out.println("with the recipe: invite to verto.answer " + figures(answered) + "; to the gateway's INVITE, less its 2 s " + figures(recipe));
                assertThat(median(toSound)).isLessThan(300);
                assertThat(median(recipe)).isLessThan(300);
            } finally {
                server.stop();
            }
        }
    }

    private static long call(WsClient browser, String id, String number) throws IOException {
        String sdp = Files.readString(Path.of("src/test/resources/replay/sdp/browser-offer.sdp")).replace("\n", "\\r\\n").replace("\"", "\\\"");
        long begin = System.nanoTime();
        browser.ask("verto.invite", "{\"sdp\":\"" + sdp + "\",\"dialogParams\":{\"callID\":\"" + id + "\",\"destination_number\":\"" + number + "\"}}", id);
        return begin;
    }

    private static void hangUp(WsClient browser, String id) {
        browser.ask("verto.bye", "{\"dialogParams\":{\"callID\":\"" + id + "\"}}", id);
    }

    private static double since(long begin, long end) {
        return (end - begin) / 1e6;
    }

    private static double median(List<Double> all) {
        return all.stream().sorted().skip(all.size() / 2).findFirst().orElseThrow();
    }

    private static String figures(List<Double> all) {
        double most = all.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        return String.format("p50 %.1f ms, most %.1f ms of %d", median(all), most, all.size());
    }

    /// Rings with sound at once, and lets itself be cancelled.
    private void serve(DatagramSocket provider) {
        byte[] buffer = new byte[8_192];
        String invite = "";
        while (!provider.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                provider.receive(packet);
                String request = new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8);
                if (request.startsWith("INVITE")) {
                    invites.add(System.nanoTime());
                    invite = request;
                    respond(provider, packet, request, "183 Session Progress", SDP);
                } else if (request.startsWith("CANCEL")) {
                    respond(provider, packet, request, "200 OK", "");
                    respond(provider, packet, invite, "487 Request Terminated", "");
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void respond(DatagramSocket provider, DatagramPacket to, String request, String status, String sdp) throws IOException {
        String same = Arrays.stream(request.split("\r\n"))
                .filter(line -> line.matches("(?i)(Via|From|Call-ID|CSeq|To):.*"))
                .map(line -> line.startsWith("To:") ? line + ";tag=p" : line)
                .collect(Collectors.joining("\r\n"));
        String text = "SIP/2.0 " + status + "\r\n" + same + "\r\nContact: <sip:p@127.0.0.2:" + provider.getLocalPort() + ">\r\n"
                + (sdp.isEmpty() ? "" : "Content-Type: application/sdp\r\n") + "Content-Length: " + sdp.length() + "\r\n\r\n" + sdp;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        provider.send(new DatagramPacket(bytes, bytes.length, to.getSocketAddress()));
    }
}
