package io.jverto.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Kamailio as a provider: registrar and proxy, which stays on the way of each call. It challenges what comes from 127.0.0.1; a telephone of its own has
/// the number `bob`, and calls to the numbers 302, 404 and 486 it answers by that itself.
final class Kamailio implements AutoCloseable {
    static final String ADDRESS = "127.0.0.3";
    static final String REALM = "proxy.test";
    static final String USER = "acme";
    static final String PASSWORD = "secret-there";
    private static final Path PROGRAM = Path.of("/usr/sbin/kamailio");
    private static final long PATIENCE_SECONDS = 20;
    private static final String MODULES = "tm sl rr pv maxfwd textops siputils usrloc registrar auth";
    private static final String ROUTES = """
            debug=1
            log_stderror=yes
            children=2
            disable_tcp=yes
            auto_aliases=no
            dns=no
            rev_dns=no
            listen=udp:ADDRESS:PORT
            MODULES
            modparam("usrloc", "db_mode", 0)

            request_route {
              if (!mf_process_maxfwd_header("20")) { sl_send_reply("483", "Too Many Hops"); exit; }
              if (is_method("CANCEL")) { if (t_check_trans()) { t_relay(); } exit; }
              if (has_totag()) {
                if (loose_route()) { t_relay(); exit; }
                if (is_method("ACK") && t_check_trans()) { t_relay(); exit; }
                if (!is_method("ACK")) { sl_send_reply("404", "No Route"); }
                exit;
              }
              t_check_trans();
              if (is_method("REGISTER")) {
                if (!pv_www_authenticate("REALM", "PASSWORD", "0") || $au != "USER") { www_challenge("REALM", "1"); exit; }
                save("location");
                exit;
              }
              if (is_method("OPTIONS")) { sl_send_reply("200", "Here"); exit; }
              if ($si == "127.0.0.1") {
                if (!pv_proxy_authenticate("REALM", "PASSWORD", "0") || $au != "USER") { proxy_challenge("REALM", "1"); exit; }
                consume_credentials();
              }
              record_route();
              switch ($rU) {
                case "302": append_to_reply("Contact: <sip:bob@ADDRESS:PORT>\\r\\n"); sl_send_reply("302", "Over There"); exit;
                case "404": sl_send_reply("404", "No Such Number"); exit;
                case "486": sl_send_reply("486", "Talks Already"); exit;
                case "bob": $ru = "sip:bob@TELEPHONE"; break;
                default: if (!lookup("location")) { sl_send_reply("480", "Not Here"); exit; }
              }
              t_relay();
            }
            """;

    final int port;
    private final Process process;
    private final Path log;

    /// @param telephone host and port of bob
    Kamailio(Path folder, String telephone) throws IOException {
        Path own = Files.createDirectories(folder.resolve("kamailio"));
        port = UdpPorts.free(ADDRESS);
        StringBuilder modules = new StringBuilder();
        for (String module : MODULES.split(" ")) {
            modules.append("loadmodule \"").append(module).append(".so\"\n");
        }
        Path config = Files.writeString(own.resolve("kamailio.cfg"), ROUTES.replace("MODULES\n", modules).replace("ADDRESS", ADDRESS)
                .replace("PORT", Integer.toString(port)).replace("REALM", REALM).replace("PASSWORD", PASSWORD).replace("USER", USER).replace("TELEPHONE", telephone));
        log = own.resolve("log");
        process = new ProcessBuilder(PROGRAM.toString(), "-f", config.toString(), "-DD", "-E", "-m", "32", "-M", "4", "-Y", own.toString(), "-w", own.toString())
                .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        UdpPorts.awaitListener(port, process::isAlive, this::log);
    }

    static void assumeInstalled() {
        assumeTrue(Files.isExecutable(PROGRAM), "Kamailio is not installed (on Debian: apt-get install kamailio)");
    }

    String log() {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// Its processes end with the first of them, when that is asked to.
    @Override
    public void close() {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroy();
        try {
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
