package io.jverto.verto.dispatch;

import io.jverto.base.count.Counters;
import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.directory.Directory;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.switchboard.port.CallControl;
import io.jverto.verto.count.VertoCount;
import io.jverto.verto.message.Messages;
import io.jverto.verto.multicast.Relays;
import io.jverto.verto.outbound.FrameLog;
import io.jverto.verto.outbound.MessageIds;
import io.jverto.verto.present.Calls;
import io.jverto.verto.profile.IceServers;
import io.jverto.verto.session.Sessions;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// What all connections share.
///
/// @param directory asked anew each time, so that a reload counts at once
/// @param random for session ids, which are secrets: a `SecureRandom` in production
public record Services(
        CallControl control,
        EventChannels events,
        CoreEvents coreEvents,
        Commands commands,
        Supplier<Directory> directory,
        Sessions sessions,
        Calls calls,
        Messages messages,
        Relays relays,
        MessageIds ids,
        Counters<VertoCount> counters,
        FrameLog frameLog,
        IceServers iceServers,
        TimeSource time,
        RandomGenerator random) {}
