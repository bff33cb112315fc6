package io.jverto.switchboard.bridge;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.Party;
import java.util.Optional;

/// The channel that a leg was called for: they talk with each other.
record ChannelLeader(ChannelHandle channel) implements Leader {
    @Override
    public boolean tell(ChannelEvent event) {
        return channel.tell(event);
    }

    @Override
    public void joinedBy(Channel leg) {
        Talk.follow(leg, channel, Optional.of(new Party(leg.profile().callerName(), leg.profile().callerNumber())));
    }
}
