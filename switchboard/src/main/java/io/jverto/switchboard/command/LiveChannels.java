package io.jverto.switchboard.command;

import io.jverto.switchboard.port.CallerProfile;
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

    /// @return whom a channel talks with
    Optional<ChannelId> partner(ChannelId id);

    /// How many begin in a second: now, at most, in the last five minutes, and how many may (0 for any number).
    Rate rate();

    /// @param recentCalls the most channels at one time in the last five minutes
    record Rate(int now, int peak, int recent, int limit, int recentCalls) {}

    /// Changes how many may be alive, and begin in a second (0 for any number).
    void limits(int alive, int perSecond);

    /// @param paused whether new calls are refused from now on
    void pause(boolean paused);

    boolean paused();

    /// What changes seldom.
    ///
    /// @param codec empty while nothing is agreed
    /// @param rate its clock, 0 while nothing is agreed
    /// @param sentName who the client was last shown
    /// @param initial the profile as the channel began
    record Details(
            String codec,
            int rate,
            String presenceId,
            String presenceData,
            String accountCode,
            String sentName,
            String sentNumber,
            CallerProfile initial) {}

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
            String calleeNumber,
            Details details) {}
}
