package io.jverto.media.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.rtp.ReceiveStatistics;
import org.junit.jupiter.api.Test;

class LipSyncTest {
    private static final long MILLI = 1_000_000;

    private final LipSync lips = new LipSync();
    private final ReceiveStatistics sound = new ReceiveStatistics(48_000);
    private final ReceiveStatistics picture = new ReceiveStatistics(90_000);

    @Test
    void picturesThatTakeLongerThanSoundAreMeasuredByTheReportsOfBoth() {
        assertThat(lips.millis()).isZero();
        for (int i = 0; i < 250; i++) {
            // what both clocks show at the beginning is arbitrary, and overflows
            sound.onPacket((1_000 + 20 * i + 30) * MILLI, i, 0xffff_f000 + 960 * i);
            picture.onPacket((1_000 + 20 * i + 105) * MILLI, i, 0x7fff_ff00 + 1_800 * i);
            if (i % 50 == 10) {
                lips.onSound(sound, (1_000 + 20 * i) * MILLI, 0xffff_f000 + 960 * i);
                assertThat(lips.millis()).isEqualTo(i == 10 ? 0 : 75);
                lips.onPicture(picture, (1_000 + 20 * i - 7) * MILLI, 0x7fff_ff00 + 1_800 * i - 7 * 90);
            }
        }
        assertThat(lips.millis()).isEqualTo(75);
    }

    @Test
    void reportsThatMakeNoSenseCountForNothing() {
        sound.onPacket(0, 1, 0);
        lips.onSound(sound, 0, 0);
        lips.onPicture(picture, 0, 0);
        assertThat(lips.millis()).as("no picture came").isZero();
        picture.onPacket(0, 1, 0);
        lips.onPicture(picture, Long.MAX_VALUE / 4, Integer.MIN_VALUE);

        assertThat(lips.millis()).isZero();
    }
}
