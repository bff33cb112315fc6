package io.jverto.medialoop.file;

import io.jverto.base.count.Counters;
import io.jverto.media.audio.AudioCounters;
import io.jverto.media.audio.FeedSource;
import io.jverto.media.audio.PcmRing;
import io.jverto.media.audio.RecordTarget;
import io.jverto.media.audio.TakeClock;
import io.jverto.media.frame.FrameCount;
import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Sound;
import io.jverto.switchboard.port.SoundSink;
import java.util.List;
import java.util.random.RandomGenerator;

/// Joins files to tick threads. Thread-safe; nothing here waits but [#close].
public final class SoundFiles implements AutoCloseable {
    /// 640 ms ahead: a disk or a garbage collection may take half of that without being heard. 123 kB in stereo.
    private static final int READ_AHEAD_FRAMES = 32;
    /// 2.5 s that a disk may take.
    private static final int WRITE_BEHIND_FRAMES = 128;

    /// 10 s that a program may need until it listens. 983 kB.
    private static final int TAKE_BEHIND_FRAMES = 512;
    /// 80 ms are handed on at once.
    private static final int TAKE_FRAMES = 4;

    private final FileThreads threads;
    private final AudioCounters counters;
    private final Counters<FrameCount> frames;
    private final RandomGenerator random;
    private final Disk disk;

    /// @param random shuffles stations and names streams; thread-safe
    /// @param disk where recordings are written
    public SoundFiles(FileThreads threads, AudioCounters counters, Counters<FrameCount> frames, RandomGenerator random, Disk disk) {
        this.frames = frames;
        this.threads = threads;
        this.counters = counters;
        this.random = random;
        this.disk = disk;
    }

    /// A sound that is being read.
    ///
    /// @param projector shows its pictures, if it has any
    /// @param stop closes the file; call it when nobody listens any more
    public record Playing(FeedSource source, Projector projector, Runnable stop) {}

    /// @param name of the channel, for logs
    /// @param channels 1 or 2: what the listener can hear
    public Playing play(String name, Sound sound, int channels) {
        return feed(name, program(sound), channels, sound.isFilm());
    }

    private Program program(Sound sound) {
        return switch (sound) {
            case Sound.Sequence(List<Sound> parts, int loops) -> new Program.Loop(parts, loops);
            case Sound.Station station -> new Program.Folder(station, random);
            case Sound.File _, Sound.Tone _, Sound.Silence _, Sound.Music _, Sound.Echo _, Sound.Watch _ -> new Program.Loop(List.of(sound), 1);
        };
    }

    private Playing feed(String name, Program program, int channels, boolean film) {
        Projector projector = new Projector(film);
        PcmRing ring = new PcmRing(READ_AHEAD_FRAMES, channels);
        FileThreads.Task task = threads.start(name, new Feed(name, program, ring, projector));
        projector.wakes(task::wake);
        return new Playing(new FeedSource(ring, task::wake, counters, film), projector, task::stop);
    }

    /// A recording that is being written.
    ///
    /// @param film takes pictures, if the file does
    /// @param silenced ends it because it was silent for too long
    /// @param stop ends it because nobody wants more
    public record Writing(RecordTarget target, Film film, Runnable silenced, Runnable stop) {}

    /// @param channels 1 or 2
    /// @param rateHz of the file
    public Writing record(String name, Recording recording, int channels, int rateHz, RecordingEvents events) {
        PcmRing ring = new PcmRing(WRITE_BEHIND_FRAMES, channels);
        Film film = new Film(recording.isMatroska());
        TakeClock clock = new TakeClock();
        RecordedFile format = recording.isFilm() ? new WebmFile(name, channels, recording, new FilmCutter(film, clock, frames))
                : recording.isOgg() ? new OggFile(random.nextInt(), channels, recording.tags()) : new WavFile(rateHz, channels, recording.tags());
        RecordingWriter writer = new RecordingWriter(name, recording, ring, disk, format, events);
        FileThreads.Task task = threads.start(name, writer);
        film.wakes(task::wake);
        return new Writing(new RecordTarget(ring, task::wake, clock), film, () -> {
            writer.silenced();
            task.wake();
        }, task::stop);
    }

    /// @param name of the channel, for logs
    public Writing tap(String name, SoundSink sink) {
        PcmRing ring = new PcmRing(TAKE_BEHIND_FRAMES, 1);
        FileThreads.Task task = threads.start(name, new SoundTap(ring, sink));
        return new Writing(new RecordTarget(ring, task::wake, TAKE_FRAMES), new Film(), () -> {}, task::stop);
    }

    /// Lets all files work as far as they can; only with threads that are driven by hand.
    public void runAll() {
        threads.runAll();
    }

    /// @return files that are open or about to be
    public int size() {
        return threads.size();
    }

    @Override
    public void close() {
        threads.close();
    }
}
