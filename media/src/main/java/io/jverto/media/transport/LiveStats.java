package io.jverto.media.transport;

import io.jverto.media.rtp.PeerLoss;
import java.util.concurrent.atomic.AtomicLong;

/// Figures that the loop writes and anybody reads, without a lock.
final class LiveStats {
    private final AtomicLong packetsRx = new AtomicLong();
    private final AtomicLong packetsTx = new AtomicLong();
    private final AtomicLong packetsLost = new AtomicLong();
    private final AtomicLong bytesRx = new AtomicLong();
    private final AtomicLong bytesTx = new AtomicLong();
    private final AtomicLong jitterMicros = new AtomicLong();
    private final AtomicLong remoteLost = new AtomicLong();
    private final PeerLoss loss = new PeerLoss();
    private final Spread jitter = new Spread();
    private final Spread roundTrip = new Spread();

    void received(int bytes, long lost, double jitterMillis) {
        packetsRx.lazySet(packetsRx.getPlain() + 1);
        bytesRx.lazySet(bytesRx.getPlain() + bytes);
        packetsLost.lazySet(lost);
        jitterMicros.lazySet((long) (jitterMillis * 1000));
    }

    void sent(int bytes) {
        packetsTx.lazySet(packetsTx.getPlain() + 1);
        bytesTx.lazySet(bytesTx.getPlain() + bytes);
    }

    /// Takes the jitter of this moment as one of those that count: once for each report, hence evenly over time.
    void sampleJitter() {
        jitter.add(jitterMicros.getPlain());
    }

    /// @param lost of our packets since the start, by the peer; less than nothing when some came twice (RFC 3550 section 6.4.1)
    void reported(int lost) {
        remoteLost.lazySet(Math.max(0, lost));
    }

    /// @return what the peer loses
    PeerLoss loss() {
        return loss;
    }

    void roundTrip(long micros) {
        roundTrip.add(micros);
    }

    /// @return the last one, 0 when it is not known
    long roundTripNanos() {
        return roundTrip.last() * 1_000;
    }

    long packetsTx() {
        return packetsTx.getPlain();
    }

    long bytesTx() {
        return bytesTx.getPlain();
    }

    TransportStats snapshot() {
        return new TransportStats(
                packetsRx.get(),
                packetsTx.get(),
                packetsLost.get(),
                bytesRx.get(),
                bytesTx.get(),
                jitterMicros.get() / 1000.0,
                jitter.snapshot(),
                roundTrip.snapshot(),
                remoteLost.get());
    }

    /// Mean and highest of what was measured now and then, in microseconds.
    private static final class Spread {
        private final AtomicLong count = new AtomicLong();
        private final AtomicLong sum = new AtomicLong();
        private final AtomicLong highest = new AtomicLong();
        private long last;

        void add(long micros) {
            last = micros;
            sum.lazySet(sum.getPlain() + micros);
            highest.lazySet(Math.max(highest.getPlain(), micros));
            count.lazySet(count.getPlain() + 1);
        }

        /// For the loop alone.
        long last() {
            return last;
        }

        TransportStats.Spread snapshot() {
            long samples = count.get();
            return samples == 0 ? TransportStats.Spread.NONE : new TransportStats.Spread(sum.get() / 1000.0 / samples, highest.get() / 1000.0);
        }
    }
}
