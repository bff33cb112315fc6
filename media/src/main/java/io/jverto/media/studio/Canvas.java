package io.jverto.media.studio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.picture.Halver;
import io.jverto.media.picture.Painter;
import io.jverto.media.picture.Picture;
import io.jverto.media.plan.Scene;
import io.jverto.media.plan.VideoCodec;
import java.util.ArrayList;
import java.util.List;

/// One canvas of a room, with its encodings.
@OwnedBy(Role.PICTURES)
final class Canvas {
    private final StudioSetup setup;
    final Painter painter;
    private final Halver halver = new Halver();
    private final List<Stream> streams = new ArrayList<>();
    private Scene scene;
    private int bitsPerSecond;
    /// Whether another canvas shows it that somebody watches.
    boolean shown;
    private long halved = -1;

    Canvas(StudioSetup setup, Scene scene, int bitsPerSecond) {
        this.setup = setup;
        this.painter = new Painter(scene.width(), scene.height());
        this.scene = scene;
        show(scene, bitsPerSecond);
    }

    void show(Scene next, int rate) {
        scene = next;
        bitsPerSecond = rate;
        painter.show(next);
    }

    Scene scene() {
        return scene;
    }

    Picture picture() {
        return painter.canvas();
    }

    boolean isWatched() {
        return shown || hasViewers();
    }

    boolean hasViewers() {
        for (int i = 0; i < streams.size(); i++) {
            if (!streams.get(i).viewers.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    void add(Viewer viewer) {
        viewer.look();
        stream(viewer.codec(), viewer.wanted(bitsPerSecond)).add(viewer);
    }

    void remove(Viewer viewer) {
        streams.forEach(stream -> stream.remove(viewer));
        viewer.level = -1;
    }

    private Stream stream(VideoCodec codec, int level) {
        for (Stream stream : streams) {
            if (stream.level() == level && stream.codec() == codec) {
                return stream;
            }
        }
        Stream made = new Stream(setup, codec, level);
        streams.add(made);
        return made;
    }

    /// Encodes what was painted.
    void send(long nowNanos, boolean changed, int fps, long mediaTime) {
        sort();
        for (int i = 0; i < streams.size(); i++) {
            Stream stream = streams.get(i);
            if (!stream.viewers.isEmpty()) {
                stream.send(nowNanos, Rates.isHalfSize(stream.level()) ? half() : picture(), changed, fps, bitsPerSecond, mediaTime);
            }
        }
    }

    /// Puts those into another class who can take more now, or less.
    private void sort() {
        for (int i = streams.size() - 1; i >= 0; i--) {
            Stream stream = streams.get(i);
            for (int j = stream.viewers.size() - 1; j >= 0; j--) {
                Viewer viewer = stream.viewers.get(j);
                viewer.look();
                int level = viewer.wanted(bitsPerSecond);
                if (level != stream.level()) {
                    stream.remove(viewer);
                    stream(viewer.codec(), level).add(viewer);
                }
            }
        }
    }

    private Picture half() {
        Picture whole = picture();
        if (halved != whole.version()) {
            halved = whole.version();
            halver.halve(whole);
        }
        return halver.half();
    }

    /// Those who watched it watch nothing.
    void close() {
        for (Stream stream : streams) {
            stream.viewers.forEach(viewer -> {
                viewer.canvas = Viewer.NOTHING;
                viewer.level = -1;
            });
            stream.viewers.clear();
            stream.close();
        }
    }
}
