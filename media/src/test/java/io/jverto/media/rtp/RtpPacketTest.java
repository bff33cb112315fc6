package io.jverto.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RtpPacketTest {
    private final RtpPacket packet = new RtpPacket();

    @Test
    void readsTheFixedHeader() {
        byte[] bytes = new byte[20];
        RtpPacket.writeHeader(bytes, 3, true, 111, 65_534, 0xfffffff0, 0xdeadbeef);

        assertThat(packet.read(bytes, 3, 17)).isTrue();

        assertThat(packet.marker()).isTrue();
        assertThat(packet.payloadType()).isEqualTo(111);
        assertThat(packet.sequence()).isEqualTo(65_534);
        assertThat(packet.timestamp()).isEqualTo(0xfffffff0);
        assertThat(packet.ssrc()).isEqualTo(0xdeadbeef);
        assertThat(packet.payloadOffset()).isEqualTo(15);
        assertThat(packet.payloadLength()).isEqualTo(5);
        assertThat(packet.extensionLength()).isZero();
    }

    @Test
    void skipsSourcesExtensionAndPadding() {
        // Version 2 with padding, extension and one CSRC; extension of one word; payload aabb; two bytes of padding.
        byte[] bytes = hex("b16f0001 00000002 00000003 00000004 bede0001 10ff0000 aabb 0002");

        assertThat(packet.read(bytes, 0, bytes.length)).isTrue();

        assertThat(packet.extensionProfile()).isEqualTo(0xbede);
        assertThat(packet.extensionOffset()).isEqualTo(20);
        assertThat(packet.extensionLength()).isEqualTo(4);
        assertThat(packet.headerLength()).isEqualTo(24);
        assertThat(packet.payloadLength()).isEqualTo(2);
    }

    @Test
    void refusesMalformedPackets() {
        assertThat(reads("806f0001 00000002 000000")).as("short header").isFalse();
        assertThat(reads("406f0001 00000002 00000003")).as("version 1").isFalse();
        assertThat(reads("8f6f0001 00000002 00000003")).as("15 sources, none there").isFalse();
        assertThat(reads("906f0001 00000002 00000003 bede")).as("cut extension header").isFalse();
        assertThat(reads("906f0001 00000002 00000003 bedeffff")).as("extension overruns").isFalse();
        assertThat(reads("a06f0001 00000002 00000003 aa00")).as("padding of zero").isFalse();
        assertThat(reads("a06f0001 00000002 00000003 aa03")).as("padding overruns").isFalse();
        assertThat(reads("a06f0001 00000002 00000003")).as("no room for padding").isFalse();
    }

    private boolean reads(String hex) {
        byte[] bytes = hex(hex);
        return packet.read(bytes, 0, bytes.length);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
