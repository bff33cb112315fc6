package io.jverto.media.transport;

import io.jverto.base.count.Counters;
import io.jverto.media.ice.IceCounter;
import io.jverto.media.rtp.RtcpWriter;
import io.jverto.media.rtp.RtpPacket;
import io.jverto.media.srtp.SrtpCounter;
import io.jverto.media.srtp.SrtpSession;
import io.jverto.media.srtp.SrtpShared;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// What all transports of one loop use together, one after the other: buffers, counters, randomness, the calendar.
public final class TransportShared {
    /// Bytes of the longest packet that we send before protection.
    public static final int MAX_PACKET = 1400;

    private static final int MAX_REPORT = 1_280;
    private static final int EVENT_PAYLOAD = 4;
    /// Seconds between 1900 and 1970 (RFC 5905 section 6).
    private static final long NTP_UNIX = 2_208_988_800L;
    private static final long SECOND = 1_000_000_000L;

    final Counters<TransportCount> counters;
    final Counters<IceCounter> iceCounters;
    final SrtpShared srtp;
    final RandomGenerator random;

    final byte[] packet = new byte[MAX_PACKET + SrtpSession.MAX_GROWTH];
    final byte[] event = new byte[EVENT_PAYLOAD];
    final RtpPacket incoming = new RtpPacket();
    final RtpPacket fed = new RtpPacket();
    final RtcpWriter report = new RtcpWriter(MAX_REPORT);

    private final long ntpSeconds;
    private final long ntpNanos;

    /// @param nowNanos the monotonic time at `wallTime`
    public TransportShared(
            Counters<TransportCount> counters,
            Counters<IceCounter> iceCounters,
            Counters<SrtpCounter> srtpCounters,
            RandomGenerator random,
            long nowNanos,
            Instant wallTime) {
        this.counters = counters;
        this.iceCounters = iceCounters;
        this.srtp = new SrtpShared(srtpCounters);
        this.random = random;
        this.ntpSeconds = wallTime.getEpochSecond() + NTP_UNIX;
        this.ntpNanos = wallTime.getNano() - nowNanos;
    }

    /// @return that instant as 64-bit NTP timestamp
    long ntp(long nowNanos) {
        long nanos = nowNanos + ntpNanos;
        long fraction = (Math.floorMod(nanos, SECOND) << 32) / SECOND;
        return ntpSeconds + Math.floorDiv(nanos, SECOND) << 32 | fraction;
    }
}
