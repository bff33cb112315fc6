package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Monitoring of a whole server that runs.
class MetricsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern METRIC = Pattern.compile("\\b(jverto|jvm|process|system)_[a-z_]+");

    @TempDir
    Path temp;

    private ServerFolder folder;
    private int port;
    private RunningServer server;

    @BeforeEach
    void starts() throws IOException {
        folder = new ServerFolder(temp);
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
            folder.set("metrics_port", port);
        }
        server = RunningServer.start(folder.options("pw"));
    }

    @AfterEach
    void ends() {
        server.stop();
    }

    @Test
    void prometheusReadsWhatTheServerDoes() throws Exception {
        String idle = awaited("/metrics", "jverto_disk_free_bytes"); // once the disk has been looked at
        assertThat(idle).contains(
                "jverto_channels{direction=\"inbound\",state=\"active\"} 0.0", "jverto_channels_limit 1000.0", "jverto_sessions{profile=\"default-v4\"} 0.0",
                "jverto_records_waiting_bytes 0.0", "jverto_records_waiting_memory 0.0", "jverto_disk_free_bytes{folder=\"data\"}", "jverto_disk_free_bytes{folder=\"recordings\"}", "jverto_srtp_", "jverto_ice_", "jverto_verto_logins_failed_total 0.0",
                "# TYPE jverto_tick_late_seconds histogram", "jverto_tick_late_seconds_bucket{le=\"0.002\"}", "jvm_memory_used_bytes", "jvm_gc_");

        try (WsClient ada = new WsClient(folder.wsPort)) {
            ada.login("1000", "pw");
            assertThat(server.command("originate loopback/9664/default &park()")).startsWith("+OK ");
            String busy = get("/metrics").body();
            assertThat(busy).contains("jverto_sessions{profile=\"default-v4\"} 1.0", "jverto_channels{direction=\"outbound\",state=\"active\"}");
            assertThat(busy).doesNotContain("jverto_channels_started_total 0.0");
        }
        server.command("hupall NORMAL_CLEARING");
        String ended = awaited("/metrics", "leg=\"originated\""); // of the two legs that may be the one that ends last

        assertThat(ended).contains("jverto_call_talk_seconds_bucket{le=\"60.0\"}", "jverto_calls_ended_total{cause=\"NORMAL_CLEARING\"");
        // Those of SIP are there when a profile is.
        assertThat(namesOfTheDashboard()).hasSizeGreaterThan(20).filteredOn(name -> !ended.matches("(?s).*\n" + name + "[ {].*"))
                .containsExactlyInAnyOrder("jverto_sip_gateway_up", "jverto_sip_registrations", "jverto_self_call_up", "jverto_self_call_seconds", "jverto_self_calls_total");
    }

    private static Set<String> namesOfTheDashboard() throws IOException {
        return METRIC.matcher(Files.readString(Path.of("../docs/monitoring/grafana.json"))).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    @Test
    void aBalancerSeesWhetherCallsAreTaken() throws Exception {
        HttpResponse<String> up = get("/health");
        assertThat(up.statusCode()).isEqualTo(200);
        assertThat(up.body()).contains("\"status\":\"up\"", "\"calls\":\"taken\"", "\"database\":\"used\"", "\"disk\":\"");

        server.command("fsctl pause");
        HttpResponse<String> paused = get("/health");
        assertThat(paused.statusCode()).isEqualTo(503);
        assertThat(paused.body()).contains("\"status\":\"busy\"", "no new ones are taken");
        assertThat(get("/metrics").body()).contains("jverto_channels_paused 1.0");

        server.command("fsctl resume");
        assertThat(get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void nothingElseIsThereAndNothingCanBeSent() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/metrics/../../etc/passwd").statusCode()).isEqualTo(404);
        assertThat(send(HttpRequest.newBuilder(uri("/metrics")).POST(HttpRequest.BodyPublishers.ofString("x"))).statusCode()).isEqualTo(405);
    }

    @Test
    void aPortInUseIsNoReasonNotToTakeCalls() throws Exception {
        server.stop();
        try (ServerSocket taken = new ServerSocket(port, 1, java.net.InetAddress.getLoopbackAddress())) {
            server = RunningServer.start(folder.options("pw"));
            assertThat(taken.isBound()).isTrue();
            assertThat(server.command("status")).contains("UP");
        }
    }

    @Test
    void theServerCallsItselfAndTellsWhatCameOfItWithoutARecordOrAUserWhoSeemsLoggedIn() throws Exception {
        server.stop();
        Path file = temp.resolve("conf/autoload_configs/metrics.conf.xml");
        String offered = "<!-- <param name=\"self-call-sec\" value=\"60\"/> -->";
        String text = Files.readString(file);
        assertThat(text).contains(offered);
        Files.writeString(file, text.replace(offered, "<param name=\"self-call-sec\" value=\"60\"/>"));
        server = RunningServer.start(folder.options("pw"));

        String health = awaited("/health", "\"millis\"");

        assertThat(health).contains("\"status\":\"up\"", "\"selfCall\":{\"result\":\"good\"");
        String metrics = get("/metrics").body();
        assertThat(metrics).contains("jverto_self_call_up 1.0", "jverto_self_calls_total{result=\"good\"} 1.0", "jverto_self_calls_total{result=\"failed\"} 0.0",
                "jverto_self_call_seconds ", "jverto_self_call_timestamp_seconds ");
        assertThat(metrics).as("one call went through the switch").contains("jverto_channels_started_total 1.0");
        server.command("hupall NORMAL_CLEARING");
        assertThat(awaited("/health", "\"channels\":0")).isNotEmpty();
        assertThat(get("/metrics").body()).as("and left no record").doesNotContain("jverto_calls_ended_total{");
        assertThat(server.command("list_users")).doesNotContain(SelfCallUser.NAME);
        assertThat(server.command("verto_contact 1000")).doesNotContain("verto.rtc");
    }

    /// A call takes as long as it takes.
    private String awaited(String path, String text) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String body = get(path).body();
        while (!body.contains(text) && System.nanoTime() < deadline) {
            body = get(path).body();
        }
        assertThat(body).contains(text);
        return body;
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
