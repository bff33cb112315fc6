package io.jverto.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TelephoneEventTest {
    private static final long MILLIS = 1_000_000L;

    private final List<String> digits = new ArrayList<>();
    private final TelephoneEventReceiver receiver = new TelephoneEventReceiver(48_000, this::onDigit);
    private final TelephoneEventSender sender = new TelephoneEventSender();

    @Test
    void reportsAnEventOnceAtItsEnd() {
        receive(0, 1_000, 5, false, 960);
        receive(20, 1_000, 5, false, 1_920);
        assertThat(digits).isEmpty();

        receive(40, 1_000, 5, true, 4_800);
        receive(40, 1_000, 5, true, 4_800);
        receive(40, 1_000, 5, true, 4_800);

        assertThat(digits).containsExactly("5 100");
    }

    @Test
    void theSameDigitTwiceIsTwoDigits() {
        receive(0, 1_000, 11, true, 4_800);
        receive(200, 10_600, 11, true, 4_800);
        receive(201, 1_000, 11, true, 4_800);

        assertThat(digits).containsExactly("# 100", "# 100");
    }

    @Test
    void anEventWhoseEndIsLostEndsWithTheNext() {
        receive(0, 1_000, 1, false, 4_800);
        receive(200, 10_600, 2, true, 4_800);

        assertThat(digits).containsExactly("1 100", "2 100");
    }

    @Test
    void anEventWhosePacketsStopEndsByTime() {
        receive(0, 1_000, 16, false, 4_800);

        assertThat(receiver.onTimeout(100 * MILLIS)).isEqualTo(300 * MILLIS);
        assertThat(receiver.onTimeout(300 * MILLIS)).isEqualTo(Long.MAX_VALUE);

        assertThat(digits).containsExactly("F 100");
        receive(310, 1_000, 16, true, 9_600);
        assertThat(digits).hasSize(1);
    }

    @Test
    void refusesWhatIsNoDigit() {
        assertThat(receiver.onPacket(0, 1, new byte[] {1, 0, 0}, 0, 3)).isFalse();
        assertThat(receiver.onPacket(0, 1, new byte[] {17, 0, 0, 0}, 0, 4)).isFalse();
        assertThat(receiver.onPacket(0, 1, new byte[] {-1, 0, 0, 0}, 0, 4)).isFalse();
    }

    @Test
    void sendsAnEventWithMarkerGrowingDurationAndThreeEnds() {
        sender.enqueue('5', 60);

        List<String> packets = packets(8_000, 300);

        assertThat(packets)
                .containsExactly(
                        "0 first 5 d 160", "20 5 d 320", "40 5 8d 480", "60 5 8d 480", "80 5 8d 480");
        assertThat(sender.busy()).isFalse();
    }

    @Test
    void digitsWaitForTheirTurn() {
        sender.enqueue('1', 0);
        sender.enqueue('d', 100);

        List<String> packets = packets(48_000, 1_000);

        assertThat(packets).hasSize(13 + 2 + 5 + 2);
        assertThat(packets.get(12)).isEqualTo("240 1 8d 12000");
        assertThat(packets.get(15)).isEqualTo("300 first 15 d 960");
    }

    @Test
    void refusesWhatIsNoDigitAndMoreThanAHundred() {
        assertThat(sender.enqueue('x', 100)).isFalse();
        for (int i = 0; i < 100; i++) {
            assertThat(sender.enqueue('*', 100)).isTrue();
        }
        assertThat(sender.enqueue('*', 100)).isFalse();
    }

    @Test
    void longEventsOfOurSenderAreOneDigitForOurReceiver() {
        sender.enqueue('9', 3_000);
        byte[] payload = new byte[4];
        for (long now = 0; now < 3_200; now += 20) {
            if (sender.poll(now * MILLIS, 48_000)) {
                sender.writePayload(payload, 0);
                receiver.onPacket(now * MILLIS, 5_000 + sender.segmentOffset(), payload, 0, 4);
            }
        }

        assertThat(digits).containsExactly("9 3000");
    }

    private List<String> packets(int clock, int untilMillis) {
        List<String> packets = new ArrayList<>();
        byte[] payload = new byte[4];
        for (long now = 0; now < untilMillis; now += 10) {
            while (sender.poll(now * MILLIS, clock)) {
                sender.writePayload(payload, 0);
                packets.add("%d %s%d %x %d"
                        .formatted(now, sender.first() ? "first " : "", payload[0], payload[1], Bits.u16(payload, 2)));
            }
        }
        return packets;
    }

    private void receive(long millis, int timestamp, int event, boolean end, int duration) {
        byte[] payload = {(byte) event, (byte) (end ? 0x8a : 0x0a), (byte) (duration >> 8), (byte) duration};
        receiver.onPacket(millis * MILLIS, timestamp, payload, 0, 4);
    }

    private void onDigit(char digit, int durationMillis) {
        digits.add(digit + " " + durationMillis);
    }
}
