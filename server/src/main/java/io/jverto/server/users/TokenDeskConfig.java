package io.jverto.server.users;

import io.jverto.base.Broken;
import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.net.NetworkList;
import io.jverto.base.net.NetworkLists;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// `<configuration name="token_desk.conf">`, which the reference server does not have: which web applications may ask for tokens.
///
/// @param networks an address must be in every one of them
/// @param maxMinutes the longest life of a token that is asked for here
public record TokenDeskConfig(String secret, List<NetworkList> networks, int maxMinutes) {
    static final int LEAST_SECRET = 32;
    private static final int MOST_MINUTES = 1_440;
    private static final int DEFAULT_MINUTES = 60;
    private static final String LOCAL_LIST = "loopback.auto";

    public TokenDeskConfig {
        networks = List.copyOf(networks);
    }

    /// @return empty when the tree has no such configuration, or no secret in it: nothing is given out then
    public static Optional<TokenDeskConfig> read(Optional<ConfigNode> configuration, NetworkLists lists, Consumer<ConfigProblem> problems) {
        return configuration.flatMap(node -> new Reader(lists, problems).read(node));
    }

    boolean admits(InetAddress peer) {
        return networks.stream().allMatch(list -> list.test(peer));
    }

    /// Takes as long whatever is given.
    boolean isSecret(String given) {
        return MessageDigest.isEqual(digest(secret), digest(given));
    }

    /// Never shows the secret.
    @Override
    public String toString() {
        return "TokenDeskConfig[maxMinutes=" + maxMinutes + "]";
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException missing) {
            throw new Broken("every Java has SHA-256", missing);
        }
    }

    private static final class Reader {
        private final NetworkLists lists;
        private final Consumer<ConfigProblem> problems;
        private final List<NetworkList> networks = new ArrayList<>();
        private String secret = "";
        private int minutes = DEFAULT_MINUTES;

        Reader(NetworkLists lists, Consumer<ConfigProblem> problems) {
            this.lists = lists;
            this.problems = problems;
        }

        Optional<TokenDeskConfig> read(ConfigNode node) {
            node.children("settings").flatMap(settings -> settings.children("param")).forEach(this::param);
            if (networks.isEmpty()) {
                networks.add(lists.find(LOCAL_LIST).orElseGet(() -> new NetworkList(LOCAL_LIST, false, List.of())));
            }
            return secret.isEmpty() ? Optional.empty() : Optional.of(new TokenDeskConfig(secret, networks, minutes));
        }

        private void param(ConfigNode param) {
            String value = param.attribute("value", "").trim();
            switch (param.attribute("name", "").toLowerCase(Locale.ROOT)) {
                case "secret" -> secret(param, value);
                case "apply-inbound-acl" -> lists.find(value).ifPresentOrElse(networks::add, () -> error(param,
                        "apply-inbound-acl names '" + value + "', but there is no such list in acl.conf and it is no network"));
                case "max-minutes" -> minutes(param, value);
                default -> problems.accept(ConfigProblem.warning(param.origin(), "token_desk.conf has no param '"
                        + param.attribute("name", "") + "'; it knows secret, apply-inbound-acl, max-minutes"));
            }
        }

        private void secret(ConfigNode param, String value) {
            if (!value.isEmpty() && value.length() < LEAST_SECRET) {
                error(param, "the secret of token_desk.conf needs at least " + LEAST_SECRET + " characters; make one: openssl rand -hex 32");
            } else {
                secret = value;
            }
        }

        private void minutes(ConfigNode param, String value) {
            int number = value.matches("[0-9]{1,4}") ? Integer.parseInt(value) : 0;
            if (number < 1 || number > MOST_MINUTES) {
                error(param, "max-minutes is '" + value + "': write a number from 1 to " + MOST_MINUTES);
            } else {
                minutes = number;
            }
        }

        private void error(ConfigNode param, String message) {
            problems.accept(ConfigProblem.error(param.origin(), message));
        }
    }
}
