package io.jverto.media.audio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.codec.Resampler;
import io.jverto.media.mixer.Pcm;
import io.jverto.media.plan.Cleaning;
import io.jverto.media.plan.Way;
import io.jverto.media.speex.SoundCleaner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// Takes noise, echo and what is no voice out of what a channel says or hears (`preprocess`). At the rate of the channel's codec, which is
/// all that the sound has. Of a stereo channel each ear is cleaned by itself, and both are silent while neither has a voice; an echo is
/// looked for of both ears of the other way together. [#wish] and [#close] from any thread.
@OwnedBy(Role.MIXER_TICK)
public final class SoundCleaning implements Insert {
    /// Percent; a steady noise is thought a voice with up to 50, a voice with 70 and more.
    private static final int VOICE_BEGINS = 65;
    private static final int VOICE_GOES_ON = 50;
    /// The quiet end of a word. The library itself believes in a voice for about 300 ms after its end.
    private static final int HANGOVER_FRAMES = 5;

    private enum Use { FREE, RUNS, OVER }

    /// The library's memory is given back by whoever comes last: the thread that closes, or the one in whose tick that happens.
    private final AtomicReference<Use> use = new AtomicReference<>(Use.FREE);
    private final Side said = new Side();
    private final Side heard = new Side();
    private final short[] lastSaid = new short[Frame.SAMPLES];
    private final short[] lastHeard = new short[Frame.SAMPLES];

    /// @param rateHz samples in a second of the channel's codec: 8000, 16000 or 48000
    private record Wish(Cleaning cleaning, int rateHz) {
        private static final Wish NONE = new Wish(Cleaning.NONE, Frame.RATE);
    }

    /// @param rateHz samples in a second of the channel's codec: 8000, 16000 or 48000
    public void wish(Way way, Cleaning cleaning, int rateHz) {
        side(way).wish = new Wish(cleaning, rateHz);
    }

    /// The channel has another codec.
    public void rate(int rateHz) {
        said.wish = new Wish(said.wish.cleaning, rateHz);
        heard.wish = new Wish(heard.wish.cleaning, rateHz);
    }

    /// @return whether neither way is cleaned
    public boolean isNothing() {
        return said.wish.cleaning.isNothing() && heard.wish.cleaning.isNothing();
    }

    private Side side(Way way) {
        return way == Way.SAID ? said : heard;
    }

    @Override
    public Place place() {
        return Place.CHANGE;
    }

    @Override
    public void said(short[] pcm, int channels) {
        run(said, pcm, channels, lastHeard, lastSaid);
    }

    @Override
    public void heard(short[] pcm, int channels) {
        run(heard, pcm, channels, lastSaid, lastHeard);
    }

    private void run(Side side, short[] pcm, int channels, short[] other, short[] last) {
        if (use.compareAndSet(Use.FREE, Use.RUNS)) {
            side.clean(pcm, channels, other);
            Pcm.convert(pcm, channels, last, 1, Frame.SAMPLES);
            if (!use.compareAndSet(Use.RUNS, Use.FREE)) {
                free();
            }
        }
    }

    /// It is on no line any more. Twice does no harm.
    public void close() {
        if (use.getAndSet(Use.OVER) == Use.FREE) {
            free();
        }
    }

    private void free() {
        said.free();
        heard.free();
    }

    /// One way.
    private static final class Side {
        private final List<Ear> ears = new ArrayList<>(2);
        private final short[] far = new short[Frame.SAMPLES];
        private volatile Wish wish = Wish.NONE;
        private Wish now = Wish.NONE;
        private int silentFrames;
        private float volume = 1;

        void clean(short[] pcm, int channels, short[] other) {
            obey(wish);
            if (!now.cleaning.isNothing()) {
                int voice = 0;
                for (int i = 0; i < channels; i++) {
                    if (ears.size() == i) {
                        ears.add(new Ear(now));
                    }
                    voice = Math.max(voice, ears.get(i).clean(pcm, i, channels, far, other));
                }
                silentFrames = voice >= (silentFrames > 0 ? VOICE_BEGINS : VOICE_GOES_ON) ? 0 : silentFrames + 1;
            }
            float next = now.cleaning.voiceOnly() && silentFrames > HANGOVER_FRAMES ? 0 : 1;
            if (volume != 1 || next != 1) {
                Pcm.fade(pcm, channels, Frame.SAMPLES, volume, next);
                volume = next;
            }
        }

        private void obey(Wish wanted) {
            if (wanted.equals(now)) {
                return;
            }
            if (wanted.rateHz != now.rateHz || wanted.cleaning.isNothing()) {
                free();
            }
            ears.forEach(ear -> ear.cleaner.wish(wanted.cleaning));
            silentFrames = 0;
            now = wanted;
        }

        void free() {
            ears.forEach(ear -> ear.cleaner.close());
            ears.clear();
        }
    }

    /// What one ear needs.
    private static final class Ear {
        private final int factor;
        private final SoundCleaner cleaner;
        private final Resampler down;
        private final Resampler downFar;
        private final Resampler up;
        private final short[] wide = new short[Frame.SAMPLES];
        private final short[] narrow;

        Ear(Wish wish) {
            this.factor = Frame.RATE / wish.rateHz;
            int samples = Frame.SAMPLES / factor;
            this.cleaner = new SoundCleaner(wish.rateHz, samples, wish.cleaning);
            this.narrow = factor == 1 ? wide : new short[samples];
            this.down = Resampler.down(factor, Frame.SAMPLES);
            this.downFar = Resampler.down(factor, Frame.SAMPLES);
            this.up = Resampler.up(factor, samples);
        }

        int clean(short[] pcm, int ear, int channels, short[] far, short[] other) {
            for (int i = 0; i < Frame.SAMPLES; i++) {
                wide[i] = pcm[i * channels + ear];
            }
            int voice;
            if (factor == 1) {
                voice = cleaner.clean(wide, other);
            } else {
                down.resample(wide, Frame.SAMPLES, narrow);
                downFar.resample(other, Frame.SAMPLES, far);
                voice = cleaner.clean(narrow, far);
                up.resample(narrow, narrow.length, wide);
            }
            for (int i = 0; i < Frame.SAMPLES; i++) {
                pcm[i * channels + ear] = wide[i];
            }
            return voice;
        }
    }
}
