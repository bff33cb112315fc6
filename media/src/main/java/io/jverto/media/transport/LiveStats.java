package io.jverto.media.transport;

import java.util.concurrent.atomic.AtomicLong;

/// Figures that the loop writes and anybody reads, without a lock.
final class LiveStats {
    private final AtomicLong packetsRx = new AtomicLong();
    private final AtomicLong packetsTx = new AtomicLong();
    private final AtomicLong packetsLost = new AtomicLong();
    private final AtomicLong bytesRx = new AtomicLong();
    private final AtomicLong bytesTx = new AtomicLong();
    private final AtomicLong jitterMicros = new AtomicLong();
    private final AtomicLong roundTripMicros = new AtomicLong(-1000);
    private final AtomicLong remoteLost = new AtomicLong();

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

    void reported(int fractionLost) {
        remoteLost.lazySet(fractionLost);
    }

    void roundTrip(long micros) {
        roundTripMicros.lazySet(micros);
    }

    /// @return 0 when it is not known
    long roundTripNanos() {
        return Math.max(0, roundTripMicros.getPlain()) * 1_000;
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
                roundTripMicros.get() / 1000.0,
                remoteLost.get() / 256.0);
    }
}
