package io.jverto.switchboard.channel;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.Cleaning;
import io.jverto.media.plan.Displacing;
import io.jverto.media.plan.JitterBounds;
import io.jverto.media.plan.Sound;
import io.jverto.media.plan.Way;
import io.jverto.switchboard.port.ChannelId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done to the sound of a channel, whatever else it does. Before there is media, nothing is.
@OwnedBy(Role.CHANNEL)
public final class ChannelLine {
    private static final int MAX_DISPLACING = 8;

    /// How long packets wait, for those who set it before there is sound.
    private static final String JITTER = "jitterbuffer_msec";
    private static final Logger log = LoggerFactory.getLogger(ChannelLine.class);

    private final ChannelId channel;
    private final ChannelMedia media;
    private final DigitTwins twins = new DigitTwins();
    /// By the name that the sound was asked for with.
    private final Map<String, Long> displacing = new HashMap<>();
    private final Map<Way, Cleaning> cleaning = new EnumMap<>(Way.class);
    /// What was asked for last, if anything was.
    private Optional<JitterBounds> jitter = Optional.empty();
    private boolean passing;

    ChannelLine(ChannelId channel, ChannelMedia media) {
        this.channel = channel;
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

    /// @param level mean magnitude of a voice, to which it is brought; 0 leaves it as it is
    public void autoGain(Way way, int level) {
        if (media.isOpen()) {
            media.ref().autoGain(way, level);
        }
    }

    /// @param wanted of noise, echo and what is no voice
    public void clean(Way way, Cleaning wanted) {
        if (media.isOpen()) {
            cleaning.put(way, wanted);
            media.ref().clean(way, wanted);
        }
    }

    /// @return what was asked for last by [#clean]
    public Optional<Cleaning> cleaning(Way way) {
        return Optional.ofNullable(cleaning.get(way));
    }

    public void cleanNoMore(Way way) {
        if (cleaning.remove(way) != null) {
            media.ref().clean(way, Cleaning.NONE);
        }
    }

    public void mute(Way way, boolean muted) {
        if (media.isOpen()) {
            media.ref().mute(way, muted);
        }
    }

    /// There is sound, perhaps anew: what a variable wishes counts, unless something was asked for since.
    void agreed(ChannelVariables variables) {
        String wish = variables.text(JITTER).orElse("");
        if (jitter.isEmpty() && !passing && !wish.isEmpty()) {
            JitterWish.parse(wish).ifPresentOrElse(this::jitter,
                    () -> log.warn("channel {}: {} takes <milliseconds>[:<most>[:<drift>]], not {}", LogText.of(channel), JITTER, LogText.of(wish)));
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

    /// From now on a digit that comes by two ways counts once.
    public void deduplicate() {
        twins.seek(DigitTwins.Sought.TWINS);
    }

    /// From now on only digits that come as RFC 4733 events count.
    public void onlyEvents() {
        twins.seek(DigitTwins.Sought.ALL_BUT_EVENTS);
    }

    boolean isTwin(ChannelEvent.Digit digit, long nowNanos) {
        return twins.isOne(digit, nowNanos);
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
