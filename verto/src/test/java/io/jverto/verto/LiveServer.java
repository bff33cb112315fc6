package io.jverto.verto;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigNode.Origin;
import io.jverto.base.time.SystemTime;
import io.jverto.base.tls.CertificateProblem;
import io.jverto.base.tls.PemFile;
import io.jverto.base.tls.ServerCertificate;
import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.verto.connect.PageHandler;
import io.jverto.verto.site.SiteReply;
import io.jverto.verto.site.SiteRequest;
import io.jverto.verto.profile.VertoConfig;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// The endpoint on loopback sockets: the first listener in the clear, the second over TLS.
final class LiveServer implements AutoCloseable {
    static final String CERTIFICATE = "src/test/resources/tls/localhost.pem";
    static final String OTHER_CERTIFICATE = "src/test/resources/tls/renewed.pem";

    final FakeSwitch calls;
    final VertoServer server;

    /// @param more params of the profile
    LiveServer(ConfigNode... more) {
        this(List.of(), more);
    }

    /// @param settings params of `<settings>`
    /// @param more params of the profile
    LiveServer(List<ConfigNode> settings, ConfigNode... more) {
        SystemTime time = new SystemTime();
        calls = new FakeSwitch(time);
        ConfigNode secure = new ConfigNode(
                "param",
                Map.of("name", "bind-local", "value", "127.0.0.1:0", "secure", "true"),
                List.of(),
                "",
                new Origin("verto.conf.xml", 9));
        List<ConfigNode> params = new ArrayList<>(List.of(
                Config.param("bind-local", "127.0.0.1:0"),
                secure,
                Config.param("secure-combined", CERTIFICATE),
                Config.param("userauth", "true"),
                Config.param("force-register-domain", "test")));
        params.addAll(List.of(more));
        VertoConfig config = VertoConfig.read(
                Config.configuration(settings, params),
                problem -> {
                    throw new AssertionError(problem.toString());
                });
        server = new VertoServer(
                config, new VertoServer.Environment(calls, new EventChannels(), new Commands(), Config::directory, time, new Random(1), new Page()));
        calls.endpoint(server.endpoint());
        List<?> problems = server.open();
        if (!problems.isEmpty()) {
            throw new AssertionError(problems.toString());
        }
    }

    InetSocketAddress plain() {
        return server.addresses().getFirst();
    }

    InetSocketAddress secure() {
        return server.addresses().getLast();
    }

    /// For an ACME authority that asks for `proof.test` it has another certificate. Says what it was asked; below `/files/` it has whatever file the rest of the path names, and `/said` says a body again.
    private static final class Page implements PageHandler {
        @Override
        public PageResponse handle(PageRequest request) {
            String text = request.method() + " " + request.path() + " " + request.query() + " " + request.secure();
            return new PageResponse(200, Map.of("content-type", "text/plain"), text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public boolean isFile(String path) {
            return path.startsWith("/files/") || path.equals("/said");
        }

        @Override
        public Optional<ServerCertificate> proof(String host) {
            try {
                PemFile pem = PemFile.read(Path.of(OTHER_CERTIFICATE));
                return host.equals("proof.test") ? Optional.of(ServerCertificate.of(pem, pem, pem)) : Optional.empty();
            } catch (CertificateProblem unusable) {
                throw new AssertionError(unusable);
            }
        }

        @Override
        public SiteReply file(SiteRequest request) {
            if (request.path().equals("/said")) {
                return new SiteReply.Words(200, Map.of(), request.method() + " " + request.body());
            }
            return new SiteReply.Content(Path.of(request.path().substring("/files".length())), "audio/wav");
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
