package io.jverto.switchboard.channel;

import io.jverto.switchboard.dialplan.Text;

/// Does what a channel's variables want done when something happens to it. On the channel's thread.
public interface ChannelHooks {
    ChannelHooks NONE = new ChannelHooks() {
        @Override
        public void happened(Channel channel, String event) {
            // nobody listens
        }

        @Override
        public void execute(Channel channel, Text application) {
            // nobody knows any
        }

        @Override
        public void order(Channel channel, ChannelHandle leg, Text application) {
            // nor here
        }

        @Override
        public void command(Channel channel, Text command) {
            // nor any command
        }
    };

    /// @param event as in the names of variables: `answer` for `execute_on_answer` and `api_on_answer`
    void happened(Channel channel, String event);

    /// Runs `application arguments`, whose variables are put in first.
    void execute(Channel channel, Text application);

    /// Lets a channel run `application` or `application::arguments`, whose variables have been put in. If it is the channel that asks, it
    /// does so before it looks at anything that has come in since.
    ///
    /// @param channel who asks, on its own thread
    void order(Channel channel, ChannelHandle leg, Text application);

    /// Runs `command arguments`, if a channel may do so, on a thread of its own; the variables in it are put in first.
    void command(Channel channel, Text command);
}
