package io.jverto.medialoop;

import io.jverto.media.codec.AudioCodecs;
import io.jverto.media.codec.AudioDecoder;
import io.jverto.media.plan.AudioPlan;
import io.jverto.medialoop.file.Pitch;
import java.util.Arrays;

/// What a client hears, laid out by the timestamps of its packets, 48 kHz mono.
final class Hearing {
    private static final int RATE = 48_000;
    private static final int SECONDS = 60;
    /// 5 ms.
    private static final int BLOCK = 240;

    private final int ticksToSamples;
    private final AudioDecoder decoder;
    private final short[] decoded = new short[AudioDecoder.MAX_SAMPLES];
    private final short[] line = new short[RATE * SECONDS];
    private boolean begun;
    private int first;
    private int end;

    Hearing(AudioPlan plan) {
        this.decoder = AudioCodecs.decoder(plan.codec(), 1);
        this.ticksToSamples = RATE / plan.codec().rtpClock();
    }

    void take(MediaClient.Received packet) {
        if (!begun) {
            begun = true;
            first = packet.timestamp();
        }
        int at = (packet.timestamp() - first) * ticksToSamples;
        int samples = decoder.decode(packet.payload(), 0, packet.payload().length, decoded);
        if (samples > 0 && at >= 0 && at + samples < line.length) {
            System.arraycopy(decoded, 0, line, at, samples);
            end = Math.max(end, at + samples);
        }
    }

    int samples() {
        return end;
    }

    /// @return amplitude of a pitch in the last second
    double level(double hertz) {
        return end < RATE ? 0 : Pitch.amplitude(Arrays.copyOf(line, end), 1, 0, end - RATE, hertz);
    }

    /// @param from sample with which to begin
    /// @return milliseconds of the longest time without sound
    int longestGapMillis(int from) {
        int longest = 0;
        int gap = 0;
        for (int at = from; at + BLOCK <= end; at += BLOCK) {
            gap = peak(at) < 1_000 ? gap + 5 : 0;
            longest = Math.max(longest, gap);
        }
        return longest;
    }

    private int peak(int at) {
        int peak = 0;
        for (int i = 0; i < BLOCK; i++) {
            peak = Math.max(peak, Math.abs(line[at + i]));
        }
        return peak;
    }
}
