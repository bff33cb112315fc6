package io.jverto.switchboard.menu;

import io.jverto.media.plan.Sound;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.Sounds;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.AudioRoute;
import java.util.Optional;

/// Says something to a caller and waits until it is said.
public final class Prompts {
    private Prompts() {}

    /// Plays a sound to its end; digits do not end it and are lost. Nothing happens when there is no such sound.
    public static void play(Channel channel, Text sound) {
        Sounds.parse(channel, sound).ifPresent(one -> play(channel, one));
    }

    /// The same.
    public static void play(Channel channel, Sound sound) {
        if (!channel.up()) {
            return;
        }
        long playback = channel.play(sound);
        Optional<ChannelEvent> event = channel.next(Channel.FOREVER);
        while (event.isPresent() && !(event.get() instanceof ChannelEvent.PlaybackEnded ended && ended.playback() == playback)) {
            event = channel.next(Channel.FOREVER);
        }
        channel.route(new AudioRoute.Silent());
    }
}
