package io.jverto.bench;

import io.jverto.media.codec.AudioCodecs;
import io.jverto.media.codec.AudioDecoder;
import io.jverto.media.codec.AudioEncoder;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// One 20 ms frame through libopus by our binding, with the settings of a call.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class OpusBench {
    private static final int FRAME = 960;
    private static final int FRAMES = 250;

    @Param({"1", "2"})
    public int channels;

    /// Whether the peer loses packets and gets redundancy.
    @Param({"false", "true"})
    public boolean losing;

    private final short[][] frames = new short[FRAMES][];
    private final byte[][] packets = new byte[FRAMES][];
    private final byte[] packet = new byte[1500];
    private short[] pcm = new short[0];
    private AudioEncoder encoder;
    private AudioDecoder decoder;
    private int at;

    @Setup(Level.Trial)
    public void open() {
        OpusSettings settings = losing ? OpusSettings.DEFAULT : OpusSettings.DEFAULT.withoutFec();
        encoder = AudioCodecs.liveEncoder(AudioCodec.OPUS, channels, settings, 48_000);
        decoder = AudioCodecs.decoder(AudioCodec.OPUS, channels);
        pcm = new short[AudioDecoder.MAX_SAMPLES * channels];
        short[] voice = Voice.pcm(FRAME * FRAMES, channels);
        int values = FRAME * channels;
        for (int i = 0; i < FRAMES; i++) {
            frames[i] = Arrays.copyOfRange(voice, i * values, (i + 1) * values);
            packets[i] = Arrays.copyOf(packet, encoder.encode(frames[i], FRAME, packet, 0));
        }
    }

    @TearDown(Level.Trial)
    public void close() {
        encoder.close();
        decoder.close();
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
}
