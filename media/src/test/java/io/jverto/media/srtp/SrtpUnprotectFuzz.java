package io.jverto.media.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jverto.media.plan.SrtpProfile;
import java.util.Arrays;

/// Whatever arrives, opening it neither throws nor writes beyond the packet; and what a peer with the keys sealed, however odd
/// its header, comes out again. The first byte says which.
class SrtpUnprotectFuzz {
    @FuzzTest
    void opensAnything(byte[] input) {
        if (input.length == 0) {
            return;
        }
        SrtpFixture both = new SrtpFixture((input[0] & 1) == 0
                ? SrtpProfile.AEAD_AES_128_GCM
                : SrtpProfile.AES128_CM_HMAC_SHA1_80);
        boolean rtcp = (input[0] & 2) != 0;
        byte[] packet = Arrays.copyOfRange(input, 1, input.length);

        if ((input[0] & 4) != 0) {
            sealAndOpen(both, rtcp, packet);
        }
        byte[] room = new byte[packet.length + 30];
        Arrays.fill(room, (byte) 0x55);
        System.arraycopy(packet, 0, room, 10, packet.length);
        for (int i = 0; i < 2; i++) {
            int opened = open(both.server, rtcp, room, packet.length);
            assertThat(opened).isLessThan(Math.max(1, packet.length));
        }
        assertThat(both.server.sources()).isLessThanOrEqualTo(2);
        assertThat(Arrays.copyOf(room, 10)).containsOnly(0x55);
        assertThat(Arrays.copyOfRange(room, 10 + packet.length, room.length)).containsOnly(0x55);
    }

    private static void sealAndOpen(SrtpFixture both, boolean rtcp, byte[] packet) {
        byte[] room = new byte[packet.length + 30];
        System.arraycopy(packet, 0, room, 10, packet.length);
        int sealed = rtcp
                ? both.client.protectRtcp(room, 10, packet.length)
                : both.client.protectRtp(room, 10, packet.length);
        if (sealed >= 0) {
            int opened = open(both.server, rtcp, room, sealed);
            assertThat(Arrays.copyOfRange(room, 10, 10 + opened)).isEqualTo(packet);
        }
    }

    private static int open(SrtpSession session, boolean rtcp, byte[] room, int length) {
        return rtcp ? session.unprotectRtcp(room, 10, length) : session.unprotectRtp(room, 10, length);
    }
}
