package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/// A program at the event socket, which takes what comes in its order.
final class EslClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    EslClient(InetSocketAddress address) throws IOException {
        this(new Socket(address.getAddress(), address.getPort()));
    }

    /// A program that the server has connected to.
    EslClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /// Something that came.
    record Frame(Map<String, String> headers, String body) {
        String type() {
            return headers.getOrDefault("Content-Type", "");
        }

        String reply() {
            return headers.getOrDefault("Reply-Text", "");
        }

        /// Of an event in plain text.
        Map<String, String> event() {
            return headersOf(body.substring(0, body.indexOf("\n\n")), true);
        }

        String eventBody() {
            return body.substring(body.indexOf("\n\n") + 2);
        }
    }

    /// @param password empty for one who says nothing
    static EslClient loggedIn(InetSocketAddress address, String password) throws IOException {
        EslClient client = new EslClient(address);
        assertThat(client.next().type()).isEqualTo("auth/request");
        assertThat(client.ask("auth " + password).reply()).isEqualTo("+OK accepted");
        return client;
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Says something and takes the next reply, whatever comes in between.
    Frame ask(String command) throws IOException {
        send(command + "\n\n");
        return await(frame -> frame.type().equals("command/reply") || frame.type().equals("api/response"));
    }

    String api(String command) throws IOException {
        return ask("api " + command).body();
    }

    Frame awaitEvent(String name) throws IOException {
        return await(frame -> frame.type().equals("text/event-plain") && frame.event().get("Event-Name").equals(name));
    }

    Frame await(Predicate<Frame> wanted) throws IOException {
        Frame frame = next();
        while (!wanted.test(frame)) {
            frame = next();
        }
        return frame;
    }

    Frame next() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.UTF_8).endsWith("\n\n")) {
            int next = in.read();
            assertThat(next).as("closed after " + head).isNotNegative();
            head.write(next);
        }
        Map<String, String> headers = headersOf(head.toString(StandardCharsets.UTF_8), false);
        int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
        return new Frame(headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    /// Takes whatever comes until the server closes the connection.
    ///
    /// @return all of it
    String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static Map<String, String> headersOf(String text, boolean encoded) {
        Map<String, String> headers = new LinkedHashMap<>();
        text.lines().filter(line -> !line.isEmpty()).forEach(line -> {
            int colon = line.indexOf(": ");
            assertThat(colon).as(line).isPositive();
            String value = line.substring(colon + 2);
            headers.put(line.substring(0, colon), encoded ? URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8) : value);
        });
        return headers;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
