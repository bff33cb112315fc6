package io.jverto.medialoop.tick;

import io.jverto.base.count.Counters;
import io.jverto.base.count.Histogram;
import io.jverto.media.audio.AudioCount;
import io.jverto.media.audio.AudioCounters;
import io.jverto.media.audio.Displacement;
import io.jverto.media.audio.ListenEar;
import io.jverto.media.audio.MixSource;
import io.jverto.media.audio.PortListener;
import io.jverto.media.audio.PortSetup;
import io.jverto.media.audio.RecorderSource;
import io.jverto.media.audio.RoomTap;
import io.jverto.media.audio.SessionRecorder;
import io.jverto.media.audio.SoundSource;
import io.jverto.media.codec.AudioCodecs;
import io.jverto.media.frame.FrameCount;
import io.jverto.media.plan.Displacing;
import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Recording.Sides;
import io.jverto.media.plan.Sound;
import io.jverto.medialoop.file.Disk;
import io.jverto.medialoop.file.FileThreads;
import io.jverto.medialoop.file.Film;
import io.jverto.medialoop.file.Projector;
import io.jverto.medialoop.file.RecordingEvents;
import io.jverto.medialoop.file.SoundFiles;
import io.jverto.switchboard.port.SoundSink;
import io.jverto.switchboard.port.TickTimes;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All mixers and playbacks of the server, spread over a few tick threads. Thread-safe; nothing here waits but [#close].
public final class AudioTicks implements AutoCloseable {
    /// Mean sample magnitude over which a member is mixed where the room does not say otherwise: the stock profile's
    /// `energy-level` (conference.md section 4.1).
    public static final int DEFAULT_GATE_LEVEL = 100;

    private static final Logger log = LoggerFactory.getLogger(AudioTicks.class);
    private static final Projector NO_PICTURES = new Projector(false);

    private final AudioCounters counters = new AudioCounters();
    private final Counters<FrameCount> frames = new Counters<>(FrameCount.class);
    private final List<TickLoop> loops = new ArrayList<>();
    private final List<TickThread> threads = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    /// As many as the configuration has.
    private final Map<Sound.Station, StationRef> stations = new ConcurrentHashMap<>();
    private final SoundFiles files;

    private AudioTicks(FileThreads threads, RandomGenerator random, Disk disk) {
        this.files = new SoundFiles(threads, counters, frames, random, disk);
    }

    /// Starts `count` platform threads; they sleep until there is something to do.
    ///
    /// @param random shuffles stations; thread-safe
    public static AudioTicks start(int count, RandomGenerator random) {
        RealTime.askForCollector();
        log.info("{} mixer threads {} real-time priority, Opus: {}", count, RealTime.isGiven() ? "with" : "without", AudioCodecs.opusImplementation());
        AudioTicks ticks = new AudioTicks(FileThreads.start(), random, Disk.FILES);
        for (int i = 0; i < count; i++) {
            TickThread thread = new TickThread(i, count, ticks.counters);
            ticks.threads.add(thread);
            ticks.loops.add(thread.loop());
            thread.start();
        }
        return ticks;
    }

    /// @return threads that fit this machine
    public static int defaultThreads() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    /// One loop without a thread, which the caller drives by [#tick]; files are read and written just before each tick.
    public static AudioTicks manual() {
        return manual(Disk.FILES);
    }

    /// @param disk where recordings are written
    public static AudioTicks manual(Disk disk) {
        AudioTicks ticks = new AudioTicks(FileThreads.manual(), new SecureRandom(), disk);
        ticks.loops.add(new TickLoop(ticks.counters, () -> {}));
        return ticks;
    }

    /// Moves all on by 20 ms; only for what [#manual] made. Call it with times 20 ms apart.
    public void tick(long nowNanos) {
        files.runAll();
        loops.forEach(loop -> loop.tick(nowNanos));
    }

    /// Makes a mixer with the default gate.
    public TickMixerRef openMixer(String name, int rateHz, int channels) {
        return openMixer(name, rateHz, channels, DEFAULT_GATE_LEVEL);
    }

    /// @param rateHz bandwidth of what is heard: 8000, 16000, 32000 or 48000; the mix itself is always at 48 kHz
    /// @param channels 1 mono, 2 stereo
    /// @param gateLevel mean sample magnitude over which a member is mixed; 0 mixes anything but digital silence
    public TickMixerRef openMixer(String name, int rateHz, int channels, int gateLevel) {
        return new TickMixerRef(name, nextLoop(), rateHz, channels, gateLevel, 0);
    }

    /// Makes the mixer of a room, with the default gate.
    ///
    /// @param noise root mean square of the noise that is heard when there is nothing else; 0 for none
    public TickMixerRef openRoom(String name, int rateHz, int channels, int noise) {
        return new TickMixerRef(name, nextLoop(), rateHz, channels, DEFAULT_GATE_LEVEL, noise);
    }

    /// Plays a sound to one channel. `setup.rx` is emptied and its packets are dropped. Music and stations are endless, and who
    /// joins hears them from where they are.
    public PlayResult play(Sound sound, PortSetup setup) {
        TickLoop loop = nextLoop();
        return switch (sound) {
            case Sound.Music _ -> joined(new PlaybackRef(loop, TickCommand.PlayMusic::new, () -> {}), setup);
            case Sound.Station station -> {
                StationRef ref = stations.computeIfAbsent(station, this::open);
                yield joined(new PlaybackRef(ref.loop(), (port, control) -> new TickCommand.PlayStation(ref, port, control), () -> {}), setup);
            }
            case Sound.File _, Sound.Sequence _ -> {
                SoundFiles.Playing file = files.play("channel " + setup.name(), sound, setup.plan().sendChannels());
                yield joined(PlaybackRef.of(loop, file), setup);
            }
            case Sound.Tone _, Sound.Silence _, Sound.Echo _, Sound.Watch _ -> switch (SoundSource.of(sound)) {
                case SoundSource.Made.Bad bad -> new PlayResult.Refused(bad.reason());
                case SoundSource.Made.Ok ok -> joined(PlaybackRef.of(loop, ok.source(), () -> {}), setup);
            };
        };
    }

    /// A channel that hears itself, or nothing, by way of a port.
    public PlayResult line(boolean echo, PortSetup setup) {
        SoundSource source = echo ? SoundSource.echo() : SoundSource.silence();
        return joined(PlaybackRef.of(nextLoop(), source, () -> {}), setup);
    }

    /// Makes a way between a channel that listens in and the one that it listens to, at which the ear is to be put.
    public ListenRef listen(ListenEar.Parties hears, ListenEar.Parties heardBy) {
        ListenEar ear = new ListenEar(hears, heardBy);
        return new ListenRef(ear, PlaybackRef.of(nextLoop(), ear.source(), () -> {}));
    }

    /// Makes a sound that is to come instead of what a channel says or hears: put the insert on its line. Music is made anew, not joined.
    ///
    /// @param ended called on a mixer's thread when it is over
    /// @return empty when it is no such sound, one that listens, or a station, which plays for all at once
    public Optional<DisplaceRef> displace(String channel, Sound sound, Displacing how, Runnable ended) {
        return switch (sound) {
            case Sound.Station _, Sound.Echo _, Sound.Watch _ -> Optional.empty();
            case Sound.File _, Sound.Sequence _ -> {
                SoundFiles.Playing file = files.play("channel " + channel, sound, 2);
                yield Optional.of(new DisplaceRef(new Displacement(file.source(), how, ended), file.stop()));
            }
            case Sound.Tone _, Sound.Silence _, Sound.Music _ -> SoundSource.of(sound) instanceof SoundSource.Made.Ok(SoundSource source)
                    ? Optional.of(new DisplaceRef(new Displacement(source, how, ended), () -> {}))
                    : Optional.empty();
        };
    }

    private StationRef open(Sound.Station station) {
        return new StationRef(station.name(), nextLoop(), files.play("station " + station.name(), station, 2).source());
    }

    /// Begins to write what a channel says; [RecordingRef#join] lets it say something.
    ///
    /// @param channels 1 or 2
    /// @param rateHz of the file
    public RecordingRef record(String channel, Recording recording, int channels, int rateHz, RecordingEvents events) {
        SoundFiles.Writing writing = files.record("channel " + channel, recording, channels, rateHz, events);
        RecorderSource source = new RecorderSource(writing.target(), recording.silence(), counters);
        return new RecordingRef(PlaybackRef.of(nextLoop(), source, () -> {}), writing);
    }

    /// Begins to write what a channel says and hears: put the insert on its line.
    ///
    /// @param rateHz of the file
    public SessionRecordingRef record(String channel, Recording recording, Sides sides, int rateHz, RecordingEvents events) {
        SessionRecordingRef.Told told = new SessionRecordingRef.Told(events);
        SoundFiles.Writing writing = files.record("channel " + channel, recording, sides.channels(), rateHz, told);
        return new SessionRecordingRef(writing, new SessionRecorder(writing.target(), sides, counters, recording.silence(), writing.silenced()), told);
    }

    /// Begins to hand on what a channel says: put the insert on its line.
    public SessionRecordingRef tap(String channel, SoundSink sink) {
        SoundFiles.Writing writing = files.tap("channel " + channel, sink);
        return new SessionRecordingRef(writing, new SessionRecorder(writing.target(), Sides.OWN, counters), new SessionRecordingRef.Told((_, _, _) -> { }));
    }

    /// Plays a sound into a room.
    ///
    /// @param listener told the end, on the tick thread: post and return
    /// @return empty when it cannot be played
    public Optional<RoomSoundRef> play(
            TickMixerRef mixer, Sound sound, MixSource.How how, Consumer<PortListener.End> listener) {
        return switch (sound) {
            case Sound.File _, Sound.Sequence _, Sound.Station _ -> {
                SoundFiles.Playing file = files.play("room " + mixer.name(), sound, mixer.channels());
                yield play(mixer, file.source(), file.stop(), file.projector(), how, listener);
            }
            case Sound.Echo _, Sound.Watch _ -> Optional.empty();
            case Sound.Tone _, Sound.Silence _, Sound.Music _ -> switch (SoundSource.of(sound)) {
                case SoundSource.Made.Ok ok -> play(mixer, ok.source(), () -> {}, NO_PICTURES, how, listener);
                case SoundSource.Made.Bad bad -> {
                    log.warn("room {}: {} is not played: {}", mixer.name(), sound, bad.reason());
                    yield Optional.empty();
                }
            };
        };
    }

    private static Optional<RoomSoundRef> play(TickMixerRef mixer, SoundSource source, Runnable release, Projector projector, MixSource.How how,
            Consumer<PortListener.End> listener) {
        RoomSoundRef ref = new RoomSoundRef(release, mixer::wake, listener, new Film(), projector);
        if (mixer.play(new MixSource(source, how, ref, mixer.channels()), ref)) {
            return Optional.of(ref);
        }
        release.run();
        return Optional.empty();
    }

    /// Records a room, or one of its members.
    ///
    /// @param only the member's name; empty for the mix
    /// @param rateHz of the file
    /// @return empty when the room takes no more
    public Optional<RoomSoundRef> record(TickMixerRef mixer, Recording recording, String only, int rateHz, RecordingEvents events) {
        SoundFiles.Writing writing = files.record("room " + mixer.name(), recording, mixer.channels(), rateHz, events);
        RoomSoundRef ref = new RoomSoundRef(writing.stop(), mixer::wake, _ -> {}, writing.film(), NO_PICTURES);
        RoomTap tap = new RoomTap(writing.target(), ref, counters, only);
        if (mixer.record(tap, ref)) {
            return Optional.of(ref);
        }
        writing.stop().run();
        return Optional.empty();
    }

    /// @return how punctual the threads have been
    public TickTimes times() {
        int realTime = (int) threads.stream().filter(TickThread::isRealTime).count();
        return new TickTimes(
                threads.size(), realTime, sum(TickThread::late), sum(TickThread::took), counters.audio().get(AudioCount.TICKS_SKIPPED));
    }

    private Histogram.Snapshot sum(Function<TickThread, Histogram.Snapshot> which) {
        return threads.stream().map(which).reduce(Histogram.Snapshot.EMPTY, Histogram.Snapshot::plus);
    }

    /// @return files that are open or about to be
    public int openFiles() {
        return files.size();
    }

    /// @return what is counted of VP8 in films, and of rooms' canvases
    public Counters<FrameCount> frames() {
        return frames;
    }

    public AudioCounters counters() {
        return counters;
    }

    /// Ends the threads and everything on them.
    @Override
    public void close() {
        threads.forEach(TickThread::close);
        if (threads.isEmpty()) {
            loops.forEach(TickLoop::close);
        }
        stations.clear();
        files.close();
    }

    private static PlayResult joined(PlaybackRef playback, PortSetup setup) {
        Optional<PortRef> port = playback.join(setup);
        if (port.isEmpty()) {
            playback.stop();
            return new PlayResult.Refused("too many playbacks start at once");
        }
        return new PlayResult.Playing(playback, port.get());
    }

    private TickLoop nextLoop() {
        return loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
    }
}
