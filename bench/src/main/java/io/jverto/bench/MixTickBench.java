package io.jverto.bench;

import io.jverto.base.bytes.PacketRing;
import io.jverto.media.audio.AudioCounters;
import io.jverto.media.audio.AudioMixer;
import io.jverto.media.audio.PortControl;
import io.jverto.media.audio.PortListener;
import io.jverto.media.audio.PortSetup;
import io.jverto.media.audio.Wakes;
import io.jverto.media.codec.AudioCodecs;
import io.jverto.media.codec.AudioEncoder;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.JitterBounds;
import io.jverto.media.plan.OpusSettings;
import io.jverto.media.plan.Position;
import io.jverto.media.rtp.RtpPacket;
import java.util.Arrays;
import java.util.Optional;
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

/// One 20 ms tick of a room of 100 members in Opus, from rings full of RTP to rings full of RTP: jitter buffers, decoders, mix,
/// encoders. The talkers' packets were encoded before, in mono as browsers send. With 3 talkers there are 3 decodes and 4 encodes; if they
/// do not listen there is one encode, and the rest is what a room costs however many listen.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class MixTickBench implements PortListener {
    private static final int MEMBERS = 100;
    private static final int FRAME = 960;
    private static final int FRAMES = 250;
    private static final int PAYLOAD_TYPE = 111;
    private static final int FRAME_NANOS = 20_000_000;

    @Param({"0", "3"})
    public int talkers;

    @Param({"1"})
    public int channels;

    /// Whether all have places, which is for two channels.
    @Param({"false"})
    public boolean placed;

    @Param({"true"})
    public boolean talkersListen;

    private final PacketRing[] rx = new PacketRing[MEMBERS];
    private final PacketRing[] tx = new PacketRing[MEMBERS];
    private final byte[][] packets = new byte[FRAMES][];
    private final byte[] packet = new byte[1500];
    private final Wakes wakes = new Wakes();
    private AudioMixer mixer;
    private long tick = 1000;
    private long sent;
    private final PacketRing.Reader sink = (tag, bytes, length) -> sent += length;

    @Setup(Level.Trial)
    public void open() {
        Optional<Position> place = placed ? Optional.of(new Position(-0.5, 0, -0.8)) : Optional.empty();
        AudioPlan plan = new AudioPlan(
                AudioCodec.OPUS, PAYLOAD_TYPE, channels, 1, 20, OpusSettings.DEFAULT, -1, 0, true, true);
        mixer = new AudioMixer(48_000, channels, 100, new AudioCounters());
        for (int i = 0; i < MEMBERS; i++) {
            rx[i] = new PacketRing(16, 1400);
            tx[i] = new PacketRing(16, 1400);
            mixer.add(new PortSetup("member " + i, plan, JitterBounds.DEFAULT, rx[i], tx[i], () -> {}, this), new Seat(i >= talkers || talkersListen, place));
        }
        short[] voice = Voice.pcm(FRAME * FRAMES, 1);
        try (AudioEncoder encoder = AudioCodecs.encoder(AudioCodec.OPUS, 1, OpusSettings.DEFAULT, 48_000)) {
            for (int i = 0; i < FRAMES; i++) {
                short[] frame = Arrays.copyOfRange(voice, i * FRAME, (i + 1) * FRAME);
                packets[i] = Arrays.copyOf(packet, 12 + encoder.encode(frame, FRAME, packet, 12));
            }
        }
    }

    @TearDown(Level.Trial)
    public void close() {
        mixer.close();
    }

    @Benchmark
    public long tick() {
        tick++;
        long now = tick * FRAME_NANOS;
        for (int i = 0; i < talkers; i++) {
            byte[] next = packets[(int) ((tick + 37 * i) % FRAMES)];
            RtpPacket.writeHeader(next, 0, false, PAYLOAD_TYPE, (int) tick, (int) tick * FRAME, 100 + i);
            rx[i].offer(now, next, 0, next.length);
        }
        mixer.tick(now, wakes);
        wakes.runAll();
        for (PacketRing ring : tx) {
            while (ring.poll(sink)) {
                // counted
            }
        }
        return sent;
    }

    @Override
    public void onTalking(boolean talking) {
        // not measured
    }

    @Override
    public void onClosed(End end) {
        // not measured
    }

    private record Seat(boolean listens, Optional<Position> position) implements PortControl {
        @Override
        public boolean muted() {
            return false;
        }

        @Override
        public boolean deaf() {
            return !listens;
        }

        @Override
        public boolean detached() {
            return false;
        }

        @Override
        public int volumeIn() {
            return 0;
        }

        @Override
        public int volumeOut() {
            return 0;
        }
    }
}
