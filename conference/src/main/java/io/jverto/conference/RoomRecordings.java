package io.jverto.conference;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.Recording;
import io.jverto.switchboard.port.MediaListener.RecordingEnd;
import io.jverto.switchboard.port.MediaService.MixerRef;
import io.jverto.switchboard.port.MediaService.RoomSound;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// What is recorded of a room, to some files at once (conference.md section 18).
@OwnedBy(Role.ROOM)
final class RoomRecordings {
    private static final int MAX_FILES = 8;

    private final MixerRef mixer;
    private final BiConsumer<Path, RecordingEnd> onEnded;
    private final MaintenanceEvents events;
    private final Consumer<Path> onBegun;
    private final Map<Path, Recorder> recorders = new LinkedHashMap<>();
    /// Stopped, but not closed yet.
    private final Set<Path> closing = new HashSet<>();
    private boolean auto;

    /// @param onEnded posts the end of a file to the room
    /// @param onBegun told of each file
    RoomRecordings(MixerRef mixer, BiConsumer<Path, RecordingEnd> onEnded, MaintenanceEvents events, Consumer<Path> onBegun) {
        this.mixer = mixer;
        this.onBegun = onBegun;
        this.onEnded = onEnded;
        this.events = events;
    }

    /// @param byItself the room began it, because its profile says so
    /// @param since seconds of the epoch
    record Recorder(Path path, RoomSound sound, boolean byItself, long since, boolean paused) {
        private Recorder paused(boolean now) {
            sound.pause(now);
            return new Recorder(path, sound, byItself, since, now);
        }
    }

    /// What became of the wish to record.
    enum Begun {
        RECORDS,
        ALREADY,
        REFUSED
    }

    Begun start(Recording recording, boolean byItself, long nowSeconds) {
        Path path = recording.path();
        if (recorders.containsKey(path) || closing.contains(path)) {
            return Begun.ALREADY;
        }
        Optional<RoomSound> sound =
                recorders.size() >= MAX_FILES ? Optional.empty() : mixer.record(recording, end -> onEnded.accept(path, end));
        if (sound.isEmpty()) {
            events.tell("start-recording", "Path", path.toString(), "Error", "too many recordings");
            return Begun.REFUSED;
        }
        recorders.put(path, new Recorder(path, sound.get(), byItself, nowSeconds, false));
        auto |= byItself;
        onBegun.accept(path);
        events.tell("start-recording", "Path", path.toString());
        return Begun.RECORDS;
    }

    /// @return whether a recording by itself is, or was, going on
    boolean auto() {
        return auto;
    }

    /// Lets it begin by itself again.
    void autoAgain() {
        auto = recorders.values().stream().anyMatch(Recorder::byItself);
    }

    List<Recorder> all() {
        return List.copyOf(recorders.values());
    }

    /// @return whether it was recorded
    boolean stop(Path path) {
        Recorder recorder = recorders.remove(path);
        if (recorder != null) {
            closing.add(path);
            recorder.sound().stop();
        }
        return recorder != null;
    }

    /// @return whether it is recorded
    boolean pause(Path path, boolean paused) {
        Recorder recorder = recorders.computeIfPresent(path, (_, one) -> one.paused(paused));
        if (recorder != null) {
            events.tell(paused ? "pause-recording" : "resume-recording", "Path", path.toString());
        }
        return recorder != null;
    }

    void stopAll() {
        List.copyOf(recorders.keySet()).forEach(this::stop);
    }

    /// A file is closed.
    void onEnded(Path path, RecordingEnd end) {
        if (closing.remove(path) | recorders.remove(path) != null) {
            events.tell("stop-recording", "Path", path.toString(), "Other-Recordings", Boolean.toString(!recorders.isEmpty()),
                    "Samples-Out", Long.toString(end.samples()), "Milliseconds-Elapsed", Long.toString(end.millis()),
                    "Reason", end.how().name());
        }
    }
}
