package io.jverto.server;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A copy of the configuration that comes along, with free ports and the domain `pbx.test`.
final class ServerFolder {
    final int wsPort;
    final int wssPort;
    private final Path folder;

    ServerFolder(Path folder) throws IOException {
        this.folder = folder;
        Path from = Path.of("..", "conf");
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Files.copy(file, folder.resolve("conf").resolve(from.relativize(file).toString()));
            }
        }
        Files.createDirectories(folder.resolve("page"));
        Files.writeString(folder.resolve("page/index.html"), "<!doctype html>");
        try (ServerSocket one = new ServerSocket(0); ServerSocket other = new ServerSocket(0); DatagramSocket udp = new DatagramSocket(0)) {
            wsPort = one.getLocalPort();
            wssPort = other.getLocalPort();
            set("domain", "pbx.test");
            set("verto_ws_port", wsPort);
            set("verto_wss_port", wssPort);
            set("event_socket_port", 0);
            set("metrics_port", 0);
            // Room for the loops above it.
            set("rtp_start_port", Math.min(udp.getLocalPort(), 32_000));
        }
    }

    Options options(@Nullable String password) {
        return new Options(folder.resolve("conf"), folder.resolve("data"), folder.resolve("page"), password, false);
    }

    /// Puts extensions at the beginning of the users' context.
    void extensions(String xml) throws IOException {
        Path dialplan = folder.resolve("conf/dialplan/default.xml");
        Files.writeString(dialplan, Files.readString(dialplan).replace("<context name=\"default\">", "<context name=\"default\">\n" + xml));
    }

    /// Has this one SIP profile, on the loopback and a free port.
    ///
    /// @param gateways as they stand in a profile
    void sipProfile(String gateways) throws IOException {
        Files.writeString(folder.resolve("conf/autoload_configs/sofia.conf.xml"), """
                <configuration name="sofia.conf"><profiles><profile name="test">
                  <gateways>%s</gateways>
                  <settings><param name="sip-ip" value="127.0.0.1"/><param name="sip-port" value="0"/><param name="context" value="public"/>
                    <param name="rtp-ip" value="127.0.0.1"/><param name="outbound-codec-prefs" value="pcmu"/></settings>
                </profile></profiles></configuration>
                """.formatted(gateways));
    }

    /// Changes a variable of `vars.xml`.
    void set(String variable, Object value) throws IOException {
        Path vars = folder.resolve("conf/vars.xml");
        Files.writeString(vars, Files.readString(vars).replaceAll("data=\"" + variable + "=[^\"]*", "data=\"" + variable + "=" + value));
    }
}
