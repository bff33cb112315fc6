package io.jverto.server.certificate;

import com.sun.net.httpserver.HttpServer;
import io.jverto.server.startup.SecretFile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers by which an ACME authority sees that a name leads here (RFC 8555 section 8.3): in a folder, from which a server that runs gives them
/// away, and on a port of their own where that is free.
final class Challenges implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Challenges.class);
    private static final String PATH = "/.well-known/acme-challenge/";

    private final Path folder;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<Path> files = new ArrayList<>();
    private final Optional<HttpServer> own;

    private Challenges(Path folder, int port) {
        this.folder = folder;
        this.own = listen(port);
    }

    static Challenges open(Path folder, int port) throws IOException {
        SecretFile.folder(folder);
        return new Challenges(folder, port);
    }

    /// @param token as the authority asks for it: base64url
    void put(String token, String answer) throws IOException {
        if (!token.matches("[A-Za-z0-9_-]{1,128}")) {
            throw new IOException("the authority asks for something that is no token");
        }
        answers.put(PATH + token, answer);
        files.add(Files.writeString(folder.resolve(token), answer));
    }

    private Optional<HttpServer> listen(int port) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
            server.createContext(PATH, exchange -> {
                String answer = answers.get(exchange.getRequestURI().getPath());
                byte[] body = (answer == null ? "Nobody waits for this question.\n" : answer).getBytes(StandardCharsets.US_ASCII);
                exchange.sendResponseHeaders(answer == null ? 404 : 200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return Optional.of(server);
        } catch (IOException taken) {
            log.info("port {} cannot be opened ({}): whoever has it must pass {} on to the server", port, taken.getMessage(), PATH);
            return Optional.empty();
        }
    }

    /// Whether there is a port of their own.
    boolean isListening() {
        return own.isPresent();
    }

    @Override
    public void close() {
        own.ifPresent(server -> server.stop(0));
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException stays) {
                log.warn("{} cannot be deleted: {}", file, stays.getMessage());
            }
        }
    }
}
