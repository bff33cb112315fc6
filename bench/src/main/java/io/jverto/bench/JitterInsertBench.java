package io.jverto.bench;

import io.jverto.base.count.Counters;
import io.jverto.media.jitter.JitterBuffer;
import io.jverto.media.jitter.JitterConfig;
import io.jverto.media.jitter.JitterCount;
import io.jverto.media.jitter.JitterPacket;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A packet into the jitter buffer and out of it again; every 50th is lost and every 10th changes place with the next.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class JitterInsertBench {
    private static final int FRAME = 960;
    private static final int FRAME_NANOS = 20_000_000;
    private static final byte[] PAYLOAD = new byte[80];

    private final JitterBuffer buffer =
            new JitterBuffer(JitterConfig.of(48_000, 2), new Counters<>(JitterCount.class));
    private final JitterPacket packet = new JitterPacket();
    private int number;

    @Benchmark
    public JitterBuffer.Due insertAndPlay() {
        int place = number % 10;
        int sequence = place == 8 ? number + 1 : place == 9 ? number - 1 : number;
        if (number % 50 != 7) {
            packet.arrivalNanos = (long) number * FRAME_NANOS;
            packet.ssrc = 1;
            packet.sequence = sequence & 0xffff;
            packet.timestamp = sequence * FRAME;
            packet.durationTicks = FRAME;
            packet.bytes = PAYLOAD;
            packet.length = PAYLOAD.length;
            buffer.insert(packet);
        }
        return buffer.next((long) number++ * FRAME_NANOS);
    }
}
