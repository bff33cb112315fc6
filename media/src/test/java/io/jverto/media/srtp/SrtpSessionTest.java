package io.jverto.media.srtp;

import static io.jverto.media.srtp.SrtpFixture.SSRC;
import static io.jverto.media.srtp.SrtpFixture.protectRtcp;
import static io.jverto.media.srtp.SrtpFixture.protectRtp;
import static io.jverto.media.srtp.SrtpFixture.rtcp;
import static io.jverto.media.srtp.SrtpFixture.rtp;
import static io.jverto.media.srtp.SrtpFixture.unprotectRtcp;
import static io.jverto.media.srtp.SrtpFixture.unprotectRtp;
import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.SrtpProfile;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpSessionTest {
    @ParameterizedTest
    @EnumSource
    void opensWhatTheOtherSideSealed(SrtpProfile profile) {
        SrtpFixture both = new SrtpFixture(profile);
        for (int payload : new int[] {0, 1, 15, 16, 17, 160, 1100, 1500}) {
            byte[] packet = rtp(SSRC, 100 + payload, payload);
            byte[] sealed = protectRtp(both.client, packet);

            int opened = both.server.unprotectRtp(sealed, 0, sealed.length);

            assertThat(Arrays.copyOf(sealed, opened)).isEqualTo(packet);
        }
    }

    @ParameterizedTest
    @EnumSource
    void worksAtAnOffsetAndTouchesNothingElse(SrtpProfile profile) {
        SrtpFixture both = new SrtpFixture(profile);
        byte[] packet = rtp(SSRC, 7, 160);
        byte[] room = new byte[400];
        Arrays.fill(room, (byte) 0x55);
        System.arraycopy(packet, 0, room, 33, packet.length);

        int sealed = both.client.protectRtp(room, 33, packet.length);
        int opened = both.server.unprotectRtp(room, 33, sealed);

        assertThat(Arrays.copyOfRange(room, 33, 33 + opened)).isEqualTo(packet);
        assertThat(Arrays.copyOf(room, 33)).containsOnly(0x55);
        assertThat(Arrays.copyOfRange(room, 33 + sealed, room.length)).containsOnly(0x55);
    }

    @ParameterizedTest
    @EnumSource
    void keepsHeaderExtensionsAndContributorsReadable(SrtpProfile profile) {
        SrtpFixture both = new SrtpFixture(profile);
        byte[] packet = rtp(SSRC, 9, 60);
        packet[0] = (byte) 0x92; // extension and two contributors
        Bytes.putInt(packet, 20, 0xbede_0002);

        byte[] sealed = protectRtp(both.client, packet);

        assertThat(Arrays.copyOf(sealed, 32)).isEqualTo(Arrays.copyOf(packet, 32));
        assertThat(Arrays.copyOfRange(sealed, 32, 72)).isNotEqualTo(Arrays.copyOfRange(packet, 32, 72));
        int opened = both.server.unprotectRtp(sealed, 0, sealed.length);
        assertThat(Arrays.copyOf(sealed, opened)).isEqualTo(packet);
    }

    @ParameterizedTest
    @EnumSource
    void opensRtcpAndCountsItsIndexPerSource(SrtpProfile profile) {
        SrtpFixture both = new SrtpFixture(profile);
        for (int i = 0; i < 50; i++) {
            for (int ssrc = 1; ssrc <= 2; ssrc++) {
                byte[] packet = rtcp(ssrc, i);
                byte[] sealed = protectRtcp(both.server, packet);

                int word = SrtpTransform.ofServer(both.keys, both.shared).rtcpWord(sealed, 0, sealed.length);
                int opened = both.client.unprotectRtcp(sealed, 0, sealed.length);

                assertThat(word).isEqualTo(i | 0x8000_0000);
                assertThat(Arrays.copyOf(sealed, opened)).isEqualTo(packet);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void s23DropsReplays(SrtpProfile profile) {
        SrtpFixture both = new SrtpFixture(profile);
        byte[] media = protectRtp(both.client, rtp(SSRC, 1, 160));
        byte[] control = protectRtcp(both.client, rtcp(SSRC, 5));

        assertThat(unprotectRtp(both.server, media)).isPositive();
        assertThat(unprotectRtp(both.server, media)).isEqualTo(SrtpSession.REPLAYED);
        assertThat(unprotectRtcp(both.server, control)).isPositive();
        assertThat(unprotectRtcp(both.server, control)).isEqualTo(SrtpSession.REPLAYED);
        assertThat(both.counters.get(SrtpCounter.REPLAYED)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void s23DropsWhatIsOlderThanTheWindow(SrtpProfile profile) {
        SrtpFixture both = new SrtpFixture(profile);
        byte[] old = protectRtp(both.client, rtp(SSRC, 10, 20));
        byte[] inside = protectRtp(both.client, rtp(SSRC, 11, 20));
        unprotectRtp(both.server, protectRtp(both.client, rtp(SSRC, 11 + 1023, 20)));

        assertThat(unprotectRtp(both.server, old)).isEqualTo(SrtpSession.REPLAYED);
        assertThat(unprotectRtp(both.server, inside)).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void s23DropsAPacketWithAnyByteChangedAndStaysUsable(SrtpProfile profile) {
        SrtpFixture both = new SrtpFixture(profile);
        byte[] media = protectRtp(both.client, rtp(SSRC, 4000, 40));
        byte[] control = protectRtcp(both.client, rtcp(SSRC, 6));
        for (int bit = 1; bit < 256; bit <<= 1) {
            for (int i = 0; i < media.length; i++) {
                byte[] forged = media.clone();
                forged[i] ^= (byte) bit;
                assertThat(unprotectRtp(both.server, forged)).as("byte %d", i).isNegative();
            }
            for (int i = 0; i < control.length; i++) {
                byte[] forged = control.clone();
                forged[i] ^= (byte) bit;
                assertThat(unprotectRtcp(both.server, forged)).as("byte %d", i).isNegative();
            }
        }

        assertThat(both.server.sources()).isZero();
        assertThat(unprotectRtp(both.server, media)).isPositive();
        assertThat(unprotectRtcp(both.server, control)).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void s23DropsWhatIsCutShort(SrtpProfile profile) {
        SrtpFixture both = new SrtpFixture(profile);
        byte[] media = protectRtp(both.client, rtp(SSRC, 4000, 40));
        byte[] control = protectRtcp(both.client, rtcp(SSRC, 6));

        for (int length = 0; length < media.length; length++) {
            assertThat(both.server.unprotectRtp(media.clone(), 0, length)).isNegative();
        }
        for (int length = 0; length < control.length; length++) {
            assertThat(both.server.unprotectRtcp(control.clone(), 0, length)).isNegative();
        }
        assertThat(both.server.unprotectRtp(new byte[4000], 0, 4000)).isEqualTo(SrtpSession.MALFORMED);
    }

    @ParameterizedTest
    @EnumSource
    void s23FollowsTheSequenceNumberRoundSeveralTimesDespiteLossAndReordering(SrtpProfile profile) {
        SrtpFixture both = new SrtpFixture(profile);
        byte[] late = new byte[0];
        for (int i = 65_000; i < 200_000; i += 100) {
            byte[] packet = rtp(SSRC, i & 0xffff, 20);
            byte[] sealed = protectRtp(both.client, packet);

            assertThat(unprotectRtp(both.server, sealed)).as("packet %d", i).isEqualTo(packet.length);
            if (late.length > 0) {
                assertThat(unprotectRtp(both.server, late)).as("before %d", i).isEqualTo(packet.length);
            }
            late = protectRtp(both.client, rtp(SSRC, i + 1 & 0xffff, 20));
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesToUseAnIndexTwice(SrtpProfile profile) {
        SrtpFixture both = new SrtpFixture(profile);
        protectRtp(both.client, rtp(SSRC, 1, 20));

        byte[] other = Arrays.copyOf(rtp(SSRC, 1, 30), 100);

        assertThat(both.client.protectRtp(other, 0, 42)).isEqualTo(SrtpSession.INDEX_USED);
    }

    @ParameterizedTest
    @EnumSource
    void s23RemembersABoundedNumberOfSources(SrtpProfile profile) {
        SrtpFixture both = new SrtpFixture(profile);
        for (int ssrc = 0; ssrc < 1000; ssrc++) {
            // A new sending session each time: ours refuses more than sixteen SSRCs.
            SrtpSession sender = new SrtpSession(both.keys, DtlsRole.CLIENT, both.shared);
            assertThat(unprotectRtp(both.server, protectRtp(sender, rtp(ssrc, 1, 20)))).isPositive();
        }

        assertThat(both.server.sources()).isEqualTo(SrtpSources.MAX);
        assertThat(both.counters.get(SrtpCounter.SOURCE_EVICTED)).isEqualTo(1000 - SrtpSources.MAX);
    }

    @ParameterizedTest
    @EnumSource
    void s23StrangersEvictNobody(SrtpProfile profile) {
        SrtpFixture both = new SrtpFixture(profile);
        SrtpSession stranger = new SrtpSession(
                SrtpFixture.keys(profile, 99), DtlsRole.CLIENT, both.shared);
        unprotectRtp(both.server, protectRtp(both.client, rtp(SSRC, 1, 20)));
        for (int ssrc = 0; ssrc < SrtpSources.MAX; ssrc++) {
            assertThat(unprotectRtp(both.server, protectRtp(stranger, rtp(ssrc, 1, 20)))).isEqualTo(SrtpSession.BAD_TAG);
        }

        assertThat(both.server.sources()).isEqualTo(1);
        assertThat(unprotectRtp(both.server, protectRtp(both.client, rtp(SSRC, 2, 20)))).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void refusesToSendTooManySourcesOrWithoutRoom(SrtpProfile profile) {
        SrtpFixture both = new SrtpFixture(profile);
        for (int ssrc = 0; ssrc < SrtpSources.MAX; ssrc++) {
            protectRtp(both.client, rtp(ssrc, 1, 20));
        }
        byte[] packet = rtp(77, 1, 20);

        assertThat(both.client.protectRtp(Arrays.copyOf(packet, 100), 0, packet.length))
                .isEqualTo(SrtpSession.SOURCE_REFUSED);
        assertThat(both.client.protectRtp(rtp(0, 2, 20), 0, 32)).isEqualTo(SrtpSession.NO_ROOM);
        assertThat(both.client.protectRtcp(rtcp(0, 2), 0, 16)).isEqualTo(SrtpSession.NO_ROOM);
    }
}
