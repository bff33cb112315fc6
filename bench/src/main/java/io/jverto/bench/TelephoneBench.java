package io.jverto.bench;

import io.jverto.media.codec.AudioCodecs;
import io.jverto.media.codec.AudioDecoder;
import io.jverto.media.codec.AudioEncoder;
import io.jverto.media.mixer.DtmfDetector;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.OpusSettings;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// One 20 ms frame at 48 kHz through the codecs of telephones, and the search for digits in it.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class TelephoneBench {
    private static final int FRAME = 960;
    private static final int FRAMES = 250;

    @Param({"G722", "PCMU"})
    public AudioCodec codec = AudioCodec.G722;

    private final short[][] frames = new short[FRAMES][];
    private final byte[][] packets = new byte[FRAMES][];
    private final byte[] packet = new byte[1500];
    private final short[] pcm = new short[AudioDecoder.MAX_SAMPLES];
    private AudioEncoder encoder;
    private AudioDecoder decoder;
    private DtmfDetector detector;
    private int digits;
    private int at;

    @Setup(Level.Trial)
    public void open() {
        encoder = AudioCodecs.encoder(codec, 1, OpusSettings.DEFAULT, 48_000);
        decoder = AudioCodecs.decoder(codec, 1);
        detector = new DtmfDetector((digit, millis) -> digits++);
        short[] voice = Voice.pcm(FRAME * FRAMES, 1);
        for (int i = 0; i < FRAMES; i++) {
            frames[i] = Arrays.copyOfRange(voice, i * FRAME, (i + 1) * FRAME);
            packets[i] = Arrays.copyOf(packet, encoder.encode(frames[i], FRAME, packet, 0));
        }
    }

    @Benchmark
    public int encode() {
        at = (at + 1) % FRAMES;
        return encoder.encode(frames[at], FRAME, packet, 0);
    }

    @Benchmark
    public int decode() {
        at = (at + 1) % FRAMES;
        return decoder.decode(packets[at], 0, packets[at].length, pcm);
    }

    @Benchmark
    public int detectDigits() {
        at = (at + 1) % FRAMES;
        detector.onSamples(frames[at], FRAME);
        return digits;
    }
}
