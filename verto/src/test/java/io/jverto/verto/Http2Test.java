package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.testkit.client.VertoTestClient;
import io.jverto.verto.count.VertoCount;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page over HTTP/2, beside WebSockets over HTTP/1.1, on one port over real sockets.
class Http2Test {
    private LiveServer live = new LiveServer();
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).sslContext(Trust.context()).build();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        http.shutdownNow();
        live.close();
    }

    @Test
    void manyRequestsAtOnceAreAnsweredOverHttp2() {
        List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            asked.add(http.sendAsync(request("/file" + i + "?x=" + i).build(), HttpResponse.BodyHandlers.ofString()));
        }

        for (int i = 0; i < asked.size(); i++) {
            HttpResponse<String> page = asked.get(i).join();
            assertThat(page.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).isEqualTo("GET /file" + i + " x=" + i + " true");
            assertThat(page.headers().map()).containsEntry("content-type", List.of("text/plain")).doesNotContainKey("connection");
        }
    }

    @Test
    void headHasTheLengthAndNoBody() throws Exception {
        HttpResponse<String> page = http.send(request("/index").HEAD().build(), HttpResponse.BodyHandlers.ofString());

        assertThat(page.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(page.body()).isEmpty();
        assertThat(page.headers().firstValueAsLong("content-length")).hasValue("HEAD /index  true".length());
    }

    @Test
    void largeFilesComeInPiecesBesideEachOther() throws Exception {
        byte[] sound = new byte[3_000_000];
        new Random(1).nextBytes(sound);
        Path file = Files.write(folder.resolve("talk.wav"), sound);

        List<CompletableFuture<HttpResponse<byte[]>>> asked = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            asked.add(http.sendAsync(request("/files" + file).build(), HttpResponse.BodyHandlers.ofByteArray()));
        }

        for (CompletableFuture<HttpResponse<byte[]>> answer : asked) {
            assertThat(answer.join().version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(Arrays.equals(answer.join().body(), sound)).isTrue();
        }
        var end = http.send(request("/files" + file).header("Range", "bytes=-100000").build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(end.statusCode()).isEqualTo(206);
        assertThat(end.body()).isEqualTo(Arrays.copyOfRange(sound, 2_900_000, 3_000_000));
    }

    @Test
    void webSocketsAndClientsOfHttp1GoOnBesideIt() throws Exception {
        assertThat(http.send(request("/a").build(), HttpResponse.BodyHandlers.ofString()).version()).isEqualTo(HttpClient.Version.HTTP_2);
        HttpResponse<String> old = http.send(
                request("/b").version(HttpClient.Version.HTTP_1_1).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(old.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(old.body()).isEqualTo("GET /b  true");

        try (VertoTestClient client = VertoTestClient.connect(URI.create("wss://localhost:" + live.secure().getPort() + "/"), Trust.context())) {
            client.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"login\",\"params\":{\"login\":\"1001@test\",\"passwd\":\"1234\"}}");
            client.awaitMethod("verto.clientReady");
        }
    }

    @Test
    void aProfileCanDoWithoutIt() throws Exception {
        live.close();
        live = new LiveServer(Config.param("http2", "false"));

        HttpResponse<String> page = http.send(request("/index").build(), HttpResponse.BodyHandlers.ofString());

        assertThat(page.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(page.body()).isEqualTo("GET /index  true");
    }

    @Test
    void theFilesOfAVhostAreServedByItToo() throws Exception {
        Files.writeString(folder.resolve("index.html"), "<p>home</p>");
        live.close();
        live = new LiveServer(Config.node("vhosts", List.of(Config.node("vhost", List.of(Config.param("root", folder.toString())), "domain", "pbx.test"))));

        HttpResponse<String> home = http.send(request("/").build(), HttpResponse.BodyHandlers.ofString());
        assertThat(home.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(home.body()).isEqualTo("<p>home</p>");
        assertThat(http.send(request("/said").POST(HttpRequest.BodyPublishers.ofString("words")).build(), HttpResponse.BodyHandlers.ofString()).body())
                .isEqualTo("POST words"); // for the page: a vhost reads no body
        assertThat(http.send(request("/nothing").build(), HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(404);
        HttpRequest tooLong = request("/").POST(HttpRequest.BodyPublishers.ofByteArray(new byte[100_000])).build();
        for (int turn = 0; turn < 20; turn++) { // each time it is another race between what is sent and the answer
            assertThat(http.send(tooLong, HttpResponse.BodyHandlers.ofString()).statusCode()).isIn(200, 404, 405);
        }
    }

    /// CVE-2023-44487.
    @Test
    void s1WhoOpensAndBreaksOffRequestsInAHurryIsCutOff() throws Exception {
        try (RawHttp2 peer = new RawHttp2(live.secure().getPort())) {
            peer.burst(400, true, true);

            assertThat(peer.goAway()).isEqualTo(0xb); // ENHANCE_YOUR_CALM
        }
        assertThat(count(VertoCount.HTTP2_FLOODS)).isEqualTo(1);
    }

    @Test
    void s1WhoBeginsManyRequestsAndEndsNoneIsRefusedBeyondAFew() throws Exception {
        try (RawHttp2 peer = new RawHttp2(live.secure().getPort())) {
            peer.burst(20, false, false);

            for (int i = 0; i < 12; i++) {
                assertThat(peer.frame(0x3).length).isEqualTo(4); // RST_STREAM
            }
            assertThat(count(VertoCount.HTTP2_REFUSED)).isEqualTo(12);
            peer.request(41, true);
            assertThat(peer.frame(0x1)).isNotEmpty(); // HEADERS: who ends a request is answered
        }
    }

    @Test
    void s1NobodyMayAskForMoreThanAHundredThingsAtOnce() throws Exception {
        try (RawHttp2 peer = new RawHttp2(live.secure().getPort())) {
            assertThat(peer.setting(0x3)).isEqualTo(100);
            assertThat(peer.setting(0x6)).isEqualTo(16_384);
        }
    }

    @Test
    void aWebSocketIsNotOpenedOnAStream() throws Exception {
        try (RawHttp2 peer = new RawHttp2(live.secure().getPort())) {
            peer.request(1, true, "sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");

            assertThat(peer.frame(0x1)[0]).isEqualTo((byte) 0x88); // :status 200, the page
            assertThat(new String(peer.frame(0x0), StandardCharsets.US_ASCII)).startsWith("GET /");
        }
        assertThat(count(VertoCount.CONNECTIONS_OPENED)).isZero();
    }

    private long count(VertoCount which) {
        return live.server.counters().get(which);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + live.secure().getPort() + path));
    }

    /// A peer of HTTP/2 (RFC 9113 section 4.1, RFC 7541) that does what no library would.
    private static final class RawHttp2 implements AutoCloseable {
        private final SSLSocket socket;
        private final DataInputStream in;
        private final byte[] settings;

        RawHttp2(int port) throws IOException {
            socket = (SSLSocket) Trust.context().getSocketFactory().createSocket("localhost", port);
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(20_000);
            socket.startHandshake();
            in = new DataInputStream(socket.getInputStream());
            socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(frame(0x4, 0, 0));
            settings = frame(0x4);
        }

        /// Requests, one after the other, as one piece.
        void burst(int count, boolean ended, boolean brokenOff) throws IOException {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int i = 0; i < count; i++) {
                all.writeBytes(headers(2 * i + 1, ended, new byte[0]));
                if (brokenOff) {
                    all.writeBytes(frame(0x3, 0, 2 * i + 1, 0, 0, 0, 8)); // CANCEL
                }
            }
            write(all.toByteArray());
        }

        void request(int stream, boolean ended, String... header) throws IOException {
            ByteArrayOutputStream more = new ByteArrayOutputStream();
            if (header.length > 0) {
                more.write(0);
                for (String text : header) {
                    more.write(text.length());
                    more.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
                }
            }
            write(headers(stream, ended, more.toByteArray()));
        }

        /// @return the content of the next frame of a type
        byte[] frame(int type) throws IOException {
            while (true) {
                int lengthAndType = in.readInt();
                in.readByte();
                in.readInt();
                byte[] content = in.readNBytes(lengthAndType >>> 8);
                if ((lengthAndType & 0xff) == type) {
                    return content;
                }
            }
        }

        /// @return the error that the server says goodbye with, after which it closes
        int goAway() throws IOException {
            byte[] content = frame(0x7);
            try {
                frame(0x7);
            } catch (EOFException | SocketException closed) {
                return content[7];
            }
            throw new AssertionError("two goodbyes");
        }

        /// @return what the server's first settings say
        int setting(int id) throws IOException {
            for (int i = 0; i < settings.length; i += 6) {
                if (settings[i + 1] == id) {
                    return (settings[i + 4] & 0xff) << 8 | settings[i + 5] & 0xff;
                }
            }
            throw new AssertionError("no setting " + id);
        }

        private void write(byte[] bytes) {
            try {
                socket.getOutputStream().write(bytes);
            } catch (IOException closed) {
                // the server has closed already; what it said is still to be read
            }
        }

        /// `GET https://x/`
        private static byte[] headers(int stream, boolean ended, byte[] more) {
            byte[] block = Arrays.copyOf(new byte[] {(byte) 0x82, (byte) 0x87, (byte) 0x84, 0x01, 0x01, 'x'}, 6 + more.length);
            System.arraycopy(more, 0, block, 6, more.length);
            return frame(0x1, ended ? 0x5 : 0x4, stream, block);
        }

        private static byte[] frame(int type, int flags, int stream, int... content) {
            byte[] bytes = new byte[content.length];
            for (int i = 0; i < content.length; i++) {
                bytes[i] = (byte) content[i];
            }
            return frame(type, flags, stream, bytes);
        }

        private static byte[] frame(int type, int flags, int stream, byte[] content) {
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            for (int b : new int[] {0, content.length >> 8, content.length, type, flags, stream >> 24, stream >> 16, stream >> 8, stream}) {
                frame.write(b);
            }
            frame.writeBytes(content);
            return frame.toByteArray();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
