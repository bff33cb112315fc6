package io.jverto.media.audio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;

/// The ports of a mixer that agree in an [EncodeKey]: those of them who do not speak hear one mix, encoded once, those who
/// are deaf one silence. Owner: MIXER_TICK.
@OwnedBy(Role.MIXER_TICK)
final class EncodeGroup {
    private static final short[] SILENCE = new short[2 * Frame.SAMPLES];

    private final MixEncoder mix;
    private final FrameEncoder silence;
    private final AudioCounters counters;
    private int members;
    private int mixListeners;
    private int silenceListeners;

    EncodeGroup(EncodeKey key, int mixChannels, AudioCounters counters) {
        this.mix = new MixEncoder(key, mixChannels, counters);
        this.silence = new FrameEncoder(key, counters);
        this.counters = counters;
    }

    EncodeKey key() {
        return silence.key();
    }

    void join() {
        members++;
    }

    /// @return whether nobody is left
    boolean leave() {
        return --members == 0;
    }

    /// A tick begins.
    void clear() {
        mixListeners = 0;
        silenceListeners = 0;
    }

    /// Whether anybody hears the mix in this tick.
    boolean hasListeners() {
        return mixListeners > 0;
    }

    FrameEncoder listenToMix() {
        mixListeners++;
        return mix.frames();
    }

    FrameEncoder listenToSilence() {
        silenceListeners++;
        return silence;
    }

    /// Encodes what somebody listens to.
    void encode(int[] sum, boolean silent, long tick) {
        if (mixListeners > 0) {
            mix.encode(sum, silent, tick);
            if (mixListeners > 1 && mix.frames().length() > 0) {
                counters.audio().add(AudioCount.FRAMES_SHARED, mixListeners - 1L);
            }
        }
        if (silenceListeners > 0) {
            silence.encode(SILENCE, true, tick);
        }
    }

    void close() {
        mix.frames().close();
        silence.close();
    }
}
