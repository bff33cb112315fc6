package io.jverto.conference;

import io.jverto.media.plan.Scene;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.MediaService.MediaRef;
import io.jverto.switchboard.port.MediaService.RoomSound;
import io.jverto.switchboard.port.StudioRef;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/// A studio without pictures: it keeps what it was told, for tests to read.
final class RecordingStudio implements StudioRef {
    final Map<String, MediaRef> joined = new ConcurrentHashMap<>();
    final Map<String, OptionalInt> watching = new ConcurrentHashMap<>();
    final Map<Integer, Scene> scenes = new ConcurrentHashMap<>();
    final Map<Integer, Integer> rates = new ConcurrentHashMap<>();
    final List<String> snapshots = new CopyOnWriteArrayList<>();
    final Map<String, String> limits = new ConcurrentHashMap<>();
    volatile int shown;
    volatile int fps;
    final Map<RoomSound, Integer> recorded = new ConcurrentHashMap<>();
    final Map<RoomSound, String> projected = new ConcurrentHashMap<>();
    volatile boolean closed;

    RecordingStudio(int fps) {
        this.fps = fps;
    }

    @Override
    public void join(ChannelId channel, MediaRef media) {
        joined.put(channel.value(), media);
    }

    @Override
    public void leave(ChannelId channel) {
        joined.remove(channel.value());
        watching.remove(channel.value());
    }

    @Override
    public void watch(ChannelId channel, OptionalInt canvas) {
        watching.put(channel.value(), canvas);
    }

    @Override
    public void limit(ChannelId channel, int bitsPerSecond, boolean small) {
        limits.put(channel.value(), bitsPerSecond + (small ? " small" : ""));
    }

    @Override
    public void show(int canvas, Scene scene, int bitsPerSecond) {
        scenes.put(canvas, scene);
        rates.put(canvas, bitsPerSecond);
        shown++;
    }

    @Override
    public void record(RoomSound recording, int canvas) {
        recorded.put(recording, canvas);
    }

    @Override
    public void project(String source, RoomSound sound) {
        projected.put(sound, source);
    }

    @Override
    public void drop(int canvas) {
        scenes.remove(canvas);
    }

    @Override
    public void snapshot(int canvas, Path file, boolean followLinks) {
        snapshots.add(canvas + " " + file + (followLinks ? " links" : ""));
    }

    @Override
    public void framesPerSecond(int framesPerSecond) {
        fps = framesPerSecond;
    }

    @Override
    public void close() {
        closed = true;
    }

    /// @return what is at each place of a canvas, `x,y` of its upper left corner first: a camera's channel, `=` and art, `#` and a canvas
    Map<String, String> at(int canvas) {
        return scenes.get(canvas).tiles().stream().collect(Collectors.toMap(tile -> tile.x() + "," + tile.y(), tile -> what(tile.content()), (a, b) -> a + b, TreeMap::new));
    }

    private static String what(Scene.Content content) {
        return switch (content) {
            case Scene.Content.Camera camera -> camera.source();
            case Scene.Content.Still(Scene.Art.Initials(String name)) -> "=" + name;
            case Scene.Content.Still(Scene.Art.Image(var file)) -> "=" + file;
            case Scene.Content.Still(Scene.Art.Line line) -> "=" + line.banner().text();
            case Scene.Content.Canvas(int number) -> "#" + number;
            case Scene.Content.Blank _ -> "";
        };
    }
}
