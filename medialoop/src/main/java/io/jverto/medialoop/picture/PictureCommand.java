package io.jverto.medialoop.picture;

import io.jverto.media.plan.Scene;
import java.nio.file.Path;

/// What other threads tell a thread of pictures about one of its studios.
sealed interface PictureCommand {
    record Open(StudioLoop studio) implements PictureCommand {}

    record Join(StudioLoop studio, String channel, Tap tap) implements PictureCommand {}

    record Leave(StudioLoop studio, String channel) implements PictureCommand {}

    /// @param canvas that the channel watches; one that is not there for nothing
    record Watch(StudioLoop studio, String channel, int canvas) implements PictureCommand {}

    /// @param bitsPerSecond 0 for no limit
    record Limit(StudioLoop studio, String channel, int bitsPerSecond, boolean small) implements PictureCommand {}

    record Show(StudioLoop studio, int canvas, Scene scene, int bitsPerSecond) implements PictureCommand {}

    record Drop(StudioLoop studio, int canvas) implements PictureCommand {}

    /// @param file that gets what the canvas shows
    record Snapshot(StudioLoop studio, int canvas, Path file, boolean followLinks) implements PictureCommand {}

    record FramesPerSecond(StudioLoop studio, int framesPerSecond) implements PictureCommand {}

    /// Art that some canvas waits for has been made.
    record ArtIsReady() implements PictureCommand {}

    record Close(StudioLoop studio) implements PictureCommand {}
}
