package io.jverto.switchboard.api;

import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.story.Stories;
import io.jverto.switchboard.story.Stories.Told;
import io.jverto.switchboard.story.StoryText;
import java.util.List;
import java.util.stream.Collectors;

/// `explain [<uuid>|last]`: what happened to a call that is up or has ended not long ago, and what most likely went wrong; without a name, which calls
/// there were.
final class ExplainCommand implements ApiCommand {
    private static final int MOST_ROWS = 20;
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
        if (arguments.isEmpty() || arguments.equals("last")) {
            return latest(arguments.isEmpty());
        }
        ChannelId id = new ChannelId(arguments);
        return channels.story(id).map(story -> TEXT.of(id, story)).orElseGet(() -> "-ERR no call " + LogText.of(id) + " is up, nor among the last "
                + Stories.MAX_ENDED + " that ended within " + Stories.MAX_AGE.toMinutes()
                + " minutes; 'explain' alone names the last of them, the log and the call records the others\n");
    }

    private String latest(boolean all) {
        List<Told> latest = channels.latestStories(all ? MOST_ROWS : 1);
        if (latest.isEmpty()) {
            return "-ERR there was no call within " + Stories.MAX_AGE.toMinutes() + " minutes\n";
        }
        return latest.stream().map(told -> all ? TEXT.row(told.id(), told.story()) : TEXT.of(told.id(), told.story())).collect(Collectors.joining());
    }
}
