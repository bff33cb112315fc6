package io.jverto.bench.load;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Where the load goes and as whom, and what becomes of the figures: options of every kind of load.
final class Target {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})-(\\d{1,9})");
    private static final int DEFAULT_TIMEOUT = 30;
    private static final int TLS_PORT = 443;
    private static final int PLAIN_PORT = 80;

    @Option(names = "--url", paramLabel = "URL", defaultValue = "wss://127.0.0.1:8082/", description = "ws or wss (default: ${DEFAULT-VALUE})")
    private String url = "";

    @Option(names = "--user", paramLabel = "U", defaultValue = "1000-1019", description = "user, or a range of users that take turns (default: ${DEFAULT-VALUE})")
    private String user = "";

    @Option(
            names = "--password",
            paramLabel = "P",
            defaultValue = "${env:JVERTO_DEFAULT_PASSWORD}",
            description = "their password (default: $JVERTO_DEFAULT_PASSWORD; on this machine what is in data/default_password)")
    private @Nullable String password;

    @Option(names = "--insecure", description = "take any certificate, for instance a self-signed one; on this machine it is always taken")
    private boolean insecure;

    @Mixin
    private Measured measured = new Measured();

    @Option(names = "--timeout", paramLabel = "S", defaultValue = "30", description = "seconds that an answer may take (default: ${DEFAULT-VALUE})")
    private int timeoutSeconds;

    /// A server that we started ourselves, whose certificate nobody knows.
    static Target of(String url, String password) {
        Target target = new Target();
        target.url = url;
        target.user = "1000-1019";
        target.password = password;
        target.insecure = true;
        target.timeoutSeconds = DEFAULT_TIMEOUT;
        return target;
    }

    URI uri() {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException wrong) {
            throw new CannotLoad("--url is none: " + url);
        }
        if (uri.getHost() == null || !("ws".equals(uri.getScheme()) || "wss".equals(uri.getScheme()))) {
            throw new CannotLoad("--url must look like wss://host:8082/, not " + url);
        }
        return uri;
    }

    int port() {
        URI uri = uri();
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return isSecure() ? TLS_PORT : PLAIN_PORT;
    }

    boolean isSecure() {
        return "wss".equals(uri().getScheme());
    }

    boolean takesAnyCertificate() {
        return insecure || isHere();
    }

    /// Whether it runs on this machine, where nobody can stand between.
    private boolean isHere() {
        String host = uri().getHost();
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    Duration timeout() {
        return Duration.ofSeconds(timeoutSeconds);
    }

    String password() {
        String known = password;
        if (known == null || known.isEmpty()) {
            Path kept = Path.of(System.getProperty("jverto.home", "."), "data");
            if (isHere() && Files.isReadable(kept.resolve(OwnConfiguration.PASSWORD_FILE))) {
                return OwnConfiguration.kept(kept);
            }
            throw new CannotLoad("no password: give --password, or set JVERTO_DEFAULT_PASSWORD");
        }
        return known;
    }

    /// @return the user of that client
    String user(int client) {
        Matcher range = RANGE.matcher(user);
        if (!range.matches()) {
            return user;
        }
        long first = Long.parseLong(range.group(1));
        long last = Long.parseLong(range.group(2));
        return Long.toString(first + client % Math.max(1, last - first + 1));
    }

    /// @return empty when the server is elsewhere
    Optional<ServerProcess> process() {
        return measured.process(() -> ServerProcess.listeningOn(port()));
    }

    /// What numbers may be: a load without clients or without end measures nothing.
    static void require(boolean fits, String option) {
        if (!fits) {
            throw new CannotLoad(option + " is out of range");
        }
    }

    /// Prints and writes the figures.
    void publish(Report report) {
        measured.publish(report);
    }
}
