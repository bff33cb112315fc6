package io.jverto.switchboard.api;

import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.story.Stories;
import io.jverto.switchboard.story.StoryText;

/// `explain <uuid>`: what happened to a call that is up or has ended not long ago, and what most likely went wrong.
final class ExplainCommand implements ApiCommand {
    private static final StoryText TEXT = new StoryText(LogText::of);

    private final Channels channels;

    ExplainCommand(Channels channels) {
        this.channels = channels;
    }

    @Override
    public String name() {
        return "explain";
    }

    @Override
    public String run(String arguments) {
        if (arguments.isEmpty()) {
            return "-USAGE: explain <uuid>\n";
        }
        ChannelId id = new ChannelId(arguments);
        return channels.story(id).map(story -> TEXT.of(id, story)).orElseGet(() -> "-ERR no call " + LogText.of(id) + " is up, nor among the last "
                + Stories.MAX_ENDED + " that ended within " + Stories.MAX_AGE.toMinutes()
                + " minutes. 'show channels' names those that are up, the log and the call records the others\n");
    }
}
