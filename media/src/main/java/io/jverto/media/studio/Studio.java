package io.jverto.media.studio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.picture.Painter;
import io.jverto.media.picture.Picture;
import io.jverto.media.picture.Sprite;
import io.jverto.media.plan.Scene;
import io.jverto.media.plan.Scene.Art;
import io.jverto.media.plan.Scene.Content;
import io.jverto.media.plan.VideoCodec;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The pictures of one room. Sources are decoded while somebody sees them, canvases painted and encoded while somebody watches them, once for
/// each codec and bit rate. A picture that would come late is left out.
@OwnedBy(Role.PICTURES)
public final class Studio implements Painter.Palette {
    public static final int MAX_FPS = 60;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int CLOCK_HZ = 90_000;
    private static final double BITS_OF_A_PIXEL = 0.14;
    private static final int LEAST_KBPS = 512;

    private final StudioSetup setup;
    private final Map<String, Source> sources = new HashMap<>();
    /// In the order of their numbers: one that shows others has a higher one.
    private final TreeMap<Integer, Canvas> canvases = new TreeMap<>();
    private final long startNanos;
    private int fps;
    private long frameNanos;
    private long nextNanos;
    private long nowNanos;

    public Studio(StudioSetup setup, int framesPerSecond, long nowNanos) {
        this.setup = setup;
        this.startNanos = nowNanos;
        this.nextNanos = nowNanos;
        this.nowNanos = nowNanos;
        framesPerSecond(framesPerSecond);
    }

    /// @param framesPerSecond 1 to [#MAX_FPS]
    public void framesPerSecond(int framesPerSecond) {
        fps = Math.clamp(framesPerSecond, 1, MAX_FPS);
        frameNanos = SECOND / fps;
    }

    /// Where a source comes from.
    public interface Inlet {
        /// Asks whoever sends it for a key frame.
        void wantKeyFrame();

        /// Tells him how much he may send.
        void bandwidth(int kbps);
    }

    public void addSource(String id, Inlet inlet) {
        removeSource(id);
        sources.put(id, new Source(setup, inlet));
        lookWhoIsShown();
    }

    public void removeSource(String id) {
        Source gone = sources.remove(id);
        if (gone != null) {
            gone.close();
        }
    }

    /// @param codec VP8 or VP9, in which a source comes from now on; the first one at the beginning
    public void codec(String source, VideoCodec codec) {
        Source from = sources.get(source);
        if (from != null) {
            from.codec(codec);
        }
    }

    public void onPacket(long now, String source, int sequence, int timestamp, boolean marker, byte[] payload, int offset, int length) {
        Source from = sources.get(source);
        if (from != null) {
            from.onPacket(now, sequence, timestamp, marker, payload, offset, length);
        }
    }

    /// Shows a scene on a canvas from the next picture on.
    ///
    /// @param bitsPerSecond of those who can take most
    public void show(int canvas, Scene scene, int bitsPerSecond) {
        Canvas there = canvases.get(canvas);
        if (there == null) {
            canvases.put(canvas, new Canvas(setup, scene, bitsPerSecond));
        } else {
            there.show(scene, bitsPerSecond);
        }
        lookWhoIsShown();
    }

    /// @return a copy of what a canvas shows, whether or not anybody watches it; empty where there is none
    public Optional<Picture> snapshot(int canvas) {
        return Optional.ofNullable(canvases.get(canvas)).map(there -> {
            // What is painted for those who watch is what they have been sent.
            if (!there.isWatched()) {
                there.painter.paint(this);
            }
            return there.picture().copy();
        });
    }

    /// Those who watched it see nothing more until they watch another one.
    public void drop(int canvas) {
        Canvas gone = canvases.remove(canvas);
        if (gone != null) {
            gone.close();
        }
        lookWhoIsShown();
    }

    /// @param codec VP8 or VP9
    public Viewer addViewer(VideoCodec codec, Viewer.Outlet outlet) {
        return new Viewer(codec, outlet);
    }

    /// @param canvas that it sees from its next key frame on; one that is not there shows nothing
    public void watch(Viewer viewer, int canvas) {
        stopWatching(viewer);
        Canvas there = canvases.get(canvas);
        if (there != null) {
            viewer.canvas = canvas;
            there.add(viewer);
        }
        lookWhoIsShown();
    }

    public boolean isWatching(Viewer viewer) {
        return canvases.containsKey(viewer.canvas);
    }

    public void stopWatching(Viewer viewer) {
        Canvas before = canvases.get(viewer.canvas);
        if (before != null) {
            before.remove(viewer);
        }
        viewer.canvas = Viewer.NOTHING;
        lookWhoIsShown();
    }

    /// Art that was not there is.
    public void artIsReady() {
        canvases.values().forEach(canvas -> canvas.painter.repaint());
    }

    private void lookWhoIsShown() {
        canvases.values().forEach(canvas -> canvas.shown = false);
        Map<String, Integer> seen = new HashMap<>();
        for (Canvas canvas : canvases.descendingMap().values()) {
            if (canvas.isWatched()) {
                canvas.scene().tiles().forEach(tile -> {
                    switch (tile.content()) {
                        case Content.Camera camera -> seen.merge(camera.source(), tile.width() * tile.height(), Math::max);
                        case Content.Canvas(int number) -> {
                            Canvas other = canvases.get(number);
                            if (other != null && other != canvas) {
                                other.shown = true;
                            }
                        }
                        case Content.Still _, Content.Blank _ -> {}
                    }
                });
            }
        }
        sources.forEach((id, source) -> source.shown(seen.containsKey(id), kbps(seen.getOrDefault(id, 0))));
    }

    /// What a place of that size needs (conference.md section 21.5).
    private int kbps(int pixels) {
        return Math.max(LEAST_KBPS, (int) (pixels * BITS_OF_A_PIXEL * fps / 1_000));
    }

    /// Paints and encodes when it is time.
    ///
    /// @return the next deadline
    public long onTimeout(long now) {
        if (now < nextNanos) {
            return nextNanos;
        }
        long late = (now - nextNanos) / frameNanos;
        if (late > 0) {
            setup.counters().add(StudioCount.PICTURES_LEFT_OUT, late);
        }
        nextNanos += (late + 1) * frameNanos;
        nowNanos = now;
        for (Source source : sources.values()) {
            source.ask(now);
        }
        long mediaTime = (now - startNanos) / 1_000 * CLOCK_HZ / 1_000_000;
        for (Canvas canvas : canvases.values()) {
            if (canvas.isWatched()) {
                boolean changed = canvas.painter.paint(this);
                if (changed) {
                    setup.counters().increment(StudioCount.CANVASES_PAINTED);
                }
                canvas.send(now, changed, fps, mediaTime);
            }
        }
        return nextNanos;
    }

    @Override
    public @Nullable Picture camera(String source, boolean freezes) {
        Source from = sources.get(source);
        return from == null ? null : from.picture(nowNanos, freezes);
    }

    @Override
    public @Nullable Picture canvas(int number) {
        Canvas other = canvases.get(number);
        return other == null ? null : other.picture();
    }

    @Override
    public @Nullable Sprite art(Art art, int width, int height) {
        return setup.art().get(art, width, height);
    }

    /// The thread's own.
    public void close() {
        sources.values().forEach(Source::close);
        canvases.values().forEach(Canvas::close);
        sources.clear();
        canvases.clear();
    }
}
