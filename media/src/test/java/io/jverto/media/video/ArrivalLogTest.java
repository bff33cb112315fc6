package io.jverto.media.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ArrivalLogTest {
    private static final long MILLIS = 1_000_000L;
    private final ArrivalLog log = new ArrivalLog();
    private final byte[] message = new byte[ArrivalLog.MAX_BYTES];

    /// Reads a message as section 3.1 of the draft says.
    ///
    /// @return arrivals in quarters of milliseconds by number; what is missing is there with -1
    private SortedMap<Integer, Long> read(int length) {
        SortedMap<Integer, Long> arrivals = new TreeMap<>();
        assertThat(length % 4).isZero();
        int base = u16(0);
        int count = u16(2);
        long time = ((message[4] & 0xffL) << 16 | u16(5)) * 256;
        List<Integer> symbols = new ArrayList<>();
        int at = 8;
        while (symbols.size() < count) {
            int chunk = u16(at);
            at += 2;
            assertThat(chunk & 0xc000).isEqualTo(0xc000);
            for (int shift = 12; shift >= 0; shift -= 2) {
                symbols.add(chunk >> shift & 3);
            }
        }
        for (int i = 0; i < count; i++) {
            int symbol = symbols.get(i);
            if (symbol == 1) {
                time += message[at++] & 0xff;
            } else if (symbol == 2) {
                time += (short) u16(at);
                at += 2;
            }
            arrivals.put(base + i & 0xffff, symbol == 0 ? -1L : time);
        }
        assertThat(length - at).isBetween(0, 3);
        return arrivals;
    }

    private int u16(int at) {
        return (message[at] & 0xff) << 8 | message[at + 1] & 0xff;
    }

    @Test
    void tellsWhenEachArrivedAndWhatDidNot() {
        log.onPacket(1_000 * MILLIS, 10);
        log.onPacket(1_003 * MILLIS, 11);
        log.onPacket(1_100 * MILLIS, 14);
        log.onPacket(1_099 * MILLIS, 13);

        SortedMap<Integer, Long> told = read(log.write(message));

        assertThat(told).containsExactly(
                java.util.Map.entry(10, 4_000L), java.util.Map.entry(11, 4_012L), java.util.Map.entry(12, -1L), java.util.Map.entry(13, 4_396L),
                java.util.Map.entry(14, 4_400L));
        assertThat(log.hasNews()).isFalse();
        assertThat(message[7]).isZero();
    }

    @Test
    void goesOnWhereItStoppedAndRoundTheEndOfTheNumbers() {
        log.onPacket(0, 65_534);
        read(log.write(message));
        log.onPacket(5 * MILLIS, 65_535);
        log.onPacket(6 * MILLIS, 0);

        assertThat(read(log.write(message)).keySet()).containsExactlyInAnyOrder(65_535, 0);
        assertThat(message[7]).isEqualTo((byte) 1);
    }

    @Test
    void aLongSilenceIsAnotherMessage() {
        log.onPacket(0, 1);
        log.onPacket(20_000 * MILLIS, 2);

        assertThat(read(log.write(message)).keySet()).containsExactly(1);
        assertThat(log.hasNews()).isTrue();
        assertThat(read(log.write(message))).containsExactly(java.util.Map.entry(2, 80_000L));
    }

    @Test
    void keepsWithinItsBoundsAndAlwaysComesToAnEnd() {
        Random random = new Random(11);
        long now = 0;
        int number = 0;
        for (int i = 0; i < 20_000; i++) {
            now += random.nextInt(30) * MILLIS;
            number = random.nextInt(50) == 0 ? random.nextInt(1 << 16) : number + 1 + random.nextInt(3) & 0xffff;
            log.onPacket(now, number);
            if (random.nextInt(10) == 0) {
                int messages = 0;
                while (log.hasNews() && messages++ < 2_000) {
                    read(log.write(message));
                }
                assertThat(log.hasNews()).isFalse();
            }
        }
    }
}
