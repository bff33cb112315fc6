package io.jverto.medialoop.tick;

import io.jverto.media.audio.PortSetup;
import io.jverto.media.audio.SoundSource;

/// What other threads add to a tick thread. Everything later goes through the flags of a [PortRef].
sealed interface TickCommand {
    PortSetup setup();

    record Attach(TickMixerRef mixer, PortSetup setup, PortRef port) implements TickCommand {}

    /// Joins the music that all on this thread hear.
    record PlayMusic(PortSetup setup, PortRef port) implements TickCommand {}

    record Play(SoundSource source, PortSetup setup, PortRef port) implements TickCommand {}

    /// Joins a station, which begins with its first listener.
    record PlayStation(StationRef station, PortSetup setup, PortRef port) implements TickCommand {}
}
