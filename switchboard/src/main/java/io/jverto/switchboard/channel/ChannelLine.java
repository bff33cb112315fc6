package io.jverto.switchboard.channel;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.Displacing;
import io.jverto.media.plan.JitterBounds;
import io.jverto.media.plan.Sound;
import io.jverto.media.plan.Way;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is done to the sound of a channel, whatever else it does. Before there is media, nothing is.
@OwnedBy(Role.CHANNEL)
public final class ChannelLine {
    private static final int MAX_DISPLACING = 8;

    private final ChannelMedia media;
    /// By the name that the sound was asked for with.
    private final Map<String, Long> displacing = new HashMap<>();
    /// What was asked for last, if anything was.
    private Optional<JitterBounds> jitter = Optional.empty();
    private boolean passing;

    ChannelLine(ChannelMedia media) {
        this.media = media;
    }

    /// Lets a sound come instead of what the channel says or hears.
    ///
    /// @param name by which it can be stopped
    /// @return false when one of that name is there already, or there are too many
    public boolean displace(String name, Sound sound, Displacing how) {
        if (!media.isOpen() || displacing.containsKey(name) || displacing.size() >= MAX_DISPLACING) {
            return false;
        }
        long number = media.nextPlayback();
        displacing.put(name, number);
        media.ref().displace(sound, how, number);
        return true;
    }

    /// @return whether there was one of that name
    public boolean stopDisplacing(String name) {
        Long number = displacing.remove(name);
        if (number != null) {
            media.ref().stopDisplacing(number);
        }
        return number != null;
    }

    /// Ends all that [#displace] began.
    public void stopDisplacing() {
        List.copyOf(displacing.keySet()).forEach(this::stopDisplacing);
    }

    /// A sound has come to its end by itself.
    ///
    /// @return whether it was one of [#displace]
    boolean ended(long playback) {
        boolean ours = displacing.values().remove(playback);
        if (ours) {
            media.ref().stopDisplacing(playback);
        }
        return ours;
    }

    /// @param level -4 to 4
    public void level(Way way, int level) {
        if (media.isOpen()) {
            media.ref().level(way, level);
        }
    }

    public void mute(Way way, boolean muted) {
        if (media.isOpen()) {
            media.ref().mute(way, muted);
        }
    }

    /// What the delay of the jitter buffer may be; while packets pass as they come, from the end of that on.
    public void jitter(JitterBounds bounds) {
        jitter = Optional.of(bounds);
        setJitter();
    }

    /// Whether packets pass as they come, with no more delay than the mixer needs.
    public void passing(boolean wanted) {
        passing = wanted;
        setJitter();
    }

    private void setJitter() {
        if (media.isOpen()) {
            media.ref().jitter(passing ? JitterBounds.LEAST : jitter.orElseGet(media::jitter));
        }
    }

    /// Whether digits that come as tones count.
    public void detectDtmf(boolean wanted) {
        if (media.isOpen()) {
            media.ref().detectDtmf(wanted);
        }
    }

    /// Whether digits go out as tones where the peer takes no others.
    public void toneDtmf(boolean wanted) {
        if (media.isOpen()) {
            media.ref().toneDtmf(wanted);
        }
    }
}
