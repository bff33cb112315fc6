package io.jverto.media.audio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.mixer.DtmfKeys;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/// Digits as tones in what a channel hears (ITU-T Q.23), one after the other, in place of all else.
@OwnedBy(Role.MIXER_TICK)
public final class DigitTones implements Insert {
    private static final int MAX_WAITING = 100;
    private static final int SAMPLES_IN_MILLI = 48;
    /// Of silence after each digit: more than the 40 ms that receivers need (Q.24).
    private static final int PAUSE_MILLIS = 80;
    private static final int EDGE = 96;
    /// The higher tone is 2 dB louder, as telephones have it: lines weaken it more.
    private static final double LOW_AMPLITUDE = 6_500;
    private static final double HIGH_AMPLITUDE = 8_200;

    /// Written by whoever plays digits, read by the port: places are taken from `first` on and filled from `end` on.
    private final char[] keys = new char[MAX_WAITING];
    private final int[] millis = new int[MAX_WAITING];
    private final AtomicInteger first = new AtomicInteger();
    private final AtomicInteger end = new AtomicInteger();
    private final Oscillator low = new Oscillator();
    private final Oscillator high = new Oscillator();
    private int samples;
    private int position;
    /// Samples until the next digit may begin.
    private int left;

    /// From any thread, one at a time.
    ///
    /// @return false when too many wait, or it is no digit
    public boolean play(char key, int durationMillis) {
        int at = end.getPlain();
        if (!DtmfKeys.isKey(key) || at - first.getAcquire() == MAX_WAITING) {
            return false;
        }
        keys[at % MAX_WAITING] = key;
        millis[at % MAX_WAITING] = durationMillis;
        end.setRelease(at + 1);
        return true;
    }

    @Override
    public Place place() {
        return Place.CHANGE;
    }

    @Override
    public void said(short[] pcm, int channels) {
        // what the channel says stays
    }

    @Override
    public void heard(short[] pcm, int channels) {
        if (left <= 0 && !next()) {
            return;
        }
        Arrays.fill(pcm, 0, Frame.SAMPLES * channels, (short) 0);
        for (int i = 0; i < Frame.SAMPLES && position < samples; i++, position++) {
            double shape = Math.min(1, Math.min(position, samples - position) / (double) EDGE);
            short value = (short) Math.round((low.next() * LOW_AMPLITUDE + high.next() * HIGH_AMPLITUDE) * shape);
            for (int c = 0; c < channels; c++) {
                pcm[i * channels + c] = value;
            }
        }
        left -= Frame.SAMPLES;
        low.settle();
        high.settle();
    }

    /// @return false when nothing waits
    private boolean next() {
        int at = first.getPlain();
        if (at == end.getAcquire()) {
            return false;
        }
        low.start(DtmfKeys.row(keys[at % MAX_WAITING]));
        high.start(DtmfKeys.column(keys[at % MAX_WAITING]));
        samples = millis[at % MAX_WAITING] * SAMPLES_IN_MILLI;
        first.setRelease(at + 1);
        position = 0;
        left = samples + PAUSE_MILLIS * SAMPLES_IN_MILLI;
        return true;
    }
}
