package io.jverto.server.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jverto.base.net.Addresses;
import io.jverto.server.config.ListenPlace;
import io.jverto.wire.jsonrpc.JsonText;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers monitoring over HTTP: `/metrics` in Prometheus's text format, `/health` as JSON with 200 or 503. On a port of its own, because the
/// page's is for everybody, and a proxy before it makes all callers local. Thread-safe.
public final class MetricsPort implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MetricsPort.class);
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final int THREADS = 2;
    /// Questions that wait for a thread.
    private static final int WAITING = 16;
    private static final String CONNECTIONS = "64";
    /// Seconds until a question has to be there, and an answer taken.
    private static final String PATIENCE = "10";

    static {
        limit("jdk.httpserver.maxConnections", CONNECTIONS);
        limit("sun.net.httpserver.maxReqTime", PATIENCE);
        limit("sun.net.httpserver.maxRspTime", PATIENCE);
    }

    private final ListenPlace place;
    private final HttpServer http;
    private final ExecutorService threads;

    private MetricsPort(ListenPlace place, HttpServer http, ExecutorService threads) {
        this.place = place;
        this.http = http;
        this.threads = threads;
    }

    /// Begins to listen.
    ///
    /// @throws IOException when the address cannot be listened on
    public static MetricsPort open(ListenPlace place, PrometheusMeterRegistry registry, Health health) throws IOException {
        HttpServer http = HttpServer.create(place.address(), WAITING);
        ExecutorService threads = new ThreadPoolExecutor(
                THREADS, THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(WAITING), Thread.ofPlatform().daemon().name("metrics-", 0).factory());
        MetricsPort port = new MetricsPort(place, http, threads);
        http.setExecutor(threads);
        http.createContext("/", port.answering("/", () -> new Answer(404, "text/plain; charset=utf-8", "There are /metrics and /health.\n")));
        http.createContext("/metrics", port.answering("/metrics", () -> new Answer(200, TEXT, registry.scrape(TEXT))));
        http.createContext("/health", port.answering("/health", () -> {
            Health.Report report = health.look();
            return new Answer(report.isWell() ? 200 : 503, "application/json", JsonText.write(report.text()) + "\n");
        }));
        http.start();
        log.info("metrics are at http://{}/metrics", Addresses.text(port.address()));
        return port;
    }

    /// @return where it listens
    public InetSocketAddress address() {
        return http.getAddress();
    }

    private record Answer(int status, String type, String text) {}

    private com.sun.net.httpserver.HttpHandler answering(String path, Supplier<Answer> asked) {
        return exchange -> {
            try (exchange) {
                send(exchange, answer(exchange, path, asked));
            }
        };
    }

    private Answer answer(HttpExchange exchange, String path, Supplier<Answer> asked) {
        if (!place.admits(exchange.getRemoteAddress().getAddress())) {
            return new Answer(403, "text/plain; charset=utf-8", "Your address may not ask; see apply-inbound-acl in metrics.conf.\n");
        }
        if (!exchange.getRequestMethod().equals("GET") && !exchange.getRequestMethod().equals("HEAD")) {
            return new Answer(405, "text/plain; charset=utf-8", "Only GET and HEAD are answered here.\n");
        }
        if (!path.equals("/") && !exchange.getRequestURI().getPath().equals(path)) {
            return new Answer(404, "text/plain; charset=utf-8", "There are /metrics and /health.\n");
        }
        try {
            return asked.get();
        } catch (RuntimeException bug) { // whoever asks is told nothing of it
            log.error("{} cannot be answered because of a bug", path, bug);
            return new Answer(500, "text/plain; charset=utf-8", "The server's log says why.\n");
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.text().getBytes(StandardCharsets.UTF_8);
        boolean bare = exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().set("content-type", answer.type());
        exchange.getResponseHeaders().set("cache-control", "no-store");
        exchange.getResponseHeaders().set("x-content-type-options", "nosniff");
        exchange.sendResponseHeaders(answer.status(), bare ? -1 : body.length);
        if (!bare) {
            exchange.getResponseBody().write(body);
        }
    }

    private static void limit(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
