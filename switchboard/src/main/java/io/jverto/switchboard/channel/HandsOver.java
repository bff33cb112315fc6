package io.jverto.switchboard.channel;

import java.util.function.UnaryOperator;

/// What can give those whom a channel rings to another channel.
@FunctionalInterface
public interface HandsOver {
    /// @param way makes of what the other channel is to do then what it does
    /// @return whether that was done
    boolean handOver(ChannelHandle to, UnaryOperator<ChannelScript> way);
}
