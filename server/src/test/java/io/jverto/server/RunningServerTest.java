package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jverto.server.startup.CannotStart;
import io.jverto.server.store.DatabaseLocation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningServerTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    Path temp;

    private ServerFolder folder;
    private int wsPort;
    private int wssPort;

    @BeforeEach
    void copiesTheTreeThatComesAlongAndChoosesFreePorts() throws IOException {
        folder = new ServerFolder(temp);
        wsPort = folder.wsPort;
        wssPort = folder.wssPort;
    }

    @Test
    void servesThePageOverHttps() throws Exception {
        RunningServer server = RunningServer.start(options(null));
        try {
            HttpResponse<String> response = get("https://localhost:" + wssPort + "/");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("<!doctype html>");
            assertThat(response.headers().firstValue("content-security-policy")).isPresent();
        } finally {
            server.stop();
        }
    }

    @Test
    void tellsWhereToGoAndWithWhichPassword() {
        RunningServer server = RunningServer.start(options("chosen <&> \"password\""));
        server.stop();

        assertThat(server.greeting().toString().lines())
                .anySatisfy(line -> assertThat(line).contains("https://localhost:" + wssPort + "/"))
                .anySatisfy(line -> assertThat(line).contains("1000 to 1019, password chosen <&> \"password\""))
                .anySatisfy(line -> assertThat(line).contains("9196 echo", "3000-3099 conference"))
                .last().asString().isEqualTo("jverto ready https://localhost:" + wssPort + "/");
    }

    @Test
    void canBeStartedAgainAfterItHasStopped() {
        RunningServer.start(options(null)).stop();
        RunningServer again = RunningServer.start(options(null));
        again.stop();

        assertThat(again.greeting().login()).isPresent();
    }

    @Test
    void aMessageForSomebodyWhoIsNotThereWaitsForHimOverARestart() throws Exception {
        RunningServer server = RunningServer.start(options("pw"));
        try (WsClient ada = new WsClient(wsPort)) {
            ada.login("1000", "pw");
            ada.ask("verto.info", "{\"msg\":{\"to\":\"1001@pbx.test\",\"body\":\"see you\"}}", "SENT");
        } finally {
            server.stop();
        }

        RunningServer again = RunningServer.start(options("pw"));
        try (WsClient bob = new WsClient(wsPort)) {
            bob.login("1001", "pw");

            bob.awaits("verto.clientReady");
            assertThat(bob.awaits("verto.info")).contains("\"from\":\"1000@pbx.test\"", "\"body\":\"see you\"", "\"sent_at\":\"");
        } finally {
            again.stop();
        }
    }

    @Test
    void aBrokenDatabaseHindersNobodyWhoIsThere() throws Exception {
        Files.createDirectories(temp.resolve("data"));
        Files.writeString(temp.resolve("data/db"), "in the way");
        RunningServer server = RunningServer.start(options("pw"));
        try (WsClient ada = new WsClient(wsPort)) {
            ada.login("1000", "pw");

            ada.ask("verto.info", "{\"msg\":{\"to\":\"1001@pbx.test\",\"body\":\"lost\"}}", "SENT");
            ada.ask("verto.info", "{\"msg\":{\"to\":\"1000@pbx.test\",\"body\":\"to myself\"}}", "SENT");
            assertThat(ada.awaits("verto.info")).contains("to myself");
        } finally {
            server.stop();
        }
    }

    @Test
    void aCallLeavesARecordInTheDatabase() throws Exception {
        RunningServer server = RunningServer.start(options("pw"));
        try (WsClient ada = new WsClient(wsPort)) {
            ada.login("1000", "pw");
            ada.ask("verto.invite", "{\"sdp\":\"v=0\",\"dialogParams\":{\"callID\":\"call-1\",\"destination_number\":\"5550\"}}", "CALL CREATED");
            ada.awaits("verto.bye");
        } finally {
            server.stop();
        }

        String url = new DatabaseLocation.Embedded(temp.resolve("data/db")).url();
        try (Connection connection = DriverManager.getConnection(url); ResultSet row = connection.createStatement().executeQuery(
                "SELECT uuid, leg, username, caller_id_number, destination_number, hangup_cause FROM call_record")) {
            assertThat(row.next()).isTrue();
            assertThat(List.of(row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5), row.getString(6)))
                    .containsExactly("call-1", "a", "1000@pbx.test", "", "5550", "NO_ROUTE_DESTINATION");
            assertThat(row.next()).isFalse();
        }
    }

    @Test
    void rehearsesBesideAnotherServer() {
        RunningServer server = RunningServer.start(options(null));
        RunningServer rehearsal =
                RunningServer.start(new Options(temp.resolve("conf"), temp.resolve("other"), temp.resolve("page"), null, true));
        rehearsal.stop();
        server.stop();

        assertThat(rehearsal.greeting().login()).isPresent();
    }

    @Test
    void saysThatAPortIsInUseAndRunsNothing() throws IOException {
        try (ServerSocket other = new ServerSocket()) {
            other.bind(new InetSocketAddress(LOOPBACK, wssPort));

            assertThatThrownBy(() -> RunningServer.start(options(null)))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContainingAll("verto.conf.xml:", ":" + wssPort, "verto_wss_port");
        }

        assertThat(isFree(wsPort)).isTrue();
    }

    @Test
    void saysWhatIsWrongInTheConfigurationAndRunsNothing() throws IOException {
        Path dialplan = temp.resolve("conf/dialplan/default.xml");
        Files.writeString(dialplan, Files.readString(dialplan).replace("</context>", ""));

        assertThatThrownBy(() -> RunningServer.start(options(null)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(dialplan + ":");

        assertThat(isFree(wsPort)).isTrue();
    }

    @Test
    void saysThatMediaCannotBeReceivedThere() throws IOException {
        set("rtp_ip", "198.51.100.1");

        assertThatThrownBy(() -> RunningServer.start(options(null)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("198.51.100.1");
    }

    @Test
    void saysThatAnAddressIsNone() throws IOException {
        set("rtp_ip", "media.example.org");

        assertThatThrownBy(() -> RunningServer.start(options(null)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContainingAll("verto.conf.xml:", "media.example.org", "not an IP address");
    }

    @Test
    void saysThatTheFolderHoldsNoConfiguration() {
        Options elsewhere = new Options(temp.resolve("nowhere"), temp.resolve("data"), temp.resolve("page"), null, false);

        assertThatThrownBy(() -> RunningServer.start(elsewhere))
                .isInstanceOf(CannotStart.class)
                .hasMessageContainingAll(temp.resolve("nowhere").toString(), "--conf DIR");
    }

    private Options options(@org.jspecify.annotations.Nullable String password) {
        return folder.options(password);
    }

    private void set(String variable, Object value) throws IOException {
        folder.set(variable, value);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(LOOPBACK, port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static HttpResponse<String> get(String url) throws Exception {
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
        try (HttpClient client = HttpClient.newBuilder().sslContext(tls).build()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
