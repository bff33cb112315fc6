package io.jverto.medialoop.tick;

import io.jverto.media.audio.ListenEar;

/// A channel that listens in on another one, from any thread.
///
/// @param playback brings it to the channel that listens
public record ListenRef(ListenEar ear, PlaybackRef playback) {}
