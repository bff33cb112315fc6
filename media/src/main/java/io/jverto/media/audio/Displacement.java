package io.jverto.media.audio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.mixer.Pcm;
import io.jverto.media.plan.Displacing;
import io.jverto.media.plan.Way;

/// A sound in place of what a channel says or hears, or beside it. It stands still while the channel is at no port.
@OwnedBy(Role.MIXER_TICK)
public final class Displacement implements Insert {
    private final SoundSource source;
    private final Displacing how;
    private final Runnable ended;
    private final short[] made;
    private final short[] frame = new short[2 * Frame.SAMPLES];
    private long framesLeft;
    private boolean over;

    /// @param source for this channel alone
    /// @param ended called once, when the sound is over or its time is up; must not wait
    public Displacement(SoundSource source, Displacing how, Runnable ended) {
        this.source = source;
        this.how = how;
        this.ended = ended;
        this.made = new short[Frame.SAMPLES * source.channels()];
        this.framesLeft = how.maxMillis() > 0 ? Math.max(1, how.maxMillis() / Frame.MILLIS) : Long.MAX_VALUE;
    }

    @Override
    public Place place() {
        return Place.CHANGE;
    }

    @Override
    public void said(short[] pcm, int channels) {
        if (how.way() == Way.SAID) {
            displace(pcm, channels);
        }
    }

    @Override
    public void heard(short[] pcm, int channels) {
        if (how.way() == Way.HEARD) {
            displace(pcm, channels);
        }
    }

    private void displace(short[] pcm, int channels) {
        if (over) {
            return;
        }
        if (framesLeft-- <= 0 || !source.fill(made)) {
            over = true;
            ended.run();
            return;
        }
        Pcm.convert(made, source.channels(), frame, channels, Frame.SAMPLES);
        if (how.mixed()) {
            Pcm.add(frame, pcm, Frame.SAMPLES * channels);
        } else {
            System.arraycopy(frame, 0, pcm, 0, Frame.SAMPLES * channels);
        }
    }
}
