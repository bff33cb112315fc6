package io.jverto.bench;

import io.jverto.base.count.Counters;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.SrtpKeys;
import io.jverto.media.plan.SrtpProfile;
import io.jverto.media.srtp.SrtpCounter;
import io.jverto.media.srtp.SrtpSession;
import io.jverto.media.srtp.SrtpShared;
import java.util.Random;
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

/// One packet sealed and opened again, and what a forged one costs. With `-prof gc` also the bytes that the JDK's ciphers
/// allocate for each operation.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SrtpBench {
    private static final int HEADER = 12;

    @Param({"AEAD_AES_128_GCM", "AES128_CM_HMAC_SHA1_80"})
    public SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;

    /// Payload of an audio and of a video packet.
    @Param({"160", "1100"})
    public int payload;

    private final byte[] packet = new byte[2048];
    private final byte[] forged = new byte[2048];
    private SrtpSession sender = session(DtlsRole.CLIENT);
    private SrtpSession receiver = session(DtlsRole.SERVER);
    private int sequence;
    private int forgedLength;

    @Setup(Level.Iteration)
    public void setUp() {
        sender = session(DtlsRole.CLIENT);
        receiver = session(DtlsRole.SERVER);
        new Random(2).nextBytes(packet);
        packet[0] = (byte) 0x80;
        packet[1] = 111;
        System.arraycopy(packet, 0, forged, 0, packet.length);
        sequence = 0;
        forgedLength = sender.protectRtp(forged, 0, HEADER + payload);
        forged[forgedLength - 1] ^= 1;
        sender = session(DtlsRole.CLIENT);
    }

    @Benchmark
    public int sealAndOpen() {
        number();
        int sealed = sender.protectRtp(packet, 0, HEADER + payload);
        return receiver.unprotectRtp(packet, 0, sealed);
    }

    @Benchmark
    public int seal() {
        number();
        return sender.protectRtp(packet, 0, HEADER + payload);
    }

    @Benchmark
    public int dropForged() {
        return receiver.unprotectRtp(forged, 0, forgedLength);
    }

    private void number() {
        sequence++;
        packet[2] = (byte) (sequence >>> 8);
        packet[3] = (byte) sequence;
    }

    private SrtpSession session(DtlsRole role) {
        Random random = new Random(1);
        byte[] key = new byte[profile.keyLength()];
        byte[] salt = new byte[profile.saltLength()];
        random.nextBytes(key);
        random.nextBytes(salt);
        SrtpKeys keys = new SrtpKeys(profile, key, salt, key.clone(), salt.clone());
        return new SrtpSession(keys, role, new SrtpShared(new Counters<>(SrtpCounter.class)));
    }
}
