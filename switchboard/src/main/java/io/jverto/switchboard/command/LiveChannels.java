package io.jverto.switchboard.command;

import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.ChannelRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The channels that there are, for commands. Thread-safe.
public interface LiveChannels {
    Optional<ChannelRef> find(ChannelId id);

    /// @return what is known of each, in the order of their making
    List<ChannelRow> rows();

    /// @return how many there are
    int count();

    /// @return how many there were since the start
    long sinceStart();

    /// @return the most there were at one time
    int peak();

    /// @return how many there may be
    int limit();

    /// @return when the switch was started
    Instant startedAt();

    /// A channel as `show channels` tells of it (dialplan-directory.md section 14.2).
    record ChannelRow(
            ChannelId id,
            boolean outbound,
            Instant created,
            String name,
            String state,
            String callState,
            String callerName,
            String callerNumber,
            String networkAddress,
            String destination,
            String application,
            String applicationData,
            String dialplan,
            String context,
            String calleeName,
            String calleeNumber) {}
}
