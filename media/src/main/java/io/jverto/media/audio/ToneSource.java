package io.jverto.media.audio;

import java.util.Arrays;
import java.util.List;

/// Plays what a [ToneScript] says, mono. Tones begin and end over 2 ms, so that they do not click.
final class ToneSource implements SoundSource {
    private static final int EDGE = 96;
    private static final double FULL_SCALE = 32_000;
    /// The gain follows a decay in steps of so many samples.
    private static final int GAIN_STEP = 48;

    private final List<Segment> segments;
    private final Oscillator[] oscillators;
    private final boolean endless;
    private int loopsLeft;
    private int index;
    private long position;
    private double gain;

    /// A tone and the silence after it.
    ///
    /// @param decibels level of each frequency at the beginning, against full scale
    record Segment(int onMillis, int offMillis, double[] frequencies, double decibels, double decibelsPerMilli) {
        long onSamples() {
            return onMillis * 48L;
        }

        long samples() {
            return (onMillis + (long) offMillis) * 48L;
        }

        double gainAt(long sample) {
            double level = Math.min(0, decibels + decibelsPerMilli * sample / 48);
            return FULL_SCALE * Math.min(Math.pow(10, level / 20), 1.0 / frequencies.length);
        }
    }

    /// @param segments together longer than nothing
    /// @param loops how often; -1 for ever
    ToneSource(List<Segment> segments, int loops) {
        this.segments = segments;
        this.endless = loops < 0;
        this.loopsLeft = loops;
        int most = segments.stream().mapToInt(segment -> segment.frequencies().length).max().orElse(0);
        this.oscillators = new Oscillator[most];
        Arrays.setAll(oscillators, i -> new Oscillator());
        skipEmpty();
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public boolean fill(short[] pcm) {
        int done = 0;
        while (done < Frame.SAMPLES && isPlaying()) {
            Segment segment = segments.get(index);
            boolean sounding = position < segment.onSamples();
            long end = sounding ? segment.onSamples() : segment.samples();
            int count = (int) Math.min(end - position, Frame.SAMPLES - done);
            if (sounding) {
                render(segment, pcm, done, count);
            } else {
                Arrays.fill(pcm, done, done + count, (short) 0);
            }
            done += count;
            position += count;
            skipEmpty();
        }
        Arrays.fill(pcm, done, Frame.SAMPLES, (short) 0);
        return done > 0;
    }

    private boolean isPlaying() {
        return endless || loopsLeft > 0;
    }

    private void skipEmpty() {
        while (isPlaying() && position == segments.get(index).samples()) {
            position = 0;
            index++;
            if (index == segments.size()) {
                index = 0;
                loopsLeft -= endless ? 0 : 1;
            }
        }
    }

    private void render(Segment segment, short[] pcm, int from, int count) {
        double[] frequencies = segment.frequencies();
        for (int i = 0; position == 0 && i < frequencies.length; i++) {
            oscillators[i].start(frequencies[i]);
        }
        for (int i = 0; i < count; i++) {
            long sample = position + i;
            if (sample % GAIN_STEP == 0) {
                gain = segment.gainAt(sample);
            }
            double sum = 0;
            for (int f = 0; f < frequencies.length; f++) {
                sum += oscillators[f].next();
            }
            long edge = Math.min(sample, segment.onSamples() - sample);
            double shape = edge >= EDGE ? 1 : (double) edge / EDGE;
            pcm[from + i] = (short) Math.round(sum * gain * shape);
        }
        for (int f = 0; f < frequencies.length; f++) {
            oscillators[f].settle();
        }
    }
}
