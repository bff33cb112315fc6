package io.jverto.base.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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

    @Test
    void carriesPacketsOfAnyLengthUpToTheLongest() {
        PacketRing large = new PacketRing(4, 1_400);
        List<Integer> lengths = new ArrayList<>();
        for (int length : new int[] {1, 400, 401, 1_400, 20, 1_399}) {
            byte[] packet = new byte[length];
            packet[length - 1] = 7;

            assertThat(large.offer(0, packet, 0, length)).isTrue();
            large.poll((tag, bytes, got) -> {
                assertThat(bytes[got - 1]).isEqualTo((byte) 7);
                lengths.add(got);
            });
        }

        assertThat(lengths).containsExactly(1, 400, 401, 1_400, 20, 1_399);
        assertThat(large.offer(0, new byte[1_401], 0, 1_401)).isFalse();
    }
}
