package io.jverto.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.sip.message.Headers;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.message.Via;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Each transaction in each of its states meets each event: what it does and becomes is compared with a table that a person has read
/// against RFC 3261 figures 5 to 8 and RFC 6026.
class StateTableTest {
    private static final List<String> CLIENT_EVENTS = List.of("180", "200", "486", "cancel", "unreachable", "4 s", "33 s");
    private static final List<String> SERVER_EVENTS = List.of("again", "ack", "CANCEL", "we 180", "we 200", "we 486", "unreachable", "4 s", "33 s");

    @Test
    void everyStateMeetsEveryEventAsTheTableSays() throws Exception {
        List<String> table = new ArrayList<>();
        for (SipTransport transport : List.of(SipTransport.UDP, SipTransport.TCP)) {
            table.addAll(rows(true, SipMethod.INVITE, transport, paths("CALLING", "", "PROCEEDING", "180", "COMPLETED", "486", "ACCEPTED", "200")));
            table.addAll(rows(true, SipMethod.OPTIONS, transport, paths("TRYING", "", "PROCEEDING", "180", "COMPLETED", "200")));
            table.addAll(rows(false, SipMethod.INVITE, transport,
                    paths("PROCEEDING", "", "COMPLETED", "we 486", "CONFIRMED", "we 486,ack", "ACCEPTED", "we 200")));
            table.addAll(rows(false, SipMethod.OPTIONS, transport, paths("TRYING", "", "PROCEEDING", "we 180", "COMPLETED", "we 200")));
        }

        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("state-tables.txt"))) {
            assertThat(String.join("\n", table) + "\n").isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static Map<String, String> paths(String... statesAndPaths) {
        Map<String, String> paths = new LinkedHashMap<>();
        for (int i = 0; i < statesAndPaths.length; i += 2) {
            paths.put(statesAndPaths[i], statesAndPaths[i + 1]);
        }
        return paths;
    }

    private static List<String> rows(boolean client, SipMethod method, SipTransport transport, Map<String, String> paths) {
        List<String> rows = new ArrayList<>(List.of("", "# " + (client ? "client " : "server ") + method + " over " + transport));
        paths.forEach((state, path) -> {
            for (String event : client ? CLIENT_EVENTS : SERVER_EVENTS) {
                Bench bench = new Bench(transport);
                start(bench, client, method);
                for (String step : path.isEmpty() ? new String[0] : path.split(",")) {
                    play(bench, client, method, step);
                }
                List<String> states = bench.transactions.statesBesideCancel();
                if (!states.equals(List.of(state))) {
                    rows.add(state + " is passed by"); // it has no duration on this transport
                    return;
                }
                bench.take();
                long began = bench.nowNanos;
                play(bench, client, method, event);
                List<String> happened = bench.take().stream().map(line -> line.substring(line.indexOf(' ') + 1)).toList();
                assertThat(bench.nowNanos).isGreaterThanOrEqualTo(began);
                rows.add(String.format("%-10s %-11s -> %-10s %s", state, event, next(bench), runs(happened)).stripTrailing());
            }
        });
        return rows;
    }

    /// The state of the transaction, without those of CANCEL.
    private static String next(Bench bench) {
        return bench.transactions.statesBesideCancel().stream().findFirst().orElse("gone");
    }

    private static String runs(List<String> happened) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < happened.size(); ) {
            int to = i;
            while (to < happened.size() && happened.get(to).equals(happened.get(i))) {
                to++;
            }
            text.append(text.isEmpty() ? "" : ", ").append(happened.get(i)).append(to - i > 1 ? " x" + (to - i) : "");
            i = to;
        }
        return text.toString();
    }

    private static void start(Bench bench, boolean client, SipMethod method) {
        if (client) {
            bench.start(method);
        } else {
            bench.receive(incoming(bench, method));
        }
    }

    private static SipRequest incoming(Bench bench, SipMethod method) {
        return Bench.request(method, Via.COOKIE + "s", bench.hop.transport(), Bench.PEER);
    }

    private static void play(Bench bench, boolean client, SipMethod method, String event) {
        switch (event) {
            case "180", "200", "486" -> bench.answer(method, Integer.parseInt(event));
            case "we 180", "we 200", "we 486" -> bench.respond(bench.received.getLast(), Integer.parseInt(event.substring(3)));
            case "cancel" -> bench.deadline =
                    bench.transactions.cancel(bench.nowNanos, Transactions.idOf((SipRequest) bench.sent.getFirst()), Headers.NONE, bench);
            case "again" -> bench.receive(incoming(bench, method));
            case "ack" -> bench.receive(incoming(bench, SipMethod.ACK));
            case "CANCEL" -> bench.receive(incoming(bench, SipMethod.CANCEL));
            case "unreachable" -> bench.deadline = bench.transactions.onUnreachable(bench.nowNanos, bench.hop, bench);
            case "4 s" -> bench.pass(4_000);
            case "33 s" -> bench.pass(33_000);
            default -> throw new AssertionError(event + client);
        }
    }
}
