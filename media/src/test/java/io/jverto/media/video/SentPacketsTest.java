package io.jverto.media.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.video.SentPackets.Again;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SentPacketsTest {
    private static final long MILLIS = 1_000_000L;
    private final SentPackets sent = new SentPackets();

    private void keep(int sequence, int length) {
        byte[] payload = new byte[length];
        Arrays.fill(payload, (byte) sequence);
        sent.keep(0, sequence & 0xffff, 90 * sequence, sequence % 3 == 0, payload, 0, length);
    }

    @Test
    void givesAPacketAgainAsItWas() {
        for (int sequence = 65_000; sequence < 66_000; sequence++) {
            keep(sequence, 100 + sequence % 7);
        }

        int wanted = 65_700;
        assertThat(sent.find(0, wanted & 0xffff)).isEqualTo(Again.HERE);
        assertThat(sent.length()).isEqualTo(100 + wanted % 7);
        assertThat(sent.timestamp()).isEqualTo(90 * wanted);
        assertThat(sent.marker()).isEqualTo(wanted % 3 == 0);
        for (int i = 0; i < sent.length(); i++) {
            assertThat(sent.bytes()[sent.offset() + i]).isEqualTo((byte) wanted);
        }
    }

    @Test
    void knowsWhatIsTooOldOrWasNeverSent() {
        assertThat(sent.find(0, 0)).isEqualTo(Again.GONE);
        for (int sequence = 0; sequence < 2_000; sequence++) {
            keep(sequence, 1_200);
        }

        assertThat(sent.find(0, 2_000)).isEqualTo(Again.GONE);
        assertThat(sent.find(0, 1_400)).as("older than what fits").isEqualTo(Again.GONE);
        assertThat(sent.find(0, 1_999)).isEqualTo(Again.HERE);
        assertThat(sent.find(0, 1_999 - SentPackets.BYTES / 1_200 + 3)).isEqualTo(Again.HERE);
    }

    /// Each that is found is what was kept, however long and whatever was overwritten meanwhile.
    @Test
    void neverGivesBytesOfAnother() {
        for (int sequence = 0; sequence < 3_000; sequence++) {
            keep(sequence, 1 + sequence * 7919 % 1_300);
            for (int back = 0; back < 600; back += 37) {
                int wanted = sequence - back;
                if (wanted >= 0 && sent.find(sequence * 1_000 * MILLIS, wanted) == Again.HERE) {
                    assertThat(sent.length()).isEqualTo(1 + wanted * 7919 % 1_300);
                    assertThat(sent.bytes()[sent.offset()]).isEqualTo((byte) wanted);
                    assertThat(sent.bytes()[sent.offset() + sent.length() - 1]).isEqualTo((byte) wanted);
                }
            }
        }
    }

    @Test
    void doesNotGiveTheSameAgainBeforeItCouldHaveArrived() {
        keep(7, 10);

        assertThat(sent.find(0, 7)).isEqualTo(Again.HERE);
        assertThat(sent.find(19 * MILLIS, 7)).isEqualTo(Again.TOO_OFTEN);
        assertThat(sent.find(20 * MILLIS, 7)).isEqualTo(Again.HERE);
    }

    /// Who asks for everything over and over gets no more than a second's worth in a second.
    @Test
    void aStormOfWishesIsBounded() {
        for (int sequence = 0; sequence < SentPackets.PACKETS; sequence++) {
            keep(sequence, 200);
        }
        int given = 0;
        for (int millis = 0; millis < 1_000; millis++) {
            for (int sequence = 0; sequence < SentPackets.PACKETS; sequence++) {
                given += sent.find(millis * MILLIS, sequence) == Again.HERE ? 1 : 0;
            }
        }
        assertThat(given).isLessThanOrEqualTo(SentPackets.BURST + SentPackets.PER_SECOND);
    }
}
