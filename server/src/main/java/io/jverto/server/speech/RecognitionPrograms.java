package io.jverto.server.speech;

import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.time.TimeSource;
import io.jverto.server.program.OutsideProgram;
import io.jverto.switchboard.port.Recognition;
import io.jverto.switchboard.port.SoundSink;
import io.jverto.wire.jsonrpc.JsonText;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Recognition by programs: one for each call that is listened to reads its sound on the standard input, and writes a line for each result. Neither a shell nor
/// what a caller says chooses what runs. Bounded: programs at once, the length of a line. Thread-safe.
public final class RecognitionPrograms implements Recognition {
    private static final Logger log = LoggerFactory.getLogger(RecognitionPrograms.class);
    private static final int MAX_NAME = 1_024;
    private static final int MAX_LINE = 4 * MAX_RESULT;
    private static final int MAX_COMPLAINT = 200;

    private final Supplier<SpeechSettings> settings;
    private final Supplier<Path> folder;
    private final TimeSource time;
    private final AtomicInteger running = new AtomicInteger();

    /// @param folder in which they run; made when the first one does
    public RecognitionPrograms(Supplier<SpeechSettings> settings, Supplier<Path> folder, TimeSource time) {
        this.settings = settings;
        this.folder = folder;
        this.time = time;
    }

    @Override
    public Begin listen(Wanted wanted, Listener listener) {
        SpeechSettings now = settings.get();
        Optional<Recogniser> recogniser = Optional.ofNullable(now.recognisers().get(wanted.engine()));
        if (recogniser.isEmpty()) {
            return now.recognisers().isEmpty() ? NONE.listen(wanted, listener)
                    : new Begin.Refused("there is no recogniser of that name in speech.conf, but " + now.recognisers().keySet());
        }
        if (!isPlain(wanted.grammar()) || !isPlain(wanted.place()) || !isPlain(wanted.params())) {
            return new Begin.Refused("a grammar has at most " + MAX_NAME + " characters, and no line ends");
        }
        if (running.incrementAndGet() > now.listenAtOnce()) {
            running.decrementAndGet();
            return new Begin.Refused("max-recognisers-at-once programs listen already: " + now.listenAtOnce());
        }
        try {
            Run run = new Run(recogniser.get(), start(recogniser.get(), wanted), listener);
            run.begin();
            return new Begin.Begun(run);
        } catch (IOException trouble) {
            running.decrementAndGet();
            return new Begin.Refused(trouble.toString());
        }
    }

    private static boolean isPlain(String text) {
        return text.length() <= MAX_NAME && text.chars().noneMatch(Character::isISOControl);
    }

    private Process start(Recogniser recogniser, Wanted wanted) throws IOException {
        Map<String, String> variables = Map.of("JVERTO_GRAMMAR", wanted.grammar(), "JVERTO_GRAMMAR_PLACE", wanted.place(), "JVERTO_PARAMS", wanted.params(),
                "JVERTO_RATE", String.valueOf(recogniser.rateHz()));
        return new OutsideProgram("recogniser " + recogniser.name(), recogniser.command(), Files.createDirectories(folder.get()), variables).start();
    }

    /// What a line says: an object with `partial`, or with `text`, or else the words themselves. A result without words is none.
    static Optional<Heard> read(String line) {
        String body = line.strip();
        if (body.length() > MAX_RESULT) {
            body = body.substring(0, MAX_RESULT);
        }
        if (body.isEmpty() || !body.startsWith("{")) {
            return body.isEmpty() ? Optional.empty() : Optional.of(new Heard(true, body, body));
        }
        JsonObject object = JsonText.parse(body).flatMap(JsonValue::asObject).orElse(JsonObject.EMPTY);
        Optional<String> partial = object.string("partial");
        String text = partial.or(() -> object.string("text")).orElse("");
        return text.isBlank() ? Optional.empty() : Optional.of(new Heard(partial.isEmpty(), body, text));
    }

    /// One program for one call.
    private final class Run implements Listening, SoundSink {
        private final Recogniser recogniser;
        private final Process process;
        private final Listener listener;
        private final OutputStream input;
        private final AtomicBoolean stopped = new AtomicBoolean();
        private volatile String complaint = "";

        Run(Recogniser recogniser, Process process, Listener listener) {
            this.recogniser = recogniser;
            this.process = process;
            this.listener = listener;
            this.input = process.getOutputStream();
        }

        void begin() {
            time.start("results of recogniser " + recogniser.name(), this::results);
            time.start("complaints of recogniser " + recogniser.name(), this::complaints);
        }

        @Override
        public SoundSink sink() {
            return this;
        }

        @Override
        public int rateHz() {
            return recogniser.rateHz();
        }

        @Override
        public boolean take(ByteBuffer pcm) {
            try {
                input.write(pcm.array(), pcm.arrayOffset() + pcm.position(), pcm.remaining());
                input.flush();
                return true;
            } catch (IOException ended) {
                return false;
            }
        }

        @Override
        public void over() {
            try {
                input.close(); // it may still say what it understood
            } catch (IOException ended) {
                log.debug("recogniser {} has ended", recogniser.name());
            }
        }

        @Override
        public void stop() {
            if (stopped.compareAndSet(false, true)) {
                kill();
            }
        }

        private void kill() {
            List<ProcessHandle> started = process.descendants().toList();
            process.destroyForcibly(); // before those: it would go on with what comes after them
            started.forEach(ProcessHandle::destroyForcibly);
            // one that it started a moment ago sees the end of its input; another thread may still be writing there
            time.start("end of recogniser " + recogniser.name(), this::over);
        }

        private void results() {
            try (InputStream from = new BufferedInputStream(process.getInputStream())) {
                for (Optional<String> line = line(from); line.isPresent() && !stopped.get(); line = line(from)) {
                    read(line.get()).ifPresent(listener::heard);
                }
            } catch (IOException ended) {
                log.debug("recogniser {} says no more: {}", recogniser.name(), ended.toString());
            } finally {
                end();
            }
        }

        private void end() {
            try {
                kill(); // who says nothing any more is of no use
                int status = process.waitFor();
                if (stopped.compareAndSet(false, true)) {
                    listener.over("the program ended with " + status + complaint);
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            } finally {
                running.decrementAndGet();
            }
        }

        /// Reads all, so that the program is not held up, and keeps a little.
        private void complaints() {
            byte[] block = new byte[MAX_COMPLAINT];
            ByteArrayOutputStream kept = new ByteArrayOutputStream();
            try (InputStream from = process.getErrorStream()) {
                for (int count = from.read(block); count >= 0; count = from.read(block)) {
                    kept.write(block, 0, Math.min(count, MAX_COMPLAINT - kept.size()));
                    complaint = ": " + kept.toString(StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}+", " ").strip();
                }
            } catch (IOException ended) {
                log.debug("recogniser {} complains no more", recogniser.name());
            }
        }

        /// @return the next line, cut where it is too long; empty at the end
        private static Optional<String> line(InputStream from) throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int next = from.read();
            if (next < 0) {
                return Optional.empty();
            }
            for (; next >= 0 && next != '\n'; next = from.read()) {
                if (line.size() < MAX_LINE) {
                    line.write(next);
                }
            }
            return Optional.of(line.toString(StandardCharsets.UTF_8));
        }
    }
}
