package io.jverto.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jverto.media.file.ArrayBytes;
import io.jverto.media.file.OggOpus;
import io.jverto.media.plan.AudioCodec;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// What an Opus frame costs and what is left of sound, by how the encoder is set up. Writes a table to `target/opus-figures.md`, from which
/// docs/performance.md has its figures. Run by hand: `-Djverto.test.figures=true`.
@EnabledIfSystemProperty(named = "jverto.test.figures", matches = "true")
class OpusFiguresTest {
    private static final Path PROMPT = Path.of("..", "sounds", "en", "us", "jverto", "ivr", "ivr-demo_menu.opus");
    private static final int FRAME = 960;
    private static final int SECONDS = 10;
    private static final int ROUNDS = 3;
    private static final double TONE_HERTZ = 12_000;
    private static final double TONE_AMPLITUDE = 6_000;
    /// Samples that the decoder is behind; hybrid frames are two less behind than libopus says.
    private static final int LOW_DELAY = 120;
    private static final int DELAY = 310;

    private record Encoded(double micros, List<byte[]> packets) {}

    @Test
    void whatAFrameCostsAndWhatIsLeftOfSound() throws IOException {
        short[] mono = speech();
        short[] stereo = placed(mono);
        List<String> lines = new ArrayList<>(List.of("| Channels | Aim | Bit rate | FEC | Independent | Complexity | Cost | Bytes | Likeness | 12 kHz |",
                "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"));
        for (int channels = 1; channels <= 2; channels++) {
            short[] said = channels == 1 ? mono : stereo;
            OpusTuning.Aim hybrid = channels == 1 ? OpusTuning.Aim.SPEECH : OpusTuning.Aim.SOUND;
            for (int bitrate : channels == 1 ? new int[] {32_000, 40_000, 48_000, 64_000} : new int[] {64_000, 96_000}) {
                Figures redundant = figures(new OpusTuning(channels, hybrid, bitrate, false, true, 10, false, false, 48_000, 5), said);
                Figures live = figures(new OpusTuning(channels, OpusTuning.Aim.LOW_DELAY, bitrate, false, false, 0, false, true, 48_000, 2), said);
                lines.add(redundant.line());
                lines.add(figures(new OpusTuning(channels, hybrid, bitrate, false, false, 0, false, false, 48_000, 5), said).line());
                lines.add(live.line());
                for (int complexity : new int[] {0, 2, 4, 5, 10}) {
                    lines.add(figures(new OpusTuning(channels, OpusTuning.Aim.LOW_DELAY, bitrate, false, false, 0, false, false, 48_000, complexity), said).line());
                }
                assertThat(live.micros).as("%d kbit/s in %d channels", bitrate / 1000, channels).isLessThan(redundant.micros / 2);
                assertThat(live.tone).isCloseTo(0, within(1.0));
            }
        }
        Files.write(Path.of("target", "opus-figures.md"), lines);
    }

    /// @param micros CPU time of a frame
    /// @param likeness decibels, of a prompt
    /// @param tone decibels by which a tone of 12 kHz is louder than it was
    private record Figures(OpusTuning tuning, double micros, int bytes, double likeness, double tone) {
        String line() {
            return String.format(Locale.ROOT, "| %d | %s | %d | %s | %s | %d | %.0f us | %d | %.1f dB | %.1f dB |", tuning.channels(), tuning.aim(),
                    tuning.bitrate() / 1000, tuning.inbandFec() ? "yes" : "no", tuning.independent() ? "yes" : "no", tuning.complexity(), micros, bytes, likeness, tone);
        }
    }

