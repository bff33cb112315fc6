package io.jverto.conference;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.Recording;
import io.jverto.switchboard.channel.SoundPaths;
import io.jverto.switchboard.port.ConferenceService.KeptRoomRecording;
import io.jverto.switchboard.port.MediaListener.RecordingEnd;
import io.jverto.switchboard.port.MediaService.MixerRef;
import io.jverto.switchboard.port.MediaService.RoomSound;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// What is recorded of a room, to some files at once, each of the whole mix or with a track of its own for each member (conference.md
/// section 18).
@OwnedBy(Role.ROOM)
final class RoomRecordings {
    private static final int MAX_FILES = 8;
    static final int MAX_TRACKS = 64;

    private final MixerRef mixer;
    private final BiConsumer<Path, RecordingEnd> onEnded;
    private final MaintenanceEvents events;
    private final Consumer<Recorder> onBegun;
    private final Recording.Tags tags;
    private final Map<Path, Recorder> recorders = new LinkedHashMap<>();
    /// By the path that was asked for, of which those of the members' files are made.
    private final Map<Path, Tracks> tracks = new LinkedHashMap<>();
    /// Stopped, but not closed yet.
    private final Set<Path> closing = new HashSet<>();
    private final Map<Path, Long> begun = new LinkedHashMap<>();
    private final RoomFilms films = new RoomFilms();
    private boolean auto;

    /// @param onEnded posts the end of a file to the room
    /// @param onBegun told of each file
    /// @param tags of each file
    RoomRecordings(MixerRef mixer, BiConsumer<Path, RecordingEnd> onEnded, MaintenanceEvents events, Consumer<Recorder> onBegun, Recording.Tags tags) {
        this.tags = tags;
        this.mixer = mixer;
        this.onBegun = onBegun;
        this.onEnded = onEnded;
        this.events = events;
    }

    /// @param wanted the path that was asked for
    /// @param member whose track it is; 0 for the whole mix
    /// @param byItself the room began it, because its profile says so
    /// @param canvas that it shows, in a file that takes pictures, from 0
    /// @param since seconds of the epoch
    record Recorder(Recording recording, Path wanted, int member, int canvas, RoomSound sound, boolean byItself, long since, boolean paused) {
        Path path() {
            return recording.path();
        }

        boolean isFilm() {
            return recording.isFilm();
        }

        private Recorder paused(boolean now) {
            sound.pause(now);
            return new Recorder(recording, wanted, member, canvas, sound, byItself, since, now);
        }
    }

    /// A file for each member.
    ///
    /// @param recording of the path that was asked for
    /// @param longest of its tracks up to its last pause, milliseconds
    private record Tracks(Recording recording, boolean byItself, long longest, long resumedMillis, boolean paused) {
        /// @return where a track begins that begins now, milliseconds
        long offset(long nowMillis) {
            return longest + (paused ? 0 : nowMillis - resumedMillis);
        }

        Tracks paused(boolean now, long nowMillis) {
            return now == paused ? this : new Tracks(recording, byItself, offset(nowMillis), nowMillis, now);
        }
    }

    /// What became of the wish to record.
    enum Begun {
        RECORDS,
        ALREADY,
        REFUSED
    }

    /// @return what runs, so that it can go on after the server was started again
    List<KeptRoomRecording> note() {
        List<KeptRoomRecording> all = new ArrayList<>();
        recorders.values().stream().filter(one -> one.member() == 0)
                .forEach(one -> all.add(new KeptRoomRecording(one.recording(), one.canvas(), false, one.byItself(), one.paused())));
        tracks.values().forEach(one -> all.add(new KeptRoomRecording(one.recording(), 0, true, one.byItself(), one.paused())));
        return all;
    }

    /// Begins again what ran before the server was started again; tracks in files of their own, for they begin at another time.
    void goOn(KeptRoomRecording before, long nowMillis) {
        Recording recording = before.tracks() ? before.recording().to(SoundPaths.beside(before.recording().path())) : SoundPaths.resumed(before.recording());
        if (before.tracks()) {
            startTracks(recording, before.byItself(), List.of(), nowMillis);
        } else {
            start(recording, before.canvas(), before.byItself(), nowMillis, "Resumed", "true");
        }
        if (before.paused()) {
            pause(recording.path(), true, nowMillis);
        }
    }

    /// @param canvas that goes into it, from 0, where there are some and the file takes pictures
    /// @param more headers of its event
    Begun start(Recording recording, int canvas, boolean byItself, long nowMillis, String... more) {
        Path path = recording.path();
        if (isTaken(path)) {
            return Begun.ALREADY;
        }
        boolean full = recorders.values().stream().filter(one -> one.member() == 0).count() >= MAX_FILES;
        Optional<RoomSound> sound = full ? Optional.empty() : mixer.record(recording.tagged(tags), end -> onEnded.accept(path, end));
        if (sound.isEmpty()) {
            events.tell("start-recording", "Path", path.toString(), "Error", "too many recordings");
            return Begun.REFUSED;
        }
        Recorder recorder = new Recorder(recording, path, 0, canvas, sound.get(), byItself, nowMillis / 1_000, false);
        recorders.put(path, recorder);
        auto |= byItself;
        begun.put(path, nowMillis / 1_000);
        onBegun.accept(recorder);
        events.tell("start-recording", Stream.concat(Stream.of("Path", path.toString()), Arrays.stream(more)).toArray(String[]::new));
        return Begun.RECORDS;
    }

