package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import io.jverto.switchboard.directory.Directory;
import io.jverto.verto.Desk.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Attacks S10 and S37: whatever the lists of a user say, in whatever form, a request is answered exactly where a model of its own,
/// written from the description of the lists and not from the code, allows it.
class PermissionMatrixTest {
    private static final int USERS = 120;
    private static final String NO_METHOD = "\"error\":{\"code\":-32601,";
    private static final String NO_COMMAND = "\"error\":{\"code\":-32602,";
    private static final List<String> METHODS = List.of("echo", "verto.ping", "verto.subscribe", "verto.info", "verto.invite", "verto.bye",
            "verto.attach", "verto.answer", "verto.modify", "verto.broadcast", "verto.unsubscribe", "fsapi", "jsapi");
    private static final List<String> LISTED_METHODS = List.of("echo", "ECHO", "verto", "Verto", "verto.ping", "verto.subscribe", "verto.invite",
            "fsapi", "jsapi", "ver", "verto.", "*", "", "__ANY__", "verto.broadcast", "fsapi.x", "any");
    private static final List<String> COMMANDS = List.of("status", "hostname", "verto", "bgapi");
    private static final List<String> CHANNELS = List.of("demo", "demo.a", "DEMO", "demo.a.b", "presence", "presence.1001@test", "conference",
            "conference-chat.3500@test", "conference.3500", "FSevent", "FSevent.custom::x", ".", "demo.", "");

    private final Random random = new Random(10);

    private record Lists(String methods, String jsapi, String fsapi, String channels) {}

    @Test
    void s10NoMethodCommandOrChannelIsHadBesideTheLists() {
        List<Lists> all = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            all.add(new Lists(list(LISTED_METHODS), list(List.of("fsapi", "FSAPI", "status", "__ANY__", "")), list(COMMANDS), list(CHANNELS)));
        }
        all.set(0, new Lists("", "", "", ""));
        all.set(1, new Lists("__ANY__", "__ANY__", "__ANY__", "__ANY__"));
        try (Desk desk = new Desk(directory(all), Config.param("userauth", "true"))) {
            int allowed = 0;
            int refused = 0;
            for (int i = 0; i < USERS; i++) {
                Client client = desk.connect();
                assertThat(client.login(i + "@test")).contains("logged in");
                for (int turn = 0; turn < 25; turn++) {
                    boolean may = check(client, all.get(i));
                    allowed += may ? 1 : 0;
                    refused += may ? 0 : 1;
                }
            }
            assertThat(allowed).as("both sides of the question were asked").isGreaterThan(300);
            assertThat(refused).isGreaterThan(300);
        }
    }

    /// @return whether the model allows what was asked
    private boolean check(Client client, Lists lists) {
        String method = one(METHODS);
        String channel = one(CHANNELS);
        String command = one(COMMANDS);
        boolean mayCall = has(lists.methods(), method, true);
        boolean mayRun = has(lists.fsapi(), command, false);
        String where = lists + " " + method + " " + command + " " + channel;
        boolean nested = random.nextBoolean();
        String params = switch (method) {
            case "fsapi" -> nested ? "{\"cmd\":\"bgapi\",\"arg\":\"" + command + "\"}" : "{\"cmd\":\"" + command + "\"}";
            case "jsapi" -> "{\"command\":\"fsapi\",\"data\":{\"cmd\":\"" + command + "\"}}";
            default -> "{\"eventChannel\":\"" + channel + "\",\"dialogParams\":{\"callID\":\"nosuch\"}}";
        };
        String reply = client.ask(method, params);
        client.received.clear();
        boolean may = mayCall
                && switch (method) {
                    case "fsapi" -> nested ? has(lists.fsapi(), "bgapi", false) && mayRun : mayRun;
                    case "jsapi" -> has(lists.jsapi(), "fsapi", false) && mayRun;
                    default -> true;
                };
        assertThat(reply.contains(NO_METHOD)).as(where + " " + reply).isEqualTo(!mayCall);
        assertThat(reply.contains(NO_COMMAND)).as(where + " " + reply).isEqualTo(mayCall && !may);
        boolean mayHear = mayHear(lists.channels(), channel);
        if (may && method.equals("verto.subscribe")) {
            assertThat(reply.contains("unauthorizedChannels")).as(where + " " + reply).isEqualTo(!mayHear);
        } else if (may && method.equals("verto.broadcast") && !channel.isEmpty()) {
            assertThat(reply.contains("Permission Denied.")).as(where + " " + reply).isEqualTo(!mayHear);
        }
        return may;
    }

    /// Events of the core are for lists that allow everything.
    private static boolean mayHear(String list, String channel) {
        return channel.equals("FSevent") || channel.startsWith("FSevent.") ? list.trim().equals("__ANY__") : has(list, channel, true);
    }

    /// @param family whether an entry stands for all names that go on with a dot behind it
    private static boolean has(String list, String name, boolean family) {
        if (list.trim().equals("__ANY__")) {
            return true;
        }
        String separator = list.trim().contains(" ") ? " " : ",";
        String wanted = name.toLowerCase(Locale.ROOT);
        for (String entry : list.trim().toLowerCase(Locale.ROOT).split(separator)) {
            boolean begins = family && wanted.startsWith(entry + ".") && !entry.contains(".");
            if (!entry.isEmpty() && (entry.equals(wanted) || begins)) {
                return true;
            }
        }
        return false;
    }

    private String list(List<String> from) {
        StringBuilder list = new StringBuilder();
        String separator = one(List.of(",", " ", ","));
        for (int entries = random.nextInt(4); entries > 0; entries--) {
            list.append(list.isEmpty() ? "" : separator).append(one(from));
        }
        return list.toString();
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static Directory directory(List<Lists> all) {
        List<ConfigNode> users = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Lists lists = all.get(i);
            ConfigNode params = Config.node("params", List.of(
                    Config.param("password", "1234"),
                    Config.param("jsonrpc-allowed-methods", lists.methods()),
                    Config.param("jsonrpc-allowed-jsapi", lists.jsapi()),
                    Config.param("jsonrpc-allowed-fsapi", lists.fsapi()),
                    Config.param("jsonrpc-allowed-event-channels", lists.channels())));
            users.add(Config.node("user", List.of(params), "id", String.valueOf(i)));
        }
        ConfigNode domain = Config.node("domain", List.of(Config.node("users", users)), "name", "test");
        return Directory.read(Config.node("section", List.of(domain), "name", "directory"), problem -> {
            throw new AssertionError(problem.toString());
        });
    }
}
