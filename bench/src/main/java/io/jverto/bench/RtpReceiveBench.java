package io.jverto.bench;

import io.jverto.base.count.Counters;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.SrtpKeys;
import io.jverto.media.plan.SrtpProfile;
import io.jverto.media.rtp.ReceiveStatistics;
import io.jverto.media.rtp.RtpPacket;
import io.jverto.media.rtp.RtpRewriter;
import io.jverto.media.srtp.SrtpCounter;
import io.jverto.media.srtp.SrtpSession;
import io.jverto.media.srtp.SrtpShared;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What a relayed packet costs without its socket: the peer's protect, then unprotect, parse, count, renumber, protect.
/// [#parse] and [#renumber] show our own part, which allocates nothing; the rest is the ciphers'.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class RtpReceiveBench {
    private static final int PAYLOAD = 80;
    private static final int LENGTH = RtpPacket.FIXED_HEADER + PAYLOAD;
    private static final int PEER_SSRC = 0x9999;
    private static final long PACKET_NANOS = 20_000_000;
    private static final int PACKET_TICKS = 960;

    @Param({"AES128_CM_HMAC_SHA1_80", "AEAD_AES_128_GCM"})
    SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;

    private final byte[] plain = new byte[LENGTH];
    private final byte[] wire = new byte[LENGTH + SrtpSession.MAX_GROWTH];
    private final byte[] relayed = new byte[LENGTH + SrtpSession.MAX_GROWTH];
    private final RtpPacket packet = new RtpPacket();
    private ReceiveStatistics received = new ReceiveStatistics(48_000);
    private RtpRewriter rewriter = new RtpRewriter(0x1111, 48_000, 1, 1);
    private SrtpSession peer = session(DtlsRole.CLIENT);
    private SrtpSession in = session(DtlsRole.SERVER);
    private SrtpSession out = session(DtlsRole.CLIENT);
    private long now;
    private int sequence;
    private int timestamp;

    @Setup
    public void setUp() {
        new Random(1).nextBytes(plain);
        peer = session(DtlsRole.CLIENT);
        in = session(DtlsRole.SERVER);
        out = session(DtlsRole.CLIENT);
        received = new ReceiveStatistics(48_000);
        rewriter = new RtpRewriter(0x1111, 48_000, 1, 1);
    }

    private SrtpSession session(DtlsRole role) {
        byte[] key = new byte[profile.keyLength()];
        byte[] salt = new byte[profile.saltLength()];
        return new SrtpSession(
                new SrtpKeys(profile, key, salt, key, salt), role, new SrtpShared(new Counters<>(SrtpCounter.class)));
    }

    /// The peer's half alone, to be subtracted from [#receiveAndRelay].
    @Benchmark
    public int peerSends() {
        next();
        return peer.protectRtp(wire, 0, LENGTH);
    }

    @Benchmark
    public int receiveAndRelay() {
        next();
        int sealed = peer.protectRtp(wire, 0, LENGTH);
        int opened = in.unprotectRtp(wire, 0, sealed);
        packet.read(wire, 0, opened);
        received.onPacket(now, packet.sequence(), packet.timestamp());
        rewriter.relay(now, 1, packet.sequence(), packet.timestamp(), packet.marker());
        writeRelayed();
        return out.protectRtp(relayed, 0, LENGTH);
    }

    @Benchmark
    public boolean parse() {
        next();
        return packet.read(wire, 0, LENGTH) && received.onPacket(now, packet.sequence(), packet.timestamp());
    }

    @Benchmark
    public int renumber() {
        next();
        packet.read(wire, 0, LENGTH);
        rewriter.relay(now, 1, packet.sequence(), packet.timestamp(), packet.marker());
        writeRelayed();
        return rewriter.sequence();
    }

    private void next() {
        now += PACKET_NANOS;
        sequence++;
        timestamp += PACKET_TICKS;
        System.arraycopy(plain, 0, wire, 0, LENGTH);
        RtpPacket.writeHeader(wire, 0, false, 111, sequence, timestamp, PEER_SSRC);
    }

    private void writeRelayed() {
        RtpPacket.writeHeader(
                relayed, 0, rewriter.marker(), 96, rewriter.sequence(), rewriter.timestamp(), rewriter.ssrc());
        System.arraycopy(wire, packet.payloadOffset(), relayed, RtpPacket.FIXED_HEADER, packet.payloadLength());
    }
}
