package io.jverto.server.replay;

import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonString;
import io.jverto.testkit.time.VirtualTime;
import io.jverto.testkit.transcript.Stage;
import io.jverto.wire.jsonrpc.JsonText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;

/// Plays the clients of a recording against our server, each line at its recorded time, and notes whatever the server does
/// differently. A client waits for nothing but for what it must know to say its line.
final class Replay {
    /// Longer than our server keeps anything back, shorter than its first ping.
    private static final Duration AFTERWARDS = Duration.ofSeconds(3);
    /// The recorded server sends what is not a reply only every 50 ms or 100 ms (verto-wire.md section 1.5).
    private static final long FLUSH_MILLIS = 100;
    private static final int NOT_SEEN = -1;

    private final Recording recording;
    private final VirtualTime time;
    private final Stage stage;
    private final Names names = new Names();
    private final Frames frames = new Frames(names);
    private final Map<String, Client> clients = new LinkedHashMap<>();
    private final Set<Difference> differences = new ConcurrentSkipListSet<>();
    private final long start;

    private Replay(Recording recording, VirtualTime time, Stage stage) {
        this.recording = recording;
        this.time = time;
        this.stage = stage;
        this.start = time.nanoTime();
    }

    static Set<Difference> play(Recording recording, VirtualTime time, Stage stage) {
        return new Replay(recording, time, stage).play();
    }

    private Set<Difference> play() {
        for (Recording.Line line : recording.lines()) {
            time.advance(Duration.ofMillis(Math.max(0, line.atMillis() - millis())));
            play(line);
            time.settle();
        }
        time.advance(AFTERWARDS);
        clients.values().forEach(Client::conclude);
        return differences;
    }

    private long millis() {
        return Duration.ofNanos(time.nanoTime() - start).toMillis();
    }

    private void play(Recording.Line line) {
        switch (line) {
            case Recording.Line.Connects connects -> clients.put(connects.client(), new Client());
            case Recording.Line.Gone gone -> clients.get(gone.client()).vanish();
            case Recording.Line.Closed closed -> clients.get(closed.client()).mayBeClosed = true;
            case Recording.Line.Talks talks -> stage.order((talks.talking() ? "talks " : "silent ") + call(talks.client()));
            case Recording.Line.Sends sends -> clients.get(sends.client()).send(sends);
            case Recording.Line.Hears hears -> clients.get(hears.client()).expect(hears);
        }
    }

    private String call(String name) {
        clients.values().forEach(Client::match);
        return names.filled(new JsonString(name)).flatMap(JsonValue::asString).orElse(name);
    }

    private void note(String message, String what) {
        differences.add(new Difference(recording.name(), message, what));
    }

    /// @return those that are not in the longest sequence whose order is kept
    private static List<Expected> moved(List<Expected> messages) {
        int[] lengths = new int[messages.size()];
        for (int i = messages.size() - 1; i >= 0; i--) {
            int behind = 0;
            for (int j = i + 1; j < messages.size(); j++) {
                if (messages.get(j).place > messages.get(i).place) {
                    behind = Math.max(behind, lengths[j]);
                }
            }
            lengths[i] = behind + 1;
        }
        List<Expected> moved = new ArrayList<>();
        int length = IntStream.of(lengths).max().orElse(0);
        int last = NOT_SEEN;
        for (int i = 0; i < messages.size(); i++) {
            if (lengths[i] == length && messages.get(i).place > last) {
                last = messages.get(i).place;
                length--;
            } else {
                moved.add(messages.get(i));
            }
        }
        return moved;
    }

    /// A message that the recorded server sent.
    private static final class Expected {
        final JsonValue frame;
        int place = NOT_SEEN;

        Expected(JsonValue frame) {
            this.frame = frame;
        }
    }

    /// A message that our server sent.
    private record Received(long atMillis, JsonValue frame) {}

    private final class Client {
        private final List<Expected> expected = new ArrayList<>();
        private final List<Received> received = new ArrayList<>();
        private final Set<Integer> taken = new TreeSet<>();
        private final Map<JsonValue, String> requests = new ConcurrentHashMap<>();
        private final FrameRules rules = new FrameRules();
        private final Stage.Actor actor = stage.connect(this::onFrame, () -> closed = true);
        private long saidLast;
        private long recordedLast;
        private boolean gone;
        private boolean mayBeClosed;
        private volatile boolean closed;

        private synchronized void onFrame(String text) {
            JsonValue frame = text.startsWith("#") ? new JsonString(text) : JsonText.parse(text).orElseThrow();
            received.add(new Received(millis(), frame));
            rules.broken(frame).forEach(what -> note(nameOf(frame), what));
        }

        void vanish() {
            gone = true;
            actor.vanish();
        }

        void send(Recording.Line.Sends line) {
            saidLast = line.atMillis();
            recordedLast = line.atMillis();
            clients.values().forEach(Client::match);
            String method = Difference.nameOf(line.frame(), Map.of());
            line.frame().asObject().flatMap(message -> message.get("id")).ifPresent(id -> requests.put(id, method));
            Optional<String> text = names.filled(line.frame()).map(known -> known.asString().orElseGet(() -> JsonText.write(known)));
            if (text.isEmpty() && method.startsWith("verto.")) {
                note(method, "cannot be sent: the server has not said what the client must name");
            }
            text.ifPresent(known -> {
                for (int i = 0; i < line.times(); i++) {
                    actor.send(known);
                }
            });
        }

        void expect(Recording.Line.Hears line) {
            recordedLast = line.atMillis();
            for (int i = 0; i < line.times(); i++) {
                expected.add(new Expected(line.frame()));
            }
        }

        /// Pairs what was recorded with what came, the first with the first of the same message.
        synchronized void match() {
            for (Expected message : expected) {
                for (int i = 0; message.place == NOT_SEEN && i < received.size(); i++) {
                    if (!taken.contains(i) && frames.sameMessage(message.frame, received.get(i).frame())) {
                        message.place = i;
                        taken.add(i);
                        frames.differences(message.frame, received.get(i).frame()).forEach(what -> note(nameOf(message.frame), what));
                    }
                }
            }
        }

        synchronized void conclude() {
            match();
            expected.stream().filter(message -> message.place == NOT_SEEN)
                    .forEach(message -> note(nameOf(message.frame), isKnown(message.frame) ? "comes less often" : "is missing"));
            for (int i = 0; i < received.size(); i++) {
                if (!taken.contains(i) && !isBeyondTheRecording(received.get(i))) {
                    note(nameOf(received.get(i).frame()), "is sent as well");
                }
            }
            moved(expected.stream().filter(message -> message.place != NOT_SEEN).toList())
                    .forEach(message -> note(nameOf(message.frame), "comes in another place"));
            if (closed != mayBeClosed && !gone) {
                note("connection", closed ? "is closed" : "is not closed");
            }
        }

        /// Whether the like of it has come before, and was paired with another one.
        private boolean isKnown(JsonValue recorded) {
            return taken.stream().anyMatch(place -> frames.sameMessage(recorded, received.get(place).frame()));
        }

        /// Recordings end with the client, often before the recorded server has sent what the client's last words caused.
        private boolean isBeyondTheRecording(Received message) {
            return message.atMillis() >= saidLast && recordedLast - saidLast < FLUSH_MILLIS;
        }

        private String nameOf(JsonValue frame) {
            return Difference.nameOf(frame, requests);
        }
    }
}
