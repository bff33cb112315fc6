package io.jverto.media.srtp;

import static io.jverto.media.srtp.SrtpFixture.SSRC;
import static io.jverto.media.srtp.SrtpFixture.hex;
import static io.jverto.media.srtp.SrtpFixture.rtp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.jverto.media.plan.SrtpProfile;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// What a packet costs in garbage beyond what the JDK's ciphers make of the same bytes.
class SrtpAllocationTest {
    private static final int PACKETS = 20_000;
    private static final int PAYLOAD = 160;
    /// Bytes per packet. The compiler may save the JDK's small objects on one path and not on the other; a copy of a packet or
    /// of its header and tag would be more than this on both directions.
    private static final long SLACK = 64;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// Something that is done once per packet.
    private interface Work {
        void on(int packet) throws GeneralSecurityException;
    }

    @Test
    void counterModeAllocatesNoMoreThanItsCiphers() throws GeneralSecurityException {
        Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
        aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[16], "AES"));
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(new byte[20], "HmacSHA1"));
        byte[] bytes = new byte[PAYLOAD];
        byte[] tag = new byte[20];

        long ciphers = 2 * perPacket(packet -> {
            aes.update(bytes, 0, PAYLOAD, bytes, 0);
            mac.update(bytes, 0, PAYLOAD);
            mac.doFinal(tag, 0);
        });

        assertThat(perPacket(sealAndOpen(SrtpProfile.AES128_CM_HMAC_SHA1_80))).isLessThan(ciphers + SLACK);
    }

    @Test
    void gcmAllocatesNoMoreThanItsCipher() throws GeneralSecurityException {
        Cipher seal = Cipher.getInstance("AES/GCM/NoPadding");
        Cipher open = Cipher.getInstance("AES/GCM/NoPadding");
        SecretKeySpec key = new SecretKeySpec(hex("000102030405060708090a0b0c0d0e0f"), "AES");
        byte[] nonce = new byte[12];
        byte[] header = new byte[12];
        byte[] bytes = new byte[PAYLOAD + 16];
        byte[] plain = new byte[PAYLOAD];

        long cipher = perPacket(packet -> {
            Bytes.putInt(nonce, 8, packet);
            seal.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
            seal.updateAAD(header, 0, header.length);
            seal.doFinal(bytes, 0, PAYLOAD, bytes, 0);
            open.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, nonce));
            open.updateAAD(header, 0, header.length);
            open.doFinal(bytes, 0, PAYLOAD + 16, plain, 0);
        });

        assertThat(perPacket(sealAndOpen(SrtpProfile.AEAD_AES_128_GCM))).isLessThan(cipher + SLACK);
    }

    private static Work sealAndOpen(SrtpProfile profile) {
        SrtpFixture both = new SrtpFixture(profile);
        byte[] room = new byte[12 + PAYLOAD + SrtpSession.MAX_GROWTH];
        System.arraycopy(rtp(SSRC, 0, PAYLOAD), 0, room, 0, 12 + PAYLOAD);
        return packet -> {
            room[2] = (byte) (packet >>> 8);
            room[3] = (byte) packet;
            int sealed = both.client.protectRtp(room, 0, 12 + PAYLOAD);
            if (both.server.unprotectRtp(room, 0, sealed) != 12 + PAYLOAD) {
                throw new AssertionError("packet " + packet);
            }
        };
    }

    /// The least of several rounds: compilation and other disturbances only add.
    private long perPacket(Work work) throws GeneralSecurityException {
        assumeTrue(threads.isThreadAllocatedMemorySupported(), "this JVM does not count allocated bytes");
        long least = Long.MAX_VALUE;
        int packet = 0;
        for (int round = 0; round < 6; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < PACKETS; i++) {
                work.on(packet++);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least / PACKETS;
    }
}