    private static Figures figures(OpusTuning tuning, short[] said) {
        Encoded speech = encoded(tuning, said, ROUNDS);
        int channels = tuning.channels();
        int delay = tuning.aim() == OpusTuning.Aim.LOW_DELAY ? LOW_DELAY : DELAY;
        double likeness = likeness(channel(said, channels), channel(decoded(speech.packets, channels), channels), delay);
        short[] tone = ResamplerTest.tone(TONE_HERTZ, 48_000, TONE_AMPLITUDE, 48_000);
        short[] heard = channel(decoded(encoded(tuning, channels == 1 ? tone : both(tone, tone), 1).packets, channels), channels);
        double level = ResamplerTest.amplitude(Arrays.copyOfRange(heard, heard.length / 2, heard.length), TONE_HERTZ, 48_000);
        int bytes = speech.packets.stream().mapToInt(packet -> packet.length).sum() / speech.packets.size();
        return new Figures(tuning, speech.micros, bytes, likeness, 20 * Math.log10(Math.max(level, 1e-3) / TONE_AMPLITUDE));
    }

    /// The best of some rounds, in CPU time of the thread.
    private static Encoded encoded(OpusTuning tuning, short[] pcm, int rounds) {
        int values = FRAME * tuning.channels();
        short[][] frames = new short[pcm.length / values][];
        Arrays.setAll(frames, i -> Arrays.copyOfRange(pcm, i * values, (i + 1) * values));
        byte[] packet = new byte[OpusTuning.MAX_PACKET];
        List<byte[]> packets = new ArrayList<>();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < rounds; round++) {
            packets.clear();
            try (NativeOpusEncoder encoder = new NativeOpusEncoder(tuning)) {
                long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                for (short[] frame : frames) {
                    packets.add(Arrays.copyOf(packet, encoder.encode(frame, FRAME, packet, 0)));
                }
                least = Math.min(least, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before);
            }
        }
        return new Encoded(least / 1e3 / frames.length, packets);
    }

    private static short[] decoded(List<byte[]> packets, int channels) {
        short[] all = new short[packets.size() * FRAME * channels];
        short[] pcm = new short[AudioDecoder.MAX_SAMPLES * channels];
        try (AudioDecoder decoder = AudioCodecs.decoder(AudioCodec.OPUS, channels)) {
            for (int i = 0; i < packets.size(); i++) {
                decoder.decode(packets.get(i), 0, packets.get(i).length, pcm);
                System.arraycopy(pcm, 0, all, i * FRAME * channels, FRAME * channels);
            }
        }
        return all;
    }

    /// Segmental signal-to-noise ratio of the magnitudes in bands up to 20 kHz that are equally wide to the ear, weighted by what is in each.
    /// A filter that only shifts phases does not count.
    private static double likeness(short[] said, short[] heard, int delay) {
        int[] edges = edges();
        double sum = 0;
        int windows = 0;
        for (int at = 0; at + Spectrum.SIZE <= said.length - delay; at += Spectrum.SIZE / 2) {
            double power = 0;
            for (int i = at; i < at + Spectrum.SIZE; i++) {
                power += (double) said[i] * said[i] / Spectrum.SIZE;
            }
            if (power < 100 * 100) {
                continue;
            }
            double[] one = Spectrum.power(said, at);
            double[] other = Spectrum.power(heard, at + delay);
            double ratios = 0;
            double weights = 0;
            for (int band = 0; band + 1 < edges.length; band++) {
                double x = Math.sqrt(sum(one, edges[band], edges[band + 1]));
                double y = Math.sqrt(sum(other, edges[band], edges[band + 1]));
                double weight = Math.pow(x, 0.2);
                ratios += weight * Math.clamp(20 * Math.log10(x / (Math.abs(x - y) + 1e-6)), -10, 35);
                weights += weight;
            }
            sum += ratios / weights;
            windows++;
        }
        return sum / windows;
    }

    private static double sum(double[] power, int from, int to) {
        return Arrays.stream(power, from, to).sum() + 1e-3;
    }

    /// 30 bands between 100 Hz and 20 kHz on the scale of equivalent rectangular bandwidths (Glasberg and Moore 1990).
    private static int[] edges() {
        double low = 21.4 * Math.log10(1 + 0.00437 * 100);
        double high = 21.4 * Math.log10(1 + 0.00437 * 20_000);
        int[] edges = new int[31];
        for (int i = 0; i < edges.length; i++) {
            double hertz = (Math.pow(10, (low + (high - low) * i / 30) / 21.4) - 1) / 0.00437;
            int line = (int) Math.ceil(hertz * Spectrum.SIZE / 48_000);
            edges[i] = i == 0 ? line : Math.max(edges[i - 1] + 1, line);
        }
        return edges;
    }

    private static short[] speech() throws IOException {
        OggOpus stream = ((OggOpus.Result.Ok) OggOpus.open(new ArrayBytes(Files.readAllBytes(PROMPT)))).stream();
        byte[] packet = new byte[OggOpus.MAX_PACKET];
        short[] pcm = new short[AudioDecoder.MAX_SAMPLES];
        short[] all = new short[(SECONDS + 1) * 48_000];
        int samples = 0;
        try (AudioDecoder decoder = AudioCodecs.decoder(AudioCodec.OPUS, 1)) {
            while (samples < SECONDS * 48_000) {
                int count = decoder.decode(packet, 0, stream.next(packet), pcm);
                System.arraycopy(pcm, 0, all, samples, count);
                samples += count;
            }
        }
        return Arrays.copyOf(all, SECONDS * 48_000);
    }

    /// Two who talk at once from either side, each a little later and softer in the far ear.
    private static short[] placed(short[] speech) {
        int count = speech.length;
        short[] placed = new short[2 * count];
        for (int i = 0; i < count; i++) {
            int other = (i + count / 2) % count;
            placed[2 * i] = (short) (0.63 * speech[i] + 0.21 * speech[Math.max(0, other - 20)]);
            placed[2 * i + 1] = (short) (0.25 * speech[Math.max(0, i - 24)] + 0.56 * speech[other]);
        }
        return placed;
    }

    private static short[] both(short[] left, short[] right) {
        short[] both = new short[2 * left.length];
        for (int i = 0; i < left.length; i++) {
            both[2 * i] = left[i];
            both[2 * i + 1] = right[i];
        }
        return both;
    }

    private static short[] channel(short[] pcm, int channels) {
        short[] one = new short[pcm.length / channels];
        for (int i = 0; i < one.length; i++) {
            one[i] = pcm[i * channels];
        }
        return one;
    }

    /// Power of a window of sound at each line of its spectrum, by the fast Fourier transform.
    private static final class Spectrum {
        static final int SIZE = 1024;
        private static final double[] COSINE = new double[SIZE / 2];
        private static final double[] SINE = new double[SIZE / 2];

        static {
            Arrays.setAll(COSINE, i -> Math.cos(-2 * Math.PI * i / SIZE));
            Arrays.setAll(SINE, i -> Math.sin(-2 * Math.PI * i / SIZE));
        }

        private Spectrum() {}

        static double[] power(short[] pcm, int from) {
            double[] re = new double[SIZE];
            double[] im = new double[SIZE];
            for (int i = 0; i < SIZE; i++) {
                re[Integer.reverse(i) >>> 22] = pcm[from + i] * (0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / SIZE));
            }
            for (int length = 2; length <= SIZE; length *= 2) {
                for (int start = 0; start < SIZE; start += length) {
                    for (int k = 0; k < length / 2; k++) {
                        butterfly(re, im, start + k, start + k + length / 2, k * (SIZE / length));
                    }
                }
            }
            double[] power = new double[SIZE / 2];
            Arrays.setAll(power, i -> re[i] * re[i] + im[i] * im[i]);
            return power;
        }

        private static void butterfly(double[] re, double[] im, int upper, int lower, int turn) {
            double real = re[lower] * COSINE[turn] - im[lower] * SINE[turn];
            double imaginary = re[lower] * SINE[turn] + im[lower] * COSINE[turn];
            re[lower] = re[upper] - real;
            im[lower] = im[upper] - imaginary;
            re[upper] += real;
            im[upper] += imaginary;
        }
    }
}
