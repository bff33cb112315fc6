package io.jverto.switchboard.channel;

/// What can give those whom a channel rings to another channel.
@FunctionalInterface
public interface HandsOver {
    /// @return whether that was done
    boolean handOver(ChannelHandle to);
}
