package io.jverto.base.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacketRingTest {
    private final PacketRing ring = new PacketRing(2, 8);

    @Test
    void givesPacketsBackWithTheirTags() {
        ring.offer(42, new byte[] {9, 1, 2, 3}, 1, 3);

        boolean found = ring.poll((tag, bytes, length) -> {
            assertThat(tag).isEqualTo(42);
            assertThat(length).isEqualTo(3);
            assertThat(bytes).startsWith(1, 2, 3);
        });

        assertThat(found).isTrue();
        assertThat(ring.poll((tag, bytes, length) -> {})).isFalse();
    }

    @Test
    void refusesPacketsWhenFullAndPacketsThatAreTooLong() {
        assertThat(ring.offer(0, new byte[9], 0, 9)).isFalse();
        assertThat(ring.offer(0, new byte[8], 0, 8)).isTrue();
        assertThat(ring.offer(0, new byte[8], 0, 8)).isTrue();
        assertThat(ring.offer(0, new byte[8], 0, 8)).isFalse();
    }
}
