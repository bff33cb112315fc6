package io.jverto.testkit.transcript;

import io.jverto.testkit.time.VirtualTime;
import io.jverto.wire.jsonrpc.JsonText;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonString;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Plays a transcript's client against a server and holds the server to its lines: every message, in order, at its time, and none
/// besides.
public final class TranscriptPlayer {
    private final Transcript transcript;
    private final VirtualTime time;
    private final Stage stage;
    private final Bindings bindings = new Bindings();
    private final Map<String, Client> clients = new LinkedHashMap<>();
    private final long start;

    private TranscriptPlayer(Transcript transcript, VirtualTime time, Stage stage) {
        this.transcript = transcript;
        this.time = time;
        this.stage = stage;
        this.start = time.nanoTime();
    }

    /// @throws AssertionError with file and line when the server says something else
    public static void play(Transcript transcript, VirtualTime time, Stage stage) {
        new TranscriptPlayer(transcript, time, stage).play();
    }

    private void play() {
        transcript.steps().forEach(this::play);
        clients.forEach((name, client) -> {
            if (!client.received.isEmpty()) {
                throw new AssertionError(transcript.name() + ": at the end, client " + name + " also got " + client.received);
            }
        });
    }

    private void play(Step step) {
        Client client = clients.computeIfAbsent(step.client(), _ -> new Client());
        switch (step) {
            case Step.Send send -> {
                advance(send.atMillis());
                client.actor.send(bindings.fill(send.text()));
                time.settle();
            }
            case Step.Vanish vanish -> {
                advance(vanish.atMillis());
                client.actor.vanish();
                time.settle();
            }
            case Step.Order order -> {
                advance(order.atMillis());
                stage.order(order.text());
                time.settle();
            }
            case Step.Closed closed -> {
                advance(closed.atMillis());
                if (!client.closed) {
                    throw failure(step, "the server has not closed the connection");
                }
            }
            case Step.Expect expect -> expect(client, expect);
        }
    }

    private void expect(Client client, Step.Expect expect) {
        advance(expect.atMillis());
        Frame frame = client.received.poll();
        if (frame == null) {
            throw failure(expect, "nothing came; expected " + JsonText.write(expect.pattern()));
        }
        JsonValue actual = JsonText.parse(frame.text).orElseGet(() -> new JsonString(frame.text));
        if (!bindings.matches(expect.pattern(), actual)) {
            throw failure(expect, "\nexpected " + JsonText.write(expect.pattern()) + "\nbut got  " + frame.text);
        }
        if (!expect.atLeisure() && frame.atMillis != expect.atMillis()) {
            throw failure(expect, "came at " + frame.atMillis + "ms: " + frame.text);
        }
    }

    private void advance(long toMillis) {
        long left = start + Duration.ofMillis(toMillis).toNanos() - time.nanoTime();
        if (left > 0) {
            time.advance(Duration.ofNanos(left));
        }
        time.settle();
    }

    private AssertionError failure(Step step, String what) {
        Queue<String> others = new ArrayDeque<>();
        clients.forEach((name, client) -> client.received.forEach(frame -> others.add("\n  S" + name + "< " + frame)));
        return new AssertionError(transcript.name() + ":" + step.line() + ": " + what + "\nstill unread:" + others);
    }

    private record Frame(long atMillis, String text) {
        @Override
        public String toString() {
            return atMillis + "ms " + text;
        }
    }

    private final class Client {
        private final Queue<Frame> received = new ConcurrentLinkedQueue<>();
        private volatile boolean closed;
        private final Stage.Actor actor = stage.connect(this::onFrame, () -> closed = true);

        private void onFrame(String text) {
            received.add(new Frame(Duration.ofNanos(time.nanoTime() - start).toMillis(), text));
        }
    }
}
