package io.jverto.switchboard.channel;

import io.jverto.base.count.Counters;
import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.dialplan.Routing;
import io.jverto.switchboard.port.CallRecords;
import io.jverto.switchboard.port.LocalPrograms;
import io.jverto.switchboard.port.MediaService;
import io.jverto.switchboard.speech.Phrases;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// What every channel works with.
///
/// @param random for ids; thread-safe
/// @param routing the configuration as it is now
/// @param records who keeps what is left of channels that have ended
/// @param phrases of the same configuration
public record ChannelServices(
        TimeSource time,
        MediaService media,
        RandomGenerator random,
        Supplier<Routing> routing,
        Commands commands,
        Presence presence,
        Counters<SwitchCounter> counters,
        CallRecords records,
        Supplier<Phrases> phrases,
        LocalPrograms programs) {
    /// Without call records, phrases and programs.
    public ChannelServices(
            TimeSource time,
            MediaService media,
            RandomGenerator random,
            Supplier<Routing> routing,
            Commands commands,
            Presence presence,
            Counters<SwitchCounter> counters) {
        this(time, media, random, routing, commands, presence, counters, CallRecords.NONE, () -> Phrases.NONE, LocalPrograms.NONE);
    }

    /// @return the same with the configuration from there
    public ChannelServices with(Supplier<Routing> other) {
        return new ChannelServices(time, media, random, other, commands, presence, counters, records, phrases, programs);
    }
}
