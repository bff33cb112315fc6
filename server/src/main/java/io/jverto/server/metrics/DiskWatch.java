package io.jverto.server.metrics;

import io.jverto.base.time.Repeating;
import io.jverto.base.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks how much room there is where the server writes, and says once when it gets little, again when there is next to none, and when there is
/// enough again. Thread-safe.
public final class DiskWatch implements AutoCloseable {
    /// Below this operators are told. It is what the doctor wants before a start.
    static final long LITTLE = 200L << 20;
    /// Below this next to nothing can be written.
    static final long NOTHING = 10L << 20;
    /// What may be written between two looks at one disk.
    private static final long SAME_DISK = 4L << 20;
    static final Duration EVERY = Duration.ofSeconds(30);
    private static final Logger log = LoggerFactory.getLogger(DiskWatch.class);

    private final Map<String, Path> folders;
    private final Function<Path, OptionalLong> room;
    private final Repeating looks;
    private final Map<String, Long> free = new ConcurrentHashMap<>();
    private final Map<String, Level> told = new ConcurrentHashMap<>();

    /// How much room there is.
    enum Level { ENOUGH, LITTLE, NOTHING }

    DiskWatch(Map<String, Path> folders, Function<Path, OptionalLong> room, TimeSource time) {
        this.folders = new LinkedHashMap<>();
        folders.entrySet().stream().sorted(Comparator.comparingInt(folder -> folder.getValue().getNameCount()))
                .forEach(folder -> this.folders.put(folder.getKey(), folder.getValue()));
        this.room = room;
        this.looks = new Repeating(time, "disk", EVERY);
    }

    /// @param folders by the names that they have in metrics
    public static DiskWatch start(Map<String, Path> folders, TimeSource time) {
        DiskWatch watch = new DiskWatch(folders, DiskWatch::usable, time);
        watch.start();
        return watch;
    }

    void start() {
        looks.start(() -> folders.forEach(this::look));
    }

    private void look(String name, Path folder) {
        OptionalLong bytes = room.apply(folder);
        if (bytes.isEmpty()) {
            free.remove(name);
            return;
        }
        free.put(name, bytes.getAsLong());
        Level now = level(bytes.getAsLong());
        Level before = told.getOrDefault(name, Level.ENOUGH);
        told.put(name, now);
        if (now == before || isSaidOfItsParent(folder, bytes.getAsLong(), now)) {
            return;
        }
        long megabytes = bytes.getAsLong() >> 20;
        switch (now) {
            case LITTLE -> log.warn("only {} MB are free for {}: make room there, or recordings will end, voicemail will be refused, and records will wait in memory", megabytes, folder);
            case NOTHING -> log.error("{} MB are free for {}: recordings end, voicemail is refused, and records and messages wait in memory as long as they fit; make room there now", megabytes, folder);
            case ENOUGH -> log.info("{} MB are free for {} again", megabytes, folder);
        }
    }

    /// A folder within another one is on the same disk, unless it has another room.
    private boolean isSaidOfItsParent(Path folder, long bytes, Level now) {
        return folders.entrySet().stream().anyMatch(other -> !folder.equals(other.getValue()) && folder.startsWith(other.getValue())
                && told.get(other.getKey()) == now && Math.abs(free.getOrDefault(other.getKey(), -SAME_DISK) - bytes) < SAME_DISK);
    }

    private static Level level(long bytes) {
        return bytes < NOTHING ? Level.NOTHING : bytes < LITTLE ? Level.LITTLE : Level.ENOUGH;
    }

    private static OptionalLong usable(Path folder) {
        Path there = folder.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
            there = there.getParent(); // it is made when it is needed
        }
        try {
            return there == null ? OptionalLong.empty() : OptionalLong.of(Files.getFileStore(there).getUsableSpace());
        } catch (IOException unknown) {
            return OptionalLong.empty();
        }
    }

    /// @return bytes that are free, by the names of the folders; without those that cannot be asked
    public Map<String, Long> free() {
        return Map.copyOf(free);
    }

    /// @return in a few words, for people
    String text() {
        return switch (told.values().stream().max(Enum::compareTo).orElse(Level.ENOUGH)) {
            case ENOUGH -> "enough";
            case LITTLE -> "nearly full";
            case NOTHING -> "full: recordings end, voicemail is refused, records wait in memory";
        };
    }

    @Override
    public void close() {
        looks.close();
    }
}
