package io.jverto.media.audio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.mixer.Limiter;
import io.jverto.media.mixer.Pcm;

/// One distinct mix on its way out: limited, brought to the listeners' channels and volume, encoded once for all of them.
/// Owner: MIXER_TICK. design.md section 5.
@OwnedBy(Role.MIXER_TICK)
final class MixEncoder {
    private final FrameEncoder frames;
    private final Limiter limiter = new Limiter();
    private final short[] limited;
    private final short[] frame;

    MixEncoder(EncodeKey key, int mixChannels, AudioCounters counters) {
        this.frames = new FrameEncoder(key, counters);
        this.limited = new short[Frame.SAMPLES * mixChannels];
        this.frame = new short[Frame.SAMPLES * key.channels()];
    }

    FrameEncoder frames() {
        return frames;
    }

    /// @param sum a frame, mono or with the mixer's channels
    void encode(int[] sum, boolean silent, long tick) {
        int channels = channelsOf(sum);
        limiter.limit(sum, channels, limited);
        send(channels, silent, tick);
    }

    /// By way of what is on the listener's line.
    void encode(int[] sum, Inserts inserts, long tick) {
        int channels = channelsOf(sum);
        limiter.limit(sum, channels, limited);
        inserts.heard(limited, channels);
        send(channels, Pcm.score(limited, sum.length) == 0, tick);
    }

    private static int channelsOf(int[] sum) {
        return sum.length / Frame.SAMPLES;
    }

    private void send(int channels, boolean silent, long tick) {
        EncodeKey key = frames.key();
        Pcm.convert(limited, channels, frame, key.channels(), Frame.SAMPLES);
        Pcm.amplify(frame, frame.length, key.volume());
        frames.encode(frame, silent, tick);
    }
}
