package io.jverto.switchboard.channel;

import io.jverto.switchboard.port.Cause;
import java.util.Optional;

/// What a channel that was sent elsewhere does instead of ending, as long as it has not arrived there. Belongs to the channel's thread.
public interface WayBack {
    WayBack NONE = new WayBack() {
        @Override
        public void rings() {}

        @Override
        public void arrived() {}

        @Override
        public Optional<ChannelScript> failed(Cause cause) {
            return Optional.empty();
        }
    };

    /// Somebody rings.
    void rings();

    /// It talks with somebody, or has come to something that was worth the way.
    void arrived();

    /// What it does would end it.
    ///
    /// @return what it does now; empty when it ends
    Optional<ChannelScript> failed(Cause cause);
}
