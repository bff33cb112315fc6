package io.jverto.switchboard.application;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.dialplan.Text;

/// Something that a dialplan can tell a channel to do. Runs on the channel's thread and may wait there.
@FunctionalInterface
interface Application {
    /// @param data with its variables put in
    Next run(Channel channel, Text data);
}
