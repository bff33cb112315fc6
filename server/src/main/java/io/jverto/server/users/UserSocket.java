package io.jverto.server.users;

import io.jverto.base.Program;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.time.TimeSource;
import io.jverto.wire.jsonrpc.JsonText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way from `./jverto user` to the server that runs: a Unix domain socket in a folder that the server's user alone can enter. One request
/// as a line of JSON, one reply, the end. Thread-safe.
public final class UserSocket implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(UserSocket.class);
    private static final String FOLDER = "run";
    private static final String NAME = "users";
    private static final int AT_ONCE = 8;

    private final ServerSocketChannel channel;
    private final Path file;
    private final UnaryOperator<JsonObject> work;
    private final Semaphore places = new Semaphore(AT_ONCE);

    private UserSocket(ServerSocketChannel channel, Path file, UnaryOperator<JsonObject> work) {
        this.channel = channel;
        this.file = file;
        this.work = work;
    }

    /// Opens it. Without it the server goes on, and the log says what does not work then.
    ///
    /// @param data the data folder
    public static Optional<UserSocket> open(Path data, TimeSource time, UnaryOperator<JsonObject> work) {
        Path file = file(data);
        try {
            makeFolder(file.getParent());
            if (answers(file)) {
                throw new IOException("another server uses the folder");
            }
            Files.deleteIfExists(file);
            ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(file));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            UserSocket socket = new UserSocket(channel, file, work);
            time.start("users socket", () -> socket.serve(time));
            return Optional.of(socket);
        } catch (IOException wrong) {
            log.warn("{} cannot be opened ({}): '" + Program.command("user") + "' works only while the server is stopped", file, wrong.getMessage());
            return Optional.empty();
        }
    }

    /// Asks the server that runs with this data folder.
    ///
    /// @return its reply; empty when there is none
    /// @throws IOException when it went away in the middle, so that nobody knows whether it was done
    public static Optional<JsonObject> ask(Path data, JsonObject request) throws IOException {
        SocketChannel channel;
        try {
            channel = SocketChannel.open(UnixDomainSocketAddress.of(file(data)));
        } catch (IOException nobody) {
            return Optional.empty();
        }
        try (channel) {
            write(channel, request);
            return Optional.of(read(channel).orElseThrow(() -> new IOException("the server ended before it replied; ask it again")));
        }
    }

    private static Path file(Path data) {
        return data.toAbsolutePath().resolve(FOLDER).resolve(NAME);
    }

    private static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    private static boolean answers(Path file) {
        try (SocketChannel somebody = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
            return somebody.isConnected();
        } catch (IOException nobody) {
            return false;
        }
    }

    private void serve(TimeSource time) {
        while (channel.isOpen()) {
            try {
                SocketChannel client = channel.accept();
                if (places.tryAcquire()) {
                    time.start("users request", () -> serve(client));
                } else {
                    client.close();
                }
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException trouble) {
                log.warn("{} can be asked no more: {}", file, trouble.getMessage());
                return;
            }
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            Optional<JsonObject> request = read(client);
            if (request.isPresent()) {
                write(client, work.apply(request.get()));
            }
        } catch (IOException gone) {
            log.debug("whoever asked is gone", gone);
        } finally {
            places.release();
        }
    }

    private static Optional<JsonObject> read(SocketChannel channel) throws IOException {
        BufferedReader reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
        StringBuilder line = new StringBuilder();
        for (int c = reader.read(); c >= 0 && c != '\n' && line.length() <= JsonText.MAX_LENGTH; c = reader.read()) {
            line.append((char) c);
        }
        return JsonText.parse(line.toString()).flatMap(JsonValue::asObject);
    }

    private static void write(SocketChannel channel, JsonObject object) throws IOException {
        OutputStream out = Channels.newOutputStream(channel);
        out.write((JsonText.write(object) + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(file);
        } catch (IOException trouble) {
            log.debug("closing {}", file, trouble);
        }
    }
}
