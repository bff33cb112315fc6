package io.jverto.switchboard.application;

import io.jverto.media.plan.Sound;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.channel.Sounds;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.dialplan.Words;
import io.jverto.switchboard.port.AudioRoute;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `soft_hold` (dialplan-directory.md section 9.1): in the midst of a talk its two sides hear something else, each in between what it does,
/// until whoever wanted that presses a key. The client knows nothing of it.
final class SoftHold {
    private static final Logger log = LoggerFactory.getLogger(SoftHold.class);

    private final ChannelHandle other;
    private final Sound music;
    private volatile boolean over;
    private volatile boolean heard;

    private SoftHold(ChannelHandle other, Sound music) {
        this.other = other;
        this.music = music;
    }

    /// `<key> [<sound for itself> [<sound for the other>]]`.
    static Next run(Channel channel, Text data) {
        List<Text> words = Words.of(data);
        String key = words.isEmpty() ? "" : words.getFirst().toString();
        Optional<ChannelHandle> other = channel.handle().partner();
        if (!key.matches("[0-9A-Da-d*#]") || other.isEmpty()) {
            log.warn("channel {}: soft_hold {}: {}", channel.logId(), LogText.of(data),
                    other.isEmpty() ? "it talks with nobody" : "it needs <key> [<sound> [<sound for the other side>]]");
            return Next.GO_ON;
        }
        Sound music = sound(channel, words, 2).orElseGet(() -> Sounds.holdMusic(channel));
        SoftHold hold = new SoftHold(other.get(), music);
        if (!other.get().interlude(hold::wait)) {
            log.warn("channel {}: soft_hold: the other side has too much to do", channel.logId());
            return Next.GO_ON;
        }
        try {
            sound(channel, words, 1).ifPresentOrElse(channel::play, () -> channel.route(new AudioRoute.Silent()));
            untilKey(channel, Character.toUpperCase(key.charAt(0)));
        } finally {
            hold.end();
        }
        return Next.GO_ON;
    }

    private static Optional<Sound> sound(Channel channel, List<Text> words, int index) {
        return index < words.size() && !words.get(index).isEmpty() ? Sounds.ringback(channel, words.get(index)) : Optional.empty();
    }

    private static void untilKey(Channel channel, char key) {
        while (channel.up()) {
            Optional<ChannelEvent> event = channel.next(Channel.FOREVER);
            if (event.isPresent() && event.get() instanceof ChannelEvent.Digit digit && digit.digit() == key) {
                return;
            }
        }
    }

    /// On the other channel's thread.
    private void wait(Channel self) {
        heard = true;
        try {
            if (!over) {
                self.play(music);
            }
            while (!over && self.up()) {
                self.next(Channel.FOREVER);
            }
        } finally {
            heard = false;
        }
    }

    private void end() {
        over = true;
        other.tell(new ChannelEvent.Visit(self -> {
            if (heard) {
                self.interludes().cut(false);
            }
        }, () -> { }));
    }
}
