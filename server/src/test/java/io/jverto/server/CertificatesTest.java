package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./jverto cert` as it is typed, and what openssl and a server make of it.
class CertificatesTest {
    private static final String NAME = "pbx.example.test";

    @TempDir
    private Path temp;

    private ServerFolder folder;
    private Path pem;
    private Path ca;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private Instant now = Clock.systemUTC().instant();

    @BeforeEach
    void copy() throws IOException {
        folder = new ServerFolder(temp);
        pem = temp.resolve("data/tls/wss.pem");
        ca = temp.resolve("data/tls/ca.pem");
    }

    @Test
    void initMakesAnAuthorityAndACertificateThatOpensslVerifies() throws Exception {
        assertThat(cert("init", "--fqdn", NAME, "--fqdn", "www." + NAME, "--address", "192.0.2.99")).as(said()).isZero();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pem))).isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ca))).isEqualTo("rw-r--r--");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ca.resolveSibling("ca.key")))).isEqualTo("rw-------");
        assertThat(Files.getOwner(pem)).isEqualTo(Files.getOwner(pem.getParent()));
        assertThat(openssl("verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", ca.toString(), "-verify_hostname", NAME, pem.toString()))
                .contains("wss.pem: OK");
        assertThat(openssl("verify", "-CAfile", ca.toString(), "-verify_ip", "192.0.2.99", pem.toString())).contains(": OK");
        assertThat(openssl("x509", "-in", pem.toString(), "-noout", "-text"))
                .contains("ecdsa-with-SHA256", "NIST CURVE: P-256", "DNS:" + NAME + ", DNS:www." + NAME + ", DNS:localhost", "IP Address:127.0.0.1");
    }

    @Test
    void whatRootMakesBelongsToWhomTheDataFolderBelongs() throws Exception {
        Path data = Files.createDirectory(temp.resolve("data"));
        UserPrincipal nobody = data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        try {
            Files.setOwner(data, nobody);
        } catch (FileSystemException notRoot) {
            assumeTrue(false, "only root can give files away");
        }

        assertThat(cert("init", "--fqdn", NAME)).isZero();

        for (Path made : List.of(pem.getParent(), pem, ca, ca.resolveSibling("ca.key"))) {
            assertThat(Files.getOwner(made)).as(made.toString()).isEqualTo(nobody);
        }
    }

    @Test
    void aServerShowsItToWhoHasTheAuthorityAndItsPageGivesThatToDevices() throws Exception {
        assertThat(cert("init", "--fqdn", NAME)).isZero();
        RunningServer server = RunningServer.start(folder.options("secret"));
        try {
            // The founding document's own check.
            assertThat(openssl("s_client", "-connect", "127.0.0.1:" + folder.wssPort, "-servername", NAME, "-CAfile", ca.toString(), "-verify_hostname", NAME,
                    "-verify_return_error", "-brief")).contains("Verification: OK").contains("Verified peername: " + NAME);

            HttpClient browser = trusting(ca);
            HttpResponse<String> page = get(browser, "/ca");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("iPhone", "Android", "Windows", "macOS", "Linux", "SHA-256 ");
            assertThat(get(browser, "/ca.pem").body()).isEqualTo(Files.readString(ca));
            assertThat(get(browser, "/ca.crt").headers().firstValue("content-type")).contains("application/x-x509-ca-cert");
            assertThat(get(browser, "/config.json").body()).contains("\"certificateAuthority\":\"ca\"");
        } finally {
            server.stop();
        }
    }

    @Test
    void withoutAPrivateAuthorityThereIsNoSuchPage() throws Exception {
        RunningServer server = RunningServer.start(folder.options("secret"));
        try {
            HttpClient browser = trusting(pem);
            assertThat(get(browser, "/ca").statusCode()).isEqualTo(404);
            assertThat(get(browser, "/config.json").body()).doesNotContain("certificateAuthority");
        } finally {
            server.stop();
        }
    }

    @Test
    void showSaysWhatIsThere() throws IOException {
        assertThat(cert("show")).isOne();
        assertThat(said()).contains("there is no file " + pem, "./jverto cert init");
        assertThat(cert("init", "--fqdn", NAME)).isZero();

        assertThat(cert("show")).isZero();

        assertThat(said()).contains("names    " + NAME + ", localhost", "issuer   CN=jverto private CA of " + NAME, "EC P-256, SHA256withECDSA", "private CA " + ca);
    }

    @Test
    void checkFindsNothingWrongAndThenWhatIs() throws Exception {
        assertThat(cert("init", "--fqdn", NAME)).isZero();
        assertThat(cert("check", "--fqdn", NAME)).as(said()).isZero();
        assertThat(said()).contains("0 errors, 0 warnings");

        assertThat(cert("check", "--fqdn", "other.example.test")).isEqualTo(2);
        assertThat(said()).contains("it is not good for other.example.test", "do:", "./jverto cert init --fqdn other.example.test");

        Files.setPosixFilePermissions(pem, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(cert("check")).isOne();
        assertThat(said()).contains("everybody on this machine can read " + pem, "chmod 600 " + pem);
        Files.setPosixFilePermissions(pem, PosixFilePermissions.fromString("rw-------"));

        now = now.plus(Duration.ofDays(500));
        assertThat(cert("check", "--json")).isEqualTo(2);
        assertThat(said()).startsWith("{\"errors\":1,").contains("expired on ", "renew it: ./jverto cert renew");

        String whole = Files.readString(pem);
        Files.writeString(pem, whole.substring(0, whole.length() - 40));
        assertThat(cert("check")).isEqualTo(2);
        assertThat(said()).contains("the file is cut off");

        Files.writeString(pem, whole.substring(0, whole.indexOf("-----BEGIN PRIVATE")) + Files.readString(ca.resolveSibling("ca.key")));
        assertThat(cert("check")).isEqualTo(2);
        assertThat(said()).contains("the key in " + pem + " is not that of the certificate there");
    }

    @Test
    void checkTellsOfACertificateThatNobodyVouchesFor() throws Exception {
        Files.createDirectories(pem.getParent());
        openssl("req", "-x509", "-newkey", "rsa:1024", "-sha1", "-nodes", "-days", "30", "-subj", "/CN=" + NAME, "-keyout", temp.resolve("key").toString(),
                "-out", temp.resolve("crt").toString());
        Files.writeString(pem, Files.readString(temp.resolve("key")) + Files.readString(temp.resolve("crt")));
        Files.setPosixFilePermissions(pem, PosixFilePermissions.fromString("rw-------"));

        assertThat(cert("check")).isEqualTo(2);

        assertThat(said()).contains("signed with SHA1withRSA", "RSA key has 1024 bits", "nobody vouches for it but itself", "it has no subjectAltName");
    }

    @Test
    void renewWaitsUntilItIsTimeAndKeepsTheNames() throws Exception {
        assertThat(cert("init", "--fqdn", NAME)).isZero();
        String first = Files.readString(pem);
        assertThat(cert("renew")).isZero();
        assertThat(said()).contains("nothing to do");
        assertThat(Files.readString(pem)).isEqualTo(first);

        now = now.plus(Duration.ofDays(300));
        assertThat(cert("renew")).isZero();

        assertThat(Files.readString(pem)).isNotEqualTo(first);
        assertThat(openssl("x509", "-in", pem.toString(), "-noout", "-ext", "subjectAltName")).contains("DNS:" + NAME + ", DNS:localhost");
    }

    @Test
    void aCertificateOfSomebodyElseIsReplacedOnlyByForce() throws Exception {
        assertThat(cert("init", "--fqdn", NAME)).isZero();
        Files.delete(ca);
        Files.delete(ca.resolveSibling("ca.key"));

        assertThat(cert("init", "--fqdn", NAME)).isOne();
        assertThat(said()).contains(pem + " holds a certificate that CN=jverto private CA of " + NAME + " issued", "--force");
        assertThat(cert("renew")).isOne();
        assertThat(said()).contains("was issued by CN=jverto private CA of " + NAME + "; get a new one there");

        assertThat(cert("init", "--fqdn", NAME, "--force")).isZero();
    }

    @Test
    void aNameThatIsNoneIsRefusedAndNothingIsMade() {
        assertThat(cert("init", "--fqdn", "https://pbx.example.test/")).isOne();
        assertThat(said()).contains("'https://pbx.example.test/' is not a host name; write it like pbx.example.com");
        assertThat(temp.resolve("data")).doesNotExist();
    }

    private int cert(String... arguments) {
        said.reset();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--conf", temp.resolve("conf").toString(), "--data", temp.resolve("data").toString()));
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new Certificates(out, out, Clock.fixed(now, ZoneOffset.UTC)).execute(all.toArray(String[]::new));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private HttpResponse<String> get(HttpClient browser, String path) throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(URI.create("https://localhost:" + folder.wssPort + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpClient trusting(Path pem) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(Files.newInputStream(pem));
        store.setCertificateEntry("ca", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private static String openssl(String... arguments) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "there is no openssl");
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectInput(Path.of("/dev/null").toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
