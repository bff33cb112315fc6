package io.jverto.switchboard.application;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.port.Cause;

/// `park_timeout`: how long a call waits for somebody to take it elsewhere, `<seconds>` or `<seconds>:<cause>`.
///
/// @param deadline [Channel#FOREVER] for no end
record ParkTimeout(long deadline, Cause cause) {
    private static final int MAX_SECONDS = 86_400;

    /// From now on.
    static ParkTimeout of(Channel channel) {
        String[] timeout = channel.variables().text("park_timeout").orElse("").split(":", 2);
        int seconds = timeout[0].matches("[0-9]{1,9}") ? Math.min(Integer.parseInt(timeout[0]), MAX_SECONDS) : 0;
        return new ParkTimeout(
                seconds > 0 ? channel.in(seconds * 1_000L) : Channel.FOREVER,
                timeout.length > 1 ? CallApplications.cause(timeout[1]) : Cause.NORMAL_CLEARING);
    }

    boolean isOver(Channel channel) {
        return deadline != Channel.FOREVER && channel.in(0) >= deadline;
    }

    /// Ends a call that has waited for that long.
    void endIfOver(Channel channel) {
        if (isOver(channel) && channel.up()) {
            channel.hangup(cause, "parked for too long");
        }
    }
}
