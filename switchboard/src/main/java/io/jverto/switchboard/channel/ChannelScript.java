package io.jverto.switchboard.channel;

/// What a channel does with its life. Returns when the channel is to end or has ended.
@FunctionalInterface
public interface ChannelScript {
    void run(Channel channel);
}
