package io.jverto.switchboard.channel;

import io.jverto.media.plan.Sound;
import io.jverto.switchboard.dialplan.Routing;
import io.jverto.switchboard.dialplan.Text;
import java.util.Optional;
import java.util.function.Function;

/// For whom a sound is sought: a channel, or something that has none, for instance a room.
///
/// @param logId named in logs
/// @param variable gives a variable's value, empty text when it has none
/// @param spoken what `say:` and `phrase:` sound like
public record SoundScope(String logId, Routing routing, Function<String, Text> variable, Function<Text, Optional<Sound>> spoken) {
    /// For something that says nothing.
    public SoundScope(String logId, Routing routing, Function<String, Text> variable) {
        this(logId, routing, variable, _ -> Optional.empty());
    }

    static SoundScope of(Channel channel) {
        return new SoundScope("channel " + channel.logId(), channel.services().routing().get(), channel.variables()::get,
                text -> Spoken.parse(channel, text));
    }

    Optional<String> text(String name) {
        return Optional.of(variable.apply(name).toString()).filter(value -> !value.isEmpty());
    }
}
