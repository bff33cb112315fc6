package io.jverto.bench.load;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/// A copy of the configuration that comes along, for a server of ours on free ports whose users may ask for its ticks.
final class OwnConfiguration {
    /// In the data folder, when nobody chose another password.
    static final String PASSWORD_FILE = "default_password";
    private static final int MAX_FIRST_RTP = 32_000;

    private final Path folder;
    private final int port;

    /// @param from the configuration folder
    /// @param to made
    OwnConfiguration(Path from, Path to) throws IOException {
        this.folder = to;
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        try (ServerSocket wss = new ServerSocket(0); ServerSocket ws = new ServerSocket(0); ServerSocket events = new ServerSocket(0);
                DatagramSocket udp = new DatagramSocket(0)) {
            port = wss.getLocalPort();
            set("verto_wss_port", port);
            set("verto_ws_port", ws.getLocalPort());
            set("event_socket_port", events.getLocalPort());
            set("metrics_port", 0);
            set("rtp_start_port", Math.min(udp.getLocalPort(), MAX_FIRST_RTP));
        }
        Path users = folder.resolve("directory/default.xml");
        Files.writeString(users, Files.readString(users)
                .replace("name=\"jsonrpc-allowed-methods\" value=\"verto\"", "name=\"jsonrpc-allowed-methods\" value=\"verto,jsapi,fsapi\"")
                .replace("<!-- <param name=\"jsonrpc-allowed-fsapi\" value=\"status,show\"/> -->", "<param name=\"jsonrpc-allowed-fsapi\" value=\"media\"/>")
                .replace("<!-- <param name=\"jsonrpc-allowed-jsapi\" value=\"status\"/> -->", "<param name=\"jsonrpc-allowed-jsapi\" value=\"fsapi\"/>"));
    }

    private void set(String variable, int value) throws IOException {
        Path vars = folder.resolve("vars.xml");
        Files.writeString(vars, Files.readString(vars)
                .replaceAll("data=\"" + variable + "=[^\"]*", Matcher.quoteReplacement("data=\"" + variable + "=" + value)));
    }

    /// @return of secure WebSockets
    int port() {
        return port;
    }

    String url() {
        return "wss://127.0.0.1:" + port + "/";
    }

    Path folder() {
        return folder;
    }

    /// @param data the server's data folder
    /// @return the password of the users that come along
    static String password(Path data) {
        String chosen = System.getenv("JVERTO_DEFAULT_PASSWORD");
        if (chosen != null) {
            return chosen;
        }
        return kept(data);
    }

    /// @return the one that the server has made up
    static String kept(Path data) {
        try {
            return Files.readString(data.resolve(PASSWORD_FILE)).strip();
        } catch (IOException unreadable) {
            throw new CannotLoad("no password: " + data.resolve(PASSWORD_FILE) + " cannot be read; give --password");
        }
    }

    /// Waits until somebody listens.
    ///
    /// @param alive whether there is still something to wait for
    /// @return false when nobody does within that time
    static boolean awaitPort(int port, double seconds, BooleanSupplier alive) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < end && alive.getAsBoolean()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException notYet) {
                Pace.sleepSeconds(0.05);
            }
        }
        return false;
    }
}
