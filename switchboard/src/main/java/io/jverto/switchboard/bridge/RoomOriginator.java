package io.jverto.switchboard.bridge;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.ChannelScript;
import io.jverto.switchboard.channel.LentMedia;
import java.util.Optional;

/// A channel that calls somebody and does not talk with him by itself: whoever answers does what he is given to do, for instance enters a room.
final class RoomOriginator extends ChannelOriginator {
    private final Leader leader;

    /// @param then what whoever answers does
    RoomOriginator(Channel channel, ChannelScript then) {
        super(channel, false);
        this.leader = new Guests(channel.handle(), then);
    }

    @Override
    public Leader leader() {
        return leader;
    }

    private record Guests(ChannelHandle caller, ChannelScript then) implements Leader {
        @Override
        public boolean tell(ChannelEvent event) {
            return caller.tell(event);
        }

        @Override
        public void joinedBy(Channel leg) {
            caller.tell(new ChannelEvent.LegAnswered(leg.id(), new LentMedia(leg.media()), ChannelEvent.LegFacts.of(leg), Optional.empty()));
            then.run(leg);
        }
    }
}
