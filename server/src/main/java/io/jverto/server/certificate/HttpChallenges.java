package io.jverto.server.certificate;

import com.sun.net.httpserver.HttpServer;
import io.jverto.base.tls.CertificateProblem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.challenge.Challenge;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Texts by which an authority sees over HTTP that a name leads here: in files, which a server that runs gives away, and on a port of their own
/// where that is free.
final class HttpChallenges implements Challenges {
    private static final Logger log = LoggerFactory.getLogger(HttpChallenges.class);
    private static final String PATH = "/.well-known/acme-challenge/";
    private static final int HTTP = 80;

    private final ChallengeFiles files;
    private final int port;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Optional<HttpServer> own;

    HttpChallenges(ChallengeFiles files, int port) {
        this.files = files;
        this.port = port;
        this.own = listen();
    }

    @Override
    public String kind() {
        return Http01Challenge.TYPE;
    }

    @Override
    public Challenge prepare(Authorization authorization) throws IOException {
        Http01Challenge challenge = Challenges.find(authorization, Http01Challenge.class, kind());
        String token = challenge.getToken();
        if (!token.matches("[A-Za-z0-9_-]{1,128}")) {
            throw new CertificateProblem("the authority asks for something that is no token");
        }
        answers.put(PATH + token, challenge.getAuthorization());
        files.put(token, challenge.getAuthorization());
        return challenge;
    }

    @Override
    public String remedy() {
        return "the name must lead to this machine, and its port " + (port == HTTP ? "80" : "80, or what forwards it to " + port + ",") + " be open"
                + (own.isPresent() ? "" : " to whoever passes " + PATH + " on to this server (we could not open it ourselves)");
    }

    private Optional<HttpServer> listen() {
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

    @Override
    public void close() {
        own.ifPresent(server -> server.stop(0));
        files.delete();
    }
}
