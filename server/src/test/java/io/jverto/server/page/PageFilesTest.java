package io.jverto.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.verto.connect.PageHandler.PageRequest;
import io.jverto.verto.connect.PageHandler.PageResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageFilesTest {
    @TempDir
    Path folder;

    private PageFiles page;

    @BeforeEach
    void writesAPage() throws IOException {
        Files.createDirectories(folder.resolve("page/assets"));
        Files.writeString(folder.resolve("page/index.html"), "<!doctype html>");
        Files.writeString(folder.resolve("page/assets/main-1a2b.js"), "run()");
        Files.writeString(folder.resolve("page/assets/main-1a2b.js.br"), "brotli");
        Files.writeString(folder.resolve("page/assets/main-1a2b.js.gz"), "gzip");
        Files.writeString(folder.resolve("page/alone.gz"), "an archive");
        Files.createDirectories(folder.resolve("page/sdk"));
        Files.writeString(folder.resolve("page/sdk/jverto.js"), "export {}");
        Files.writeString(folder.resolve("secret"), "secret");
        page = PageFiles.read(folder.resolve("page"));
    }

    @Test
    void showsTheIndexAtTheRoot() {
        PageResponse response = request("GET", "/", Map.of());

        assertThat(response.status()).isEqualTo(200);
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo("<!doctype html>");
        assertThat(response.headers())
                .containsEntry("content-type", "text/html; charset=utf-8")
                .containsEntry("cache-control", "no-cache")
                .containsEntry("x-content-type-options", "nosniff")
                .containsKeys("content-security-policy", "referrer-policy", "permissions-policy");
    }

    @Test
    void letsBrowsersKeepFilesThatAreNamedByTheirHash() {
        PageResponse response = request("GET", "/assets/main-1a2b.js", Map.of());

        assertThat(response.headers())
                .containsEntry("content-type", "text/javascript; charset=utf-8")
                .extractingByKey("cache-control").asString().contains("immutable");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "gzip, deflate, br | br | brotli",
        "gzip              | gzip | gzip",
        "br;q=0, gzip      | gzip | gzip",
        "br; q=0.5         | br | brotli",
        "identity          | | run()",
        "''                | | run()"
    })
    void sendsTheTightestFormThatTheBrowserReads(String accepted, @Nullable String coding, String body) {
        PageResponse response = request("GET", "/assets/main-1a2b.js", Map.of("accept-encoding", accepted));

        assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo(body);
        assertThat(response.headers().get("content-encoding")).isEqualTo(coding);
        assertThat(response.headers())
                .containsEntry("content-type", "text/javascript; charset=utf-8")
                .containsEntry("vary", "accept-encoding");
    }

    @Test
    void aTagIsOfOneFormAlone() {
        Map<String, String> brotli = Map.of("accept-encoding", "br");
        String tag = request("GET", "/assets/main-1a2b.js", brotli).headers().get("etag");

        assertThat(request("GET", "/assets/main-1a2b.js", Map.of("accept-encoding", "br", "if-none-match", tag)).status()).isEqualTo(304);
        assertThat(request("GET", "/assets/main-1a2b.js", Map.of("if-none-match", tag)).status()).isEqualTo(200);
    }

    @Test
    void compressedFormsAreNoFilesOfTheirOwn() {
        assertThat(request("GET", "/assets/main-1a2b.js.br", Map.of()).status()).isEqualTo(404);
        assertThat(request("GET", "/alone.gz", Map.of()).status()).isEqualTo(200);
        assertThat(request("GET", "/", Map.of("accept-encoding", "br")).headers()).doesNotContainKeys("content-encoding", "vary");
    }

    @Test
    void letsPagesOfOtherServersLoadTheLibraryAndNothingElse() {
        assertThat(request("GET", "/sdk/jverto.js", Map.of()).headers()).containsEntry("access-control-allow-origin", "*");
        assertThat(request("GET", "/", Map.of()).headers()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void sendsNothingAgainThatTheBrowserHas() {
        String tag = request("GET", "/", Map.of()).headers().get("etag");

        PageResponse response = request("GET", "/", Map.of("if-none-match", "\"other\", W/" + tag));

        assertThat(response.status()).isEqualTo(304);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void hasNoFileOutsideItsFolder() {
        for (String path : new String[] {"/../secret", "/..%2fsecret", "//secret", "/assets/../../secret", "/assets", "/\0", ""}) {
            assertThat(request("GET", path, Map.of()).status()).isEqualTo(404);
        }
    }

    @Test
    void answersNoOtherMethod() {
        PageResponse response = request("POST", "/", Map.of());

        assertThat(response.status()).isEqualTo(405);
        assertThat(response.headers()).containsEntry("allow", "GET, HEAD");
    }

    @Test
    void saysThatThePageIsNotBuilt() throws IOException {
        PageFiles none = PageFiles.read(folder.resolve("missing"));

        PageResponse response = none.handle(new PageRequest("GET", "/", "", Map.of(), true));

        assertThat(none.hasIndex()).isFalse();
        assertThat(response.status()).isEqualTo(404);
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).contains("./jverto run");
    }

    private PageResponse request(String method, String path, Map<String, String> headers) {
        return page.handle(new PageRequest(method, path, "", headers, true));
    }
}
