package io.jverto.medialoop.tick;

import io.jverto.media.audio.MixSource;
import io.jverto.media.audio.PortListener;
import io.jverto.media.audio.PortSetup;
import io.jverto.media.audio.RoomTap;
import io.jverto.media.audio.SoundSource;

/// What other threads add to a tick thread. Everything later goes through the flags of a [PortRef] or a [RoomSoundRef].
sealed interface TickCommand {
    /// It could not be done, by a bug.
    void failed();

    /// Something for one channel.
    sealed interface OfChannel extends TickCommand {
        PortSetup setup();

        @Override
        default void failed() {
            setup().listener().onClosed(PortListener.End.FAILED);
        }
    }

    /// Plays a sound to who is in a room.
    record PlayInRoom(TickMixerRef mixer, MixSource source, RoomSoundRef ref) implements TickCommand {
        @Override
        public void failed() {
            ref.ended(PortListener.End.FAILED);
        }
    }

    /// Records a room.
    record RecordRoom(TickMixerRef mixer, RoomTap tap, RoomSoundRef ref) implements TickCommand {
        @Override
        public void failed() {
            ref.ended(PortListener.End.FAILED);
        }
    }

    record Attach(TickMixerRef mixer, PortSetup setup, PortRef port) implements OfChannel {}

    /// Joins the music that all on this thread hear.
    record PlayMusic(PortSetup setup, PortRef port) implements OfChannel {}

    record Play(SoundSource source, PortSetup setup, PortRef port) implements OfChannel {}

    /// Joins a station, which begins with its first listener.
    record PlayStation(StationRef station, PortSetup setup, PortRef port) implements OfChannel {}
}
