package io.jverto.medialoop.picture;

import io.jverto.base.count.Counters;
import io.jverto.media.frame.FrameCount;
import io.jverto.media.frame.Vpx;
import io.jverto.media.studio.StudioCount;
import io.jverto.media.studio.StudioSetup;
import io.jverto.switchboard.port.MediaService.MediaRef;
import io.jverto.switchboard.port.StudioRef;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The pictures of all rooms. The threads begin with the first room that wants any; without libvpx there are none. Thread-safe.
public final class Pictures implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Pictures.class);

    private final Counters<StudioCount> counters = new Counters<>(StudioCount.class);
    private final Counters<FrameCount> frames;
    private final Function<MediaRef, Optional<Tap>> taps;
    private final ArtCupboard art = new ArtCupboard(this::artIsReady);
    private volatile List<PictureThread> threads = List.of();
    private boolean said;
    private boolean closed;

    /// @param taps makes one for a channel's media; empty where it has nothing that canvases can show
    /// @param frames counters
    public Pictures(Function<MediaRef, Optional<Tap>> taps, Counters<FrameCount> frames) {
        this.frames = frames;
        this.taps = taps;
    }

    public Counters<StudioCount> counters() {
        return counters;
    }

    public Counters<FrameCount> frames() {
        return frames;
    }

    /// @return empty without libvpx; the log says so once
    public synchronized Optional<StudioRef> open(String name, int framesPerSecond) {
        if (closed || !isThere()) {
            return Optional.empty();
        }
        StudioLoop studio = new StudioLoop(name, new StudioSetup(new Vpx(frames), counters, frames, art), framesPerSecond);
        PictureThread thread = threads.stream().min(Comparator.comparingInt(PictureThread::load)).orElseThrow();
        return thread.open(studio) ? Optional.of(new StudioHandle(thread, studio, taps)) : Optional.empty();
    }

    private boolean isThere() {
        Optional<String> version = Vpx.version();
        if (!said) {
            said = true;
            version.ifPresentOrElse(
                    found -> log.info("rooms have canvases, by libvpx {}", found),
                    () -> log.warn(
                            "rooms have no canvas and show who talks: {}; on Debian 12 install libvpx7, on Debian 13 libvpx9", Vpx.obstacle()));
            if (version.isPresent()) {
                threads = IntStream.range(0, Math.max(1, Runtime.getRuntime().availableProcessors() / 2))
                        .mapToObj(index -> new PictureThread(index, counters)).toList();
                threads.forEach(PictureThread::start);
            }
        }
        return version.isPresent();
    }

    private void artIsReady() {
        threads.forEach(thread -> thread.tell(new PictureCommand.ArtIsReady()));
    }

    @Override
    public synchronized void close() {
        closed = true;
        threads.forEach(PictureThread::close);
    }
}