    private boolean isTaken(Path path) {
        return recorders.containsKey(path) || closing.contains(path) || tracks.containsKey(path);
    }

    /// Records each member to a file of its own, now and as it comes.
    Begun startTracks(Recording recording, boolean byItself, List<Member> members, long nowMillis) {
        if (isTaken(recording.path())) {
            return Begun.ALREADY;
        }
        if (tracks.size() >= MAX_FILES) {
            return Begun.REFUSED;
        }
        tracks.put(recording.path(), new Tracks(recording, byItself, 0, nowMillis, false));
        auto |= byItself;
        members.forEach(member -> joined(member, recording.path(), nowMillis));
        return Begun.RECORDS;
    }

    void joined(Member member, long nowMillis) {
        tracks.keySet().forEach(wanted -> joined(member, wanted, nowMillis));
    }

    private void joined(Member member, Path wanted, long nowMillis) {
        Tracks set = tracks.get(wanted);
        Path path = track(wanted, member.id(), set.offset(nowMillis));
        boolean full = isTaken(path) || recorders.values().stream().filter(one -> one.member() > 0).count() >= MAX_TRACKS;
        Recording recording = set.recording().to(path).tagged(tags);
        Optional<RoomSound> sound = full ? Optional.empty() : mixer.recordOne(member.seat().request().channel().id(), recording, end -> onEnded.accept(path, end));
        if (sound.isEmpty()) {
            events.tell("start-recording", member, "Path", path.toString(), "Error", "too many recordings");
            return;
        }
        sound.get().pause(set.paused());
        Recorder recorder = new Recorder(recording, wanted, member.id(), 0, sound.get(), set.byItself(), nowMillis / 1_000, set.paused());
        recorders.put(path, recorder);
        begun.put(path, nowMillis / 1_000);
        onBegun.accept(recorder);
        events.tell("start-recording", member, "Path", path.toString());
    }

    /// `<name>-<member id>-<where it begins in the others, milliseconds>.<extension>`, so that tracks can be laid beside each other.
    private static Path track(Path wanted, int member, long offset) {
        String name = wanted.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return wanted.resolveSibling(name.substring(0, dot) + "-" + member + "-" + offset + name.substring(dot));
    }

    void left(Member member) {
        recorders.values().stream().filter(one -> one.member() == member.id()).map(Recorder::path).toList().forEach(this::stopFile);
    }

    /// Brings the pictures of files to what is seen.
    void film(List<Member> members, Optional<Canvases> canvases, Optional<Member> floor, Optional<RoomSound> film) {
        films.update(all(), members, canvases, floor, film);
    }

    /// @return whether a recording by itself is, or was, going on
    boolean auto() {
        return auto;
    }

    /// Lets it begin by itself again.
    void autoAgain() {
        auto = recorders.values().stream().anyMatch(Recorder::byItself) || tracks.values().stream().anyMatch(Tracks::byItself);
    }

    List<Recorder> all() {
        return List.copyOf(recorders.values());
    }

    /// @return the paths that were asked for
    List<Path> wanted() {
        Set<Path> paths = new LinkedHashSet<>();
        recorders.values().forEach(one -> paths.add(one.wanted()));
        paths.addAll(tracks.keySet());
        return List.copyOf(paths);
    }

    /// @param wanted the path that was asked for, or that of a member's track
    /// @return the files that end
    List<Path> stop(Path wanted) {
        tracks.remove(wanted);
        List<Path> paths = recorders.values().stream().filter(one -> one.wanted().equals(wanted) || one.path().equals(wanted)).map(Recorder::path).toList();
        paths.forEach(this::stopFile);
        return paths;
    }

    private void stopFile(Path path) {
        Recorder recorder = recorders.remove(path);
        if (recorder != null) {
            closing.add(path);
            recorder.sound().stop();
        }
    }

    /// @param wanted the path that was asked for
    /// @return whether it is recorded
    boolean pause(Path wanted, boolean paused, long nowMillis) {
        boolean known = tracks.computeIfPresent(wanted, (_, set) -> set.paused(paused, nowMillis)) != null;
        for (Recorder recorder : all()) {
            if (recorder.wanted().equals(wanted)) {
                known = true;
                recorders.put(recorder.path(), recorder.paused(paused));
            }
        }
        if (known) {
            events.tell(paused ? "pause-recording" : "resume-recording", "Path", wanted.toString());
        }
        return known;
    }

    /// @return of the file: one of those that there are
    private static long rate(RecordingEnd end) {
        return Math.round(end.samples() * 1_000.0 / end.millis() / 1_000) * 1_000;
    }

    /// Whether a file that was stopped is not closed yet.
    boolean isClosing() {
        return !closing.isEmpty();
    }

    void stopAll() {
        wanted().forEach(this::stop);
    }

    /// A file is closed.
    ///
    /// @return when it began, seconds of the epoch; empty when it was none of this room
    OptionalLong onEnded(Path path, RecordingEnd end) {
        OptionalLong since = begun.containsKey(path) ? OptionalLong.of(begun.remove(path)) : OptionalLong.empty();
        if (closing.remove(path) | recorders.remove(path) != null) {
            events.tell("stop-recording", "Path", path.toString(), "Other-Recordings", Boolean.toString(!recorders.isEmpty()),
                    "Samples-Out", Long.toString(end.samples()), "Samplerate", Long.toString(end.millis() == 0 ? 0 : rate(end)), "Milliseconds-Elapsed", Long.toString(end.millis()),
                    "Reason", end.how().name());
        }
        return since;
    }
}
