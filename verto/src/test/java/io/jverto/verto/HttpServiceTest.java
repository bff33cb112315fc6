package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import io.jverto.testkit.client.VertoTestClient;
import io.jverto.verto.count.VertoCount;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The HTTP service of a profile with vhosts, over real sockets (verto-wire.md section 1.8).
class HttpServiceTest {
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private Path root;
    private LiveServer live;

    @BeforeEach
    void write() throws IOException {
        root = Files.createDirectories(folder.resolve("htdocs"));
        Files.writeString(root.resolve("index.html"), "<p>home</p>");
        Files.createDirectories(root.resolve("app"));
        Files.writeString(root.resolve("app/index.html"), "<p>app</p>");
        Files.writeString(root.resolve("app/main.js"), "1");
        Files.writeString(root.resolve(".hidden"), "hidden");
        Files.createDirectories(root.resolve(".git"));
        Files.writeString(root.resolve(".git/config"), "hidden");
        Files.createDirectories(root.resolve(".well-known"));
        Files.writeString(root.resolve(".well-known/x"), "known");
        Files.writeString(folder.resolve("secret"), "secret");
        Files.createSymbolicLink(root.resolve("out"), folder.resolve("secret"));
        Files.createSymbolicLink(root.resolve("up"), folder);
        Files.createSymbolicLink(root.resolve("sly"), root.resolve(".hidden"));
        Files.createSymbolicLink(root.resolve("in"), root.resolve("app/main.js"));
    }

