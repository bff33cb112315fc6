package io.jverto.medialoop.tick;

import io.jverto.media.audio.SoundSource;

/// A sound that is the same for all who hear it. It lives on one tick thread for its whole life.
///
/// @param source touched by the loop's thread alone
record StationRef(String name, TickLoop loop, SoundSource source) {}
