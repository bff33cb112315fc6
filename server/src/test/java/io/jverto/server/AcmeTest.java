package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Certificates from Pebble, the ACME server that Let's Encrypt tests with. Its names come from a DNS of its own that leads all to this machine.
class AcmeTest {
    private static final String NAME = "pbx.example.test";

    @TempDir
    private Path temp;

    private ServerFolder folder;
    private final List<Process> running = new ArrayList<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private int httpPort;
    private int tlsPort;
    private int dnsPort;
    private int directoryPort;

    @BeforeEach
    void startPebble() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/pebble")) && Files.isExecutable(Path.of("/usr/bin/openssl")), "there is no pebble");
        folder = new ServerFolder(temp);
        run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
                "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", "pebble.key", "-out", "pebble.crt").waitFor(30, TimeUnit.SECONDS);
        int dns = freeUdp();
        httpPort = free();
        tlsPort = free();
        dnsPort = free();
        directoryPort = free();
        Files.writeString(temp.resolve("pebble.json"), """
                {"pebble":{"listenAddress":"127.0.0.1:%d","managementListenAddress":"127.0.0.1:%d","certificate":"pebble.crt","privateKey":"pebble.key",
                "httpPort":%d,"tlsPort":%d,"ocspResponderURL":"","externalAccountBindingRequired":false}}
                """.formatted(directoryPort, free(), httpPort, tlsPort));
        start("Starting management server", "pebble-challtestsrv", "-defaultIPv6", "", "-dns01", "127.0.0.1:" + dns, "-http01", "", "-https01", "", "-tlsalpn01", "",
                "-management", "127.0.0.1:" + dnsPort);
        start("ACME directory available", "pebble", "-config", "pebble.json", "-dnsserver", "127.0.0.1:" + dns);
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : running) {
            process.destroy();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aCertificateIsGotOnAPortOfItsOwnAndRenewed() throws IOException {
        assertThat(acme("--fqdn", NAME, "--fqdn", "www." + NAME, "--email", "admin@example.com")).as(said()).isZero();
        // The authority puts the names in any order.
        assertThat(said()).containsAnyOf("for " + NAME + ", www." + NAME, "for www." + NAME + ", " + NAME);

        assertThat(cert("show")).isZero();
        assertThat(said()).contains("issuer   CN=Pebble Intermediate CA").contains("chain    2 certificates");
        String first = Files.readString(temp.resolve("data/tls/wss.pem"));
        assertThat(cert("renew")).as(said()).isZero();
        assertThat(said()).contains("nothing to do");
        assertThat(cert("renew", "--force")).as(said()).isZero();
        assertThat(Files.readString(temp.resolve("data/tls/wss.pem"))).isNotEqualTo(first);
        assertThat(temp.resolve("data/tls/acme")).isEmptyDirectory();
    }

    @Test
    void theServersOwnPlainPortAnswersWhereItHasThatPort() throws IOException {
        folder.set("verto_ws_port", httpPort);
        RunningServer server = RunningServer.start(folder.options("secret"));
        try {
            assertThat(acme("--fqdn", NAME)).as(said()).isZero();
        } finally {
            server.stop();
        }
    }

    @Test
    void aNameThatDoesNotLeadHereIsToldWithWhatTheAuthoritySaw() throws IOException {
        HttpServer somebodyElse = HttpServer.create(new InetSocketAddress(httpPort), 0); // knows nothing of what is asked
        somebodyElse.start();
        try {
            assertThat(acme("--fqdn", "other.example.test")).isOne();
        } finally {
            somebodyElse.stop(0);
        }

        assertThat(said()).contains("the authority did not find us at other.example.test by http-01: ", "the name must lead to this machine", "we could not open it ourselves");
        assertThat(temp.resolve("data/tls/wss.pem")).doesNotExist();
    }

    @Test
    void aCertificateIsProvedOverTlsOnAPortOfItsOwn() throws IOException {
        assertThat(acme("--fqdn", NAME, "--fqdn", "www." + NAME, "--challenge", "tls-alpn-01", "--tls-port", Integer.toString(tlsPort))).as(said()).isZero();
        assertThat(cert("renew", "--force")).as(said()).isZero();
        assertThat(temp.resolve("data/tls/acme")).isEmptyDirectory();
    }

    @Test
    void theServersOwnPortOfTlsProvesItWhereItHasThatPort() throws IOException {
        folder.set("verto_wss_port", tlsPort);
        RunningServer server = RunningServer.start(folder.options("secret"));
        try {
            assertThat(acme("--fqdn", NAME, "--challenge", "tls-alpn-01", "--tls-port", Integer.toString(tlsPort))).as(said()).isZero();
        } finally {
            server.stop();
        }
        assertThat(cert("show")).isZero();
        assertThat(said()).contains("issuer   CN=Pebble Intermediate CA");
    }

    @Test
    void aProgramProvesNamesWithAStarByTheDns() throws IOException {
        Path hook = program("""
                #!/bin/bash
                echo "$1 $2" >>"${0%%/*}/called"
                path=/set-txt; [[ $1 == present ]] || path=/clear-txt
                body="{\\"host\\":\\"$2\\",\\"value\\":\\"$3\\"}"
                exec 3<>/dev/tcp/127.0.0.1/%d
                printf 'POST %%s HTTP/1.0\\r\\nContent-Length: %%d\\r\\n\\r\\n%%s' "$path" "${#body}" "$body" >&3
                read -r _ status _ <&3; [[ $status == 200 ]]
                """.formatted(dnsPort));

        assertThat(acme("--fqdn", "*." + NAME, "--fqdn", "other.example.test", "--dns-hook", hook.toString(), "--dns-wait", "0")).as(said()).isZero();

        assertThat(said()).contains("*." + NAME);
        assertThat(Files.readAllLines(temp.resolve("called"))).containsExactlyInAnyOrder(
                "present _acme-challenge." + NAME + ".", "present _acme-challenge.other.example.test.",
                "cleanup _acme-challenge." + NAME + ".", "cleanup _acme-challenge.other.example.test.");
        assertThat(cert("renew", "--force")).as(said()).isZero();
        assertThat(temp.resolve("data/tls/acme")).isEmptyDirectory();
    }

    @Test
    void aProgramThatFailsIsToldWithWhatItSaid() throws IOException {
        Path hook = program("#!/bin/sh\necho the key of the provider is missing; exit 3\n");

        assertThat(acme("--fqdn", NAME, "--dns-hook", hook.toString())).isOne();
        assertThat(said()).contains(hook + " present _acme-challenge." + NAME + ". ended with 3: the key of the provider is missing");

        assertThat(acme("--fqdn", NAME, "--dns-hook", temp.resolve("none").toString())).isOne();
        assertThat(said()).contains("the program " + temp.resolve("none") + " of --dns-hook cannot be run");
    }

    @Test
    void aNameWithAStarIsToldWhatItNeeds() {
        assertThat(acme("--fqdn", "*." + NAME)).isOne();
        assertThat(said()).contains("the authority does not prove " + NAME + " by http-01, as names with * are proved by dns-01 alone: --dns-hook PROGRAM");

        assertThat(acme("--fqdn", NAME, "--challenge", "dns-02")).isOne();
        assertThat(said()).contains("--challenge is 'dns-02': write http-01, tls-alpn-01 or dns-01");
    }

    @Test
    void anAuthorityThatIsNotThereIsToldWithItsAddress() throws IOException {
        directoryPort = free();

        assertThat(acme("--fqdn", NAME)).isOne();

        assertThat(said()).contains("no certificate from https://127.0.0.1:" + directoryPort + "/dir: ");
    }

    private Path program(String text) throws IOException {
        Path file = Files.writeString(temp.resolve("hook"), text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private int acme(String... arguments) {
        List<String> all = new ArrayList<>(List.of("acme", "--directory", "https://127.0.0.1:" + directoryPort + "/dir", "--directory-ca",
                temp.resolve("pebble.crt").toString(), "--http-port", Integer.toString(httpPort)));
        all.addAll(List.of(arguments));
        return cert(all.toArray(String[]::new));
    }

    private int cert(String... arguments) {
        said.reset();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--conf", temp.resolve("conf").toString(), "--data", temp.resolve("data").toString()));
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new Certificates(out, out, Clock.systemUTC()).execute(all.toArray(String[]::new));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private Process run(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(temp.toFile()).redirectErrorStream(true);
        builder.environment().put("PEBBLE_VA_NOSLEEP", "1");
        return builder.start();
    }

    /// Starts a program that goes on, and waits until it says that.
    private void start(String ready, String... command) throws IOException {
        Process process = run(command);
        running.add(process);
        BufferedReader output = process.inputReader();
        StringBuilder all = new StringBuilder();
        for (String line = output.readLine(); line == null || !line.contains(ready); line = output.readLine()) {
            if (line == null) {
                throw new AssertionError(String.join(" ", command) + " ended:\n" + all);
            }
            all.append(line).append('\n');
        }
        Thread.ofVirtual().start(() -> output.lines().forEach(_ -> { }));
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static int freeUdp() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
