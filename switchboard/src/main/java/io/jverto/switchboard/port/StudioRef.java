package io.jverto.switchboard.port;

import io.jverto.media.plan.Scene;
import java.nio.file.Path;
import java.util.OptionalInt;

/// The pictures of one room: its members are seen on canvases, and see one. Thread-safe; nothing here waits.
public interface StudioRef {
    /// Lets canvases show what a channel sends, as a camera with its id, and lets it watch. What it sends in a codec that canvases have not is not shown.
    /// Again after its plan has changed.
    ///
    /// @param media of the same media service
    void join(ChannelId channel, MediaService.MediaRef media);

    /// Twice does no harm.
    void leave(ChannelId channel);

    /// @param canvas that the channel sees from the next key frame on; empty for nothing
    void watch(ChannelId channel, OptionalInt canvas);

    /// Lets no more of a canvas go to a channel than that. Again after it has joined again.
    ///
    /// @param bitsPerSecond 0 for as much as it can take
    /// @param small whether it gets half as many columns and rows
    void limit(ChannelId channel, int bitsPerSecond, boolean small);

    /// Shows a scene on a canvas. A canvas that shows others has a higher number than they have.
    ///
    /// @param bitsPerSecond for those who can take so much; others get less
    void show(int canvas, Scene scene, int bitsPerSecond);

    /// Lets a canvas be no more.
    void drop(int canvas);

    /// Lets a canvas go into a recording, as those see it who can take most. It is seen from its next key frame on.
    ///
    /// @param recording of a mixer of the same media service, into a file that takes pictures
    default void record(MediaService.RoomSound recording, int canvas) {
        // a studio that is not recorded
    }

    /// Lets canvases show the pictures of a file as a camera, until its sound is over.
    ///
    /// @param source id of that camera
    /// @param sound of a mixer of the same media service
    default void project(String source, MediaService.RoomSound sound) {
        // a studio that shows no files
    }

    /// Writes what a canvas shows to a file, as soon as that can be: in place of one that is there. The log says so where it cannot.
    ///
    /// @param file a `.png` file
    /// @param followLinks whether a link there was made by whoever may
    void snapshot(int canvas, Path file, boolean followLinks);

    /// @param framesPerSecond 1 to 60
    void framesPerSecond(int framesPerSecond);

    /// Ends it. Twice does no harm.
    void close();
}
