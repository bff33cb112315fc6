package io.jverto.switchboard.channel;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.Tones;
import io.jverto.media.plan.Way;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.event.EventName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tones that are looked for in the sound of a channel, whatever it does, and what happens when they are there
/// (dialplan-directory.md section 9.3).
@OwnedBy(Role.CHANNEL)
public final class ChannelTones {
    private static final Logger log = LoggerFactory.getLogger(ChannelTones.class);
    private static final int MAX_WATCHES = 16;

    private final Channel channel;
    private final ChannelMedia media;
    private final Map<Long, Watch> watches = new HashMap<>();
    private long last;

    /// @param key by which it is told
    /// @param application `name::data`, empty for none
    /// @param deadlineNanos when it is given up
    public record Watch(String key, Way way, Text application, long deadlineNanos) {}

    ChannelTones(Channel channel, ChannelMedia media) {
        this.channel = channel;
        this.media = media;
    }

    /// Looks for tones from now on; instead of those of the same key and way, if there are any. There must be media.
    ///
    /// @return false when there are too many
    public boolean detect(Tones tones, Watch watch) {
        List.copyOf(watches.keySet()).stream().filter(number -> isSame(watches.get(number), watch)).forEach(this::stop);
        if (watches.size() >= MAX_WATCHES || !media.isOpen()) {
            return false;
        }
        watches.put(++last, watch);
        media.ref().detectTone(tones, watch.way(), last);
        return true;
    }

    private static boolean isSame(Watch one, Watch other) {
        return one.key().equals(other.key()) && one.way() == other.way();
    }

    /// Looks for nothing any more.
    public void stop() {
        List.copyOf(watches.keySet()).forEach(this::stop);
    }

    private void stop(long number) {
        watches.remove(number);
        media.ref().stopDetecting(number);
    }

    /// @return when [#onDeadline] is to be called
    long deadline() {
        return watches.values().stream().mapToLong(Watch::deadlineNanos).min().orElse(Channel.FOREVER);
    }

    /// Gives up what has been looked for long enough.
    void onDeadline() {
        long now = channel.in(0);
        List.copyOf(watches.keySet()).stream().filter(number -> watches.get(number).deadlineNanos() <= now).forEach(this::stop);
    }

    void found(long number) {
        Watch watch = watches.get(number);
        if (watch == null || watch.deadlineNanos() <= channel.in(0)) {
            return;
        }
        stop(number);
        log.info("channel {}: the tone {} is there", channel.logId(), LogText.of(watch.key()));
        channel.variables().set("detected_tone", watch.key());
        CoreChannelEvents.tell(channel, EventName.DETECTED_TONE, () -> Map.of("Detected-Tone", watch.key()));
        channel.interludes().next(self -> self.happenings().happened("tone_detect"));
        if (!watch.application().isEmpty()) {
            channel.happenings().order(channel.handle(), watch.application());
        }
    }
}
