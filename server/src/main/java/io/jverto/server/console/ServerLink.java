package io.jverto.server.console;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A connection to the event socket of a server, logged in. One thread asks; what comes by itself is given to a listener on another.
final class ServerLink implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final Duration LOGIN = Duration.ofSeconds(15);

    private final Socket socket;
    private final InputStream in;
    private final LinkedBlockingQueue<Optional<Frame>> replies = new LinkedBlockingQueue<>();
    private volatile boolean open = true;

    private ServerLink(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /// The server does not want us.
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        Refused(String why) {
            super(why);
        }
    }

    /// @param unasked takes events and log lines, and at the end of the connection an empty value
    /// @throws Refused when the password is wrong, or this machine may not connect
    static ServerLink connect(InetSocketAddress address, String password, Consumer<Optional<Frame>> unasked) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(address, CONNECT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) LOGIN.toMillis());
            ServerLink link = new ServerLink(socket);
            link.logIn(password);
            socket.setSoTimeout(0);
            Thread.ofPlatform().daemon().name("replies").start(() -> link.read(unasked));
            return link;
        } catch (IOException trouble) {
            socket.close();
            throw trouble;
        }
    }

    private void logIn(String password) throws IOException {
        Frame greeting = Frame.read(in).orElseThrow(() -> new Refused("it closes the connection at once"));
        if (!greeting.type().equals("auth/request")) {
            throw new Refused(greeting.body().strip());
        }
        write("auth " + password.replace("\n", "") + "\n\n");
        String reply = Frame.read(in).map(Frame::reply).orElse("");
        if (!reply.startsWith("+OK")) {
            throw new Refused("the password is wrong, or too many were before");
        }
    }

    private void read(Consumer<Optional<Frame>> unasked) {
        try {
            for (Optional<Frame> frame = Frame.read(in); frame.isPresent(); frame = Frame.read(in)) {
                switch (frame.get().type()) {
                    case "command/reply", "api/response" -> replies.add(frame);
                    default -> unasked.accept(frame);
                }
            }
        } catch (IOException gone) {
            // the end, whatever the reason
        }
        open = false;
        replies.add(Optional.empty());
        unasked.accept(Optional.empty());
    }

    boolean isOpen() {
        return open;
    }

    /// Runs a command of the API and waits for what it says.
    ///
    /// @return empty when the server is gone
    Optional<String> api(String line) throws IOException {
        return ask("api " + oneLine(line)).map(Frame::body);
    }

    /// Says a command of the protocol.
    ///
    /// @return the reply's text; empty when the server is gone
    Optional<String> command(String line) throws IOException {
        return ask(oneLine(line)).map(Frame::reply);
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ').replace('\r', ' ').strip();
    }

    private Optional<Frame> ask(String line) throws IOException {
        write(line + "\n\n");
        try {
            Optional<Frame> reply = replies.poll(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
            return reply == null ? Optional.empty() : reply;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