    @Test
    void aLargeFileBesideThePageIsSentInPiecesOnAConnectionThatEndsWithIt() throws Exception {
        byte[] sound = new byte[5_000_000];
        new Random(1).nextBytes(sound);
        Path file = Files.write(folder.resolve("talk.wav"), sound);
        live = new LiveServer();
        URI address = URI.create("http://127.0.0.1:" + live.plain().getPort() + "/files" + file);
        for (int i = 0; i < 2; i++) {
            var answer = http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type")).contains("audio/wav");
            assertThat(Arrays.equals(answer.body(), sound)).isTrue();
        }
        var page = http.send(HttpRequest.newBuilder(address.resolve("/index")).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(page.body()).isEqualTo("GET /index  false");
    }

    @AfterEach
    void close() {
        http.shutdownNow();
        live.close();
    }

    @Test
    void filesAndTheIndexOfAFolderAreServed() throws Exception {
        open();

        HttpResponse<String> home = get("/");
        assertThat(home.statusCode()).isEqualTo(200);
        assertThat(home.body()).isEqualTo("<p>home</p>");
        assertThat(home.headers().map()).containsKey("date")
                .containsEntry("server", List.of("jverto"))
                .containsEntry("content-type", List.of("text/html; charset=utf-8"))
                .containsEntry("content-length", List.of("11"))
                .containsEntry("x-content-type-options", List.of("nosniff"));
        assertThat(get("/app?x=1").body()).isEqualTo("<p>app</p>");
        assertThat(get("/app/main.js").headers().firstValue("content-type")).contains("text/javascript; charset=utf-8");
        assertThat(get("/in").body()).isEqualTo("1");
        assertThat(get("/.well-known/x").body()).isEqualTo("known");
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "bytes=2-4   | 206 | bytes 2-4/10 | 234", "bytes=7-   | 206 | bytes 7-9/10 | 789", "bytes=-3      | 206 | bytes 7-9/10 | 789",
        "bytes=5-999 | 206 | bytes 5-9/10 | 56789", "bytes=-99 | 206 | bytes 0-9/10 | 0123456789", "bytes=0-0     | 206 | bytes 0-0/10 | 0",
        "bytes=10-   | 416 | bytes */10   | ''", "bytes=-0   | 416 | bytes */10   | ''",
        "bytes=4-2   | 200 | ''           | 0123456789", "bytes=0-1,3-4 | 200 | '' | 0123456789", "lines=1-2 | 200 | '' | 0123456789",
        "bytes=-     | 200 | ''           | 0123456789"
    })
    void aPartOfAFileIsSentToWhoAsksForIt(String range, int status, String part, String body) throws Exception {
        Files.writeString(root.resolve("ten.txt"), "0123456789");
        open();

        HttpResponse<String> answer = http.send(request("/ten.txt").header("Range", range).build(), HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-range").orElse("")).isEqualTo(part);
        assertThat(answer.body()).isEqualTo(body);
        HttpResponse<String> compared = http.send(
                request("/ten.txt").header("Range", range).header("If-Range", "\"x\"").build(), HttpResponse.BodyHandlers.ofString());
        assertThat(compared.statusCode()).isEqualTo(200);
        assertThat(compared.headers().firstValue("accept-ranges")).contains("bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "/../secret", "/%2e%2e/secret", "/app/..%2f../secret", "/out", "/up/secret", "/.hidden", "/sly", "/.git/config",
        "/app/.", "/..", "/a\\..\\secret", "/index.html%00", "//etc/passwd", "/%c0%ae%c0%ae/secret"
    })
    void nothingBesideTheFolderAndNothingHiddenIsServed(String path) throws Exception {
        open();

        try (RawClient client = RawClient.connect(live.plain())) {
            client.write("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");

            assertThat(client.head()).matches("(?s)HTTP/1\\.1 (400|404) .*");
        }
    }

    @Test
    void aPathOfTooManyPartsIsNotLookedUp() throws Exception {
        open();

        assertThat(get("/a".repeat(64)).statusCode()).isEqualTo(404);
        assertThat(get("/" + "a".repeat(2_000)).statusCode()).isEqualTo(414);
    }

    @Test
    void headHasNoBodyAndRequestsMayFollowEachOther() throws Exception {
        open();

        try (RawClient client = RawClient.connect(live.plain())) {
            client.write("HEAD / HTTP/1.1\r\nHost: x\r\n\r\nGET /in HTTP/1.1\r\nHost: x\r\n\r\nGET /nothing HTTP/1.1\r\nHost: x\r\n\r\n");

            assertThat(client.head()).contains("HTTP/1.1 200 OK").contains("content-length: 11\r\n");
            assertThat(client.head()).contains("HTTP/1.1 200 OK").contains("content-length: 1\r\n");
            assertThat(client.bytes(1)).isEqualTo("1");
            assertThat(client.head()).contains("HTTP/1.1 404 ");
        }
    }

    @Test
    void aLargeFileArrivesWhole() throws Exception {
        byte[] large = new byte[5_000_000];
        new Random(7).nextBytes(large);
        Files.write(root.resolve("large.bin"), large);
        open();

        HttpResponse<byte[]> response = http.send(request("/large.bin").build(), HttpResponse.BodyHandlers.ofByteArray());

        assertThat(response.body()).isEqualTo(large);
        assertThat(response.headers().firstValue("content-type")).contains("application/octet-stream");
    }

    @ParameterizedTest
    @CsvSource({
        "OPTIONS /anything, '', 200",
        "PUT /, '', 405",
        "DELETE /, '', 405",
        "POST /, 'Content-Length: 5\r\n', 405",
        "POST /, 'Transfer-Encoding: chunked\r\n', 405",
        "POST /, 'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 8388608\r\n', 405",
        "POST /, 'Content-Type: application/x-www-form-urlencoded; charset=x\r\nContent-Length: 10485760\r\n', 413",
        "POST /, 'Content-Length: 9999999999\r\n', 413",
        "GET /, 'Content-Length: 2147483648\r\n', 413",
        "GET /x.lua, '', 501",
        "GET /x.lua/y, '', 501",
    })
    void otherMethodsSizesAndScripts(String line, String headers, int status) throws Exception {
        open();

        try (RawClient client = RawClient.connect(live.plain())) {
            client.write(line + " HTTP/1.1\r\nHost: x\r\n" + headers.replace("\\r\\n", "\r\n") + "\r\n");

            String head = client.head();
            assertThat(head).startsWith("HTTP/1.1 " + status + " ");
            assertThat(head.contains("allow: GET, HEAD, OPTIONS\r\n")).isEqualTo(status == 200 || status == 405);
        }
    }

    @Test
    void aBodyIsThrownAwayAndTheNextRequestAnswered() throws Exception {
        open();

        try (RawClient client = RawClient.connect(live.plain())) {
            client.write("GET /in HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n\r\n" + "x".repeat(300_000) + "GET / HTTP/1.1\r\nHost: x\r\n\r\n");

            assertThat(client.head()).contains("content-length: 1\r\n");
            assertThat(client.bytes(1)).isEqualTo("1");
            assertThat(client.head()).contains("content-length: 11\r\n");
        }
    }

    @Test
    void theFirstRuleThatFitsReplacesThePath() throws Exception {
        open(Config.node("rewrites", List.of(
                rule("^/old/", "/app/main.js"), rule("^/o", "/"), rule("^/s$", "/x.lua"), rule("(x+x+)+y", "/app/"))));

        assertThat(get("/old/any?x=1").body()).isEqualTo("1");
        assertThat(get("/other").body()).isEqualTo("<p>home</p>");
        assertThat(get("/s").statusCode()).isEqualTo(501);
        // A rule that takes too long lets nothing pass: it may be there to keep something out.
        assertThat(get("/" + "x".repeat(1_000)).statusCode()).isEqualTo(500);
        assertThat(live.server.counters().get(VertoCount.SITE_REWRITES_OVER_BUDGET)).isEqualTo(1);
    }

    @Test
    void aPasswordIsAskedForAndALoginIsGoodForIt() throws Exception {
        open(Config.param("auth-realm", "jverto"), Config.param("auth-user", "web"), Config.param("auth-pass", "s3cret"));

        HttpResponse<String> without = get("/");
        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(without.headers().firstValue("www-authenticate")).contains("Basic realm=\"jverto\"");
        assertThat(get("/", "web", "s3cret").body()).isEqualTo("<p>home</p>");
        assertThat(get("/", "1001@test", "1234").body()).isEqualTo("<p>home</p>");
        assertThat(get("/", "web", "wrong").statusCode()).isEqualTo(401);
        assertThat(get("/", "1001@test", "wrong").statusCode()).isEqualTo(401);
        assertThat(get("/", "1001@test", "").statusCode()).isEqualTo(401);
        assertThat(get("/", "", "").statusCode()).isEqualTo(401);
        assertThat(get("/", "nobody@test", "1234").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer abc", "Basic", "Basic !!!", "Basic bm9jb2xvbg=="})
    void whatIsNoPasswordIsRefused(String authorization) throws Exception {
        open(Config.param("auth-realm", "jverto"));

        HttpResponse<String> response =
                http.send(request("/").header("Authorization", authorization).build(), HttpResponse.BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(401);
    }

    @Test
    void aConnectionThatHasShownAPasswordIsAskedAgain() throws Exception {
        open(Config.param("auth-realm", "jverto"));

        try (RawClient client = RawClient.connect(live.plain())) {
            client.write("GET /in HTTP/1.1\r\nHost: x\r\nAuthorization: " + basic("1001@test", "1234") + "\r\n\r\nGET /in HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.head()).contains(" 200 ");
            client.bytes(1);
            assertThat(client.head()).contains(" 401 ");
            client.bytes("A password is needed.\n".length());

            client.write("GET /in HTTP/1.1\r\nHost: x\r\nAuthorization: " + basic("1001@test", "1234") + "\r\n\r\n");
            assertThat(client.head()).contains(" 200 ");
        }
    }

    @Test
    void guessesAreSlowedDownLikeThoseAtALogin() throws Exception {
        open(Config.param("auth-realm", "jverto"), Config.param("auth-user", "web"), Config.param("auth-pass", "s3cret"));

        for (int i = 0; i < 6; i++) {
            assertThat(get("/", "web", "guess" + i).statusCode()).isEqualTo(401);
        }

        assertThat(get("/", "web", "s3cret").statusCode()).isEqualTo(401);
        assertThat(live.server.counters().get(VertoCount.LOGINS_THROTTLED)).isEqualTo(1);
        assertThat(live.server.counters().get(VertoCount.LOGINS_FAILED)).isEqualTo(6);
    }

    @Test
    void aSocketOnTheSamePortIsStillASocket() {
        open(Config.param("auth-realm", "jverto"));

        try (VertoTestClient client = VertoTestClient.connect(URI.create("ws://localhost:" + live.plain().getPort() + "/"))) {
            client.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"login\",\"params\":{}}");
            assertThat(client.next()).contains("Authentication Required");
        }
    }

    private void open(ConfigNode... params) {
        List<ConfigNode> all = new ArrayList<>(List.of(params));
        all.add(Config.param("root", root.toString()));
        live = new LiveServer(Config.node("vhosts", List.of(Config.node("vhost", all, "domain", "pbx.test"))));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String user, String password) throws IOException, InterruptedException {
        return http.send(request(path).header("Authorization", basic(user, password)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + live.plain().getPort() + path)).version(HttpClient.Version.HTTP_1_1);
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static ConfigNode rule(String expression, String value) {
        return Config.node("rule", List.of(), "expression", expression, "value", value);
    }
}
