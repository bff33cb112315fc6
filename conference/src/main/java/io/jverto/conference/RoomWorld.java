package io.jverto.conference;

import io.jverto.media.plan.Sound;
import io.jverto.switchboard.channel.SoundPaths;
import io.jverto.switchboard.channel.SoundScope;
import io.jverto.switchboard.channel.Sounds;
import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.dialplan.Routing;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.port.RecordingLinks;
import io.jverto.switchboard.port.RoomRecords;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// What rooms reach of the switch.
///
/// @param routing the configuration as it is now
/// @param commands by which rooms call and send elsewhere
/// @param events who watches the switch
/// @param random for ids; thread-safe
/// @param speech what rooms say
/// @param records who keeps what is left of rooms
/// @param links how recordings are fetched
public record RoomWorld(Supplier<Routing> routing, Commands commands, CoreEvents events, RandomGenerator random, RoomSpeech speech,
        RoomRecords records, RecordingLinks links) {
    /// @param prefix folder that is looked into first
    /// @param text syntax where the configuration wrote it, data where a command did
    /// @return empty when there is no such sound; the log says why
    Optional<Sound> sound(RoomKey room, String prefix, Text text) {
        return Sounds.parse(scope(room, prefix), text);
    }

    /// @return where to record; empty when that may not be; the log says why
    Optional<SoundPaths.Place> place(RoomKey room, Text path) {
        return SoundPaths.toRecord(scope(room, ""), path);
    }

    /// @return where to write a picture; empty when that may not be; the log says why
    Optional<SoundPaths.Place> picture(RoomKey room, Text path) {
        return SoundPaths.toPaint(scope(room, ""), path);
    }

    private SoundScope scope(RoomKey room, String prefix) {
        Function<String, Text> variables = name -> name.equals("sound_prefix") ? Text.syntax(prefix) : Text.EMPTY;
        SoundScope files = new SoundScope("room " + room, routing.get(), variables);
        return new SoundScope(files.logId(), files.routing(), variables, text -> speech.spoken(files, text));
    }
}
