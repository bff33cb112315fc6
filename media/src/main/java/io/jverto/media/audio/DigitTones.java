package io.jverto.media.audio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.mixer.DtmfKeys;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

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

    private final BlockingQueue<Digit> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Oscillator low = new Oscillator();
    private final Oscillator high = new Oscillator();
    private int samples;
    private int position;
    /// Samples until the next digit may begin.
    private int left;

    private record Digit(char key, int millis) {}

    /// From any thread.
    ///
    /// @return false when too many wait, or it is no digit
    public boolean play(char key, int millis) {
        return DtmfKeys.isKey(key) && waiting.offer(new Digit(key, millis));
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
        Digit digit = waiting.poll();
        if (digit == null) {
            return false;
        }
        low.start(DtmfKeys.row(digit.key()));
        high.start(DtmfKeys.column(digit.key()));
        samples = digit.millis() * SAMPLES_IN_MILLI;
        position = 0;
        left = samples + PAUSE_MILLIS * SAMPLES_IN_MILLI;
        return true;
    }
}
