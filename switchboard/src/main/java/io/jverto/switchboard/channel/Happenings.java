package io.jverto.switchboard.channel;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.switchboard.dialplan.Text;

/// What a channel's variables let happen when something happens to it.
@OwnedBy(Role.CHANNEL)
public final class Happenings {
    private final Channel channel;
    private ChannelHooks hooks = ChannelHooks.NONE;
    private boolean happening;

    Happenings(Channel channel) {
        this.channel = channel;
    }

    void hooks(ChannelHooks wanted) {
        hooks = wanted;
    }

    /// Something has happened on which the channel's variables may want something done: `execute_on_answer`, `api_on_answer`. What that
    /// makes happen counts no more.
    public void happened(String event) {
        if (!happening) {
            happening = true;
            try {
                hooks.happened(channel, event);
            } finally {
                happening = false;
            }
        }
    }

    /// Lets a channel, this one or whom it talks with, run `application` or `application::arguments` beside what it does.
    public void order(ChannelHandle leg, Text application) {
        hooks.order(channel, leg, application);
    }

    /// Runs `command arguments` beside what the channel does, if it is one that a channel may run.
    public void command(Text command) {
        hooks.command(channel, command);
    }

    /// Runs `application arguments` in place; one that does not come to its end is what the channel does next.
    public void execute(Text applicationAndArguments) {
        hooks.execute(channel, applicationAndArguments);
    }
}
