package io.jverto.verto.profile;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Reads `stun-servers`, `turn-servers` and what goes with them.
final class IceServersReader {
    static final Set<String> KNOWN = Set.of("stun-servers", "turn-servers", "turn-secret", "turn-ttl-sec", "turn-in-config");

    private static final Pattern STUN = Pattern.compile("stuns?:[A-Za-z0-9.\\-:\\[\\]]{1,255}");
    private static final Pattern TURN = Pattern.compile("turns?:[A-Za-z0-9.\\-:\\[\\]]{1,255}(\\?transport=(udp|tcp))?");
    private static final int DAY_SECONDS = 86_400;
    private static final int LEAST_SECONDS = 60;
    /// Shorter ones can be guessed from one password that was seen.
    private static final int LEAST_SECRET = 16;

    private final Params settings;
    private final Consumer<ConfigProblem> problems;

    IceServersReader(Params settings, Consumer<ConfigProblem> problems) {
        this.settings = settings;
        this.problems = problems;
    }

    IceServers read() {
        List<String> turn = servers("turn-servers", TURN, "turn:turn.example.com:3478?transport=udp");
        String secret = settings.text("turn-secret", "");
        Optional<ConfigNode> named = settings.last("turn-servers");
        if (named.isPresent() && secret.length() < LEAST_SECRET) {
            problems.accept(ConfigProblem.error(named.get().origin(), "turn-servers need a turn-secret of at least " + LEAST_SECRET
                    + " characters, the static-auth-secret of coturn; make one: openssl rand -hex 32"));
        }
        int life = settings.number("turn-ttl-sec", DAY_SECONDS / 2, LEAST_SECONDS, DAY_SECONDS);
        return new IceServers(servers("stun-servers", STUN, "stun:stun.example.com:3478"), turn, secret, Duration.ofSeconds(life),
                settings.flag("turn-in-config", false));
    }

    private List<String> servers(String param, Pattern form, String example) {
        List<String> servers = new ArrayList<>();
        for (ConfigNode node : settings.all(param)) {
            for (String server : Params.value(node).split("[ ,]+")) {
                if (form.matcher(server).matches()) {
                    servers.add(server);
                } else if (!server.isEmpty()) {
                    problems.accept(ConfigProblem.error(node.origin(), param + " must be like " + example + ", not '" + server + "'"));
                }
            }
        }
        return servers;
    }
}
