package io.jverto.switchboard.bridge;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;

/// Whom a channel that was called belongs to. Thread-safe.
interface Leader {
    /// @return false when nobody is there any more
    boolean tell(ChannelEvent event);

    /// What an answered channel does until it ends or is sent elsewhere; the first of it is to tell that it is there. On its own thread.
    void joinedBy(Channel leg);
}
