package io.jverto.medialoop.tick;

import io.jverto.media.audio.Displacement;

/// A sound in place of what a channel says or hears, from any thread.
///
/// @param insert belongs on the channel's line
/// @param stop closes its files; twice does no harm
public record DisplaceRef(Displacement insert, Runnable stop) {}
