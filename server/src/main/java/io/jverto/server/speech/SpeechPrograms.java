package io.jverto.server.speech;

import io.jverto.base.time.TimeSource;
import io.jverto.server.program.OutsideProgram;
import io.jverto.server.speech.SpeechSettings.Engine;
import io.jverto.switchboard.port.Synthesis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Speech by programs: the text goes to the standard input of one, which writes a WAV file. Neither a shell nor the text's characters choose
/// what runs. Bounded: programs at once, their time, the size of a file, what is kept of spoken texts. Thread-safe.
public final class SpeechPrograms implements Synthesis {
    private static final long MAX_BYTES = 50_000_000;
    private static final int HEADER_BYTES = 44;
    private static final int MAX_FILES = 10_000;
    /// A file may still be about to be played.
    private static final long FRESH_MILLIS = 60_000;

    private final Supplier<SpeechSettings> settings;
    private final Supplier<Path> folder;
    private final TimeSource time;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicLong drafts = new AtomicLong();

    /// @param folder of what was spoken
    public SpeechPrograms(Supplier<SpeechSettings> settings, Supplier<Path> folder, TimeSource time) {
        this.settings = settings;
        this.folder = folder;
        this.time = time;
    }

    /// Whether it can be an argument by itself: it names a voice and is no option.
    static boolean isVoice(String text) {
        return text.matches("[A-Za-z0-9_][A-Za-z0-9_.+-]{0,63}");
    }

    @Override
    public Result speak(Wanted wanted) {
        SpeechSettings now = settings.get();
        Optional<Engine> engine = wanted.engine().isEmpty() ? now.engines().values().stream().findFirst() : Optional.ofNullable(now.engines().get(wanted.engine()));
        if (engine.isEmpty()) {
            return now.engines().isEmpty() ? NONE.speak(wanted) : new Result.Refused("there is no engine of that name in speech.conf, but " + now.engines().keySet());
        }
        String voice = wanted.voice().isEmpty() ? engine.get().voice() : wanted.voice();
        if (!voice.isEmpty() && !isVoice(voice)) {
            return new Result.Refused("that is no name of a voice");
        }
        String text = wanted.text().replaceAll("\\p{Cntrl}+", " ").trim();
        if (text.isEmpty() || text.length() > MAX_TEXT) {
            return new Result.Refused("the text is empty or longer than " + MAX_TEXT + " characters");
        }
        return speak(now, engine.get(), voice, text);
    }

    private Result speak(SpeechSettings now, Engine engine, String voice, String text) {
        try {
            Path home = Files.createDirectories(folder.get());
            Path kept = home.resolve(name(engine, voice, text) + ".wav");
            if (Files.isRegularFile(kept)) {
                Files.setLastModifiedTime(kept, FileTime.from(time.wallTime()));
                return new Result.Made(kept);
            }
            if (running.incrementAndGet() > now.atOnce()) {
                running.decrementAndGet();
                return new Result.Refused("max-at-once programs speak already: " + now.atOnce());
            }
            try {
                return make(new Job(engine, voice, text, home.resolve("draft-" + drafts.incrementAndGet() + ".wav")), kept, now);
            } finally {
                running.decrementAndGet();
            }
        } catch (IOException trouble) {
            return new Result.Refused(trouble.toString());
        }
    }

    private record Job(Engine engine, String voice, String text, Path draft) {
        List<String> command() {
            return engine.command().stream()
                    .map(arg -> arg.replace(SpeechSettings.VOICE, voice).replace(SpeechSettings.FILE, draft.toString())).toList();
        }
    }

    private Result make(Job job, Path kept, SpeechSettings now) throws IOException {
        Path complaint = job.draft().resolveSibling(job.draft().getFileName() + ".log");
        try {
            Optional<String> wrong = run(job, complaint);
            if (wrong.isPresent() || !Files.isRegularFile(job.draft()) || Files.size(job.draft()) <= HEADER_BYTES) {
                return new Result.Refused("the program of engine " + job.engine().name() + " " + wrong.orElse("wrote no sound") + OutsideProgram.said(complaint));
            }
            Files.move(job.draft(), kept, StandardCopyOption.ATOMIC_MOVE);
            tidy(kept, now.cacheMegabytes() * 1_000_000L);
            return new Result.Made(kept);
        } finally {
            Files.deleteIfExists(job.draft());
            Files.deleteIfExists(complaint);
        }
    }

    // DEVIATION app-2
    /// @return what was wrong
    private Optional<String> run(Job job, Path complaint) throws IOException {
        OutsideProgram program = new OutsideProgram("engine " + job.engine().name(), job.command(), job.draft().getParent(), Map.of());
        OutsideProgram.Limits limits = new OutsideProgram.Limits(job.engine().timeout(), List.of(job.draft(), complaint), MAX_BYTES, () -> true);
        return switch (program.run(job.text(), complaint, limits, time)) {
            case OutsideProgram.End.Exited(int status) -> status == 0 ? Optional.empty() : Optional.of("ended with " + status);
            case OutsideProgram.End.Stopped(String why) -> Optional.of(why);
        };
    }

    private static String name(Engine engine, String voice, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : List.of(engine.name(), String.join("\n", engine.command()), voice, text)) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never); // every Java has it
        }
    }

    /// Deletes what was heard longest ago, until the rest fits.
    private void tidy(Path made, long maxBytes) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.list(made.getParent())) {
            all = files.filter(file -> file.getFileName().toString().matches("[0-9a-f]{64}\\.wav")).sorted(Comparator.comparing(SpeechPrograms::lastHeard)).toList();
        }
        long sum = 0;
        for (Path file : all) {
            sum += file.toFile().length();
        }
        int count = all.size();
        long young = time.wallTime().toEpochMilli() - FRESH_MILLIS;
        for (Path file : all) {
            boolean fits = sum <= maxBytes && count <= MAX_FILES;
            if (fits || file.equals(made) || lastHeard(file).toMillis() > young) {
                break;
            }
            sum -= file.toFile().length();
            count--;
            Files.deleteIfExists(file);
        }
    }

    private static FileTime lastHeard(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }
}
