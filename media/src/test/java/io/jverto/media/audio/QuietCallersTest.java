package io.jverto.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Members who say in each packet how loud it is (RFC 6464): who is quiet costs no decoding.
class QuietCallersTest {
    private static final int SECOND = 48_000;
    private static final int TICKS_A_SECOND = 50;
    /// 68 dB below full scale.
    private static final short[] QUIET_ROOM = Signal.tone(150, 18, SECOND);

    private static Caller talker() {
        return Caller.telling().says(Signal.tone(500, 6000, SECOND));
    }

    private static Caller quiet() {
        return Caller.telling().says(QUIET_ROOM);
    }

    @Test
    void whoIsQuietIsNotDecoded() {
        Caller[] callers = new Caller[20];
        for (int i = 0; i < callers.length; i++) {
            callers[i] = i == 0 ? talker() : quiet();
        }
        RoomOfCallers room = new RoomOfCallers(1, callers);
        room.run(2 * TICKS_A_SECOND);
        long decoded = room.count(AudioCount.FRAMES_DECODED);
        long skipped = room.count(AudioCount.FRAMES_SKIPPED);

        room.run(TICKS_A_SECOND);

        assertThat(room.count(AudioCount.FRAMES_DECODED) - decoded).isEqualTo(TICKS_A_SECOND);
        assertThat(room.count(AudioCount.FRAMES_SKIPPED) - skipped).isEqualTo(19 * TICKS_A_SECOND);
        assertThat(callers[7].level(500)).isGreaterThan(5_000);
        room.close();
    }

    @Test
    void whoBeginsToTalkIsHeardAsSoonAsOneWhoWasDecodedAllTheTime() {
        Caller telling = quiet();
        Caller other = Caller.opus().says(QUIET_ROOM);
        Caller listener = Caller.opus();
        RoomOfCallers room = new RoomOfCallers(1, telling, other, listener);
        room.run(4 * TICKS_A_SECOND);
        telling.says(Signal.tone(500, 6000, SECOND));
        other.says(Signal.tone(1100, 6000, SECOND));

        int ticks = 0;
        while (ticks < 20 && Signal.amplitude(listener.heard(960), 1100) < 3_000) {
            room.run(1);
            ticks++;
        }

        assertThat(ticks).isLessThan(20);
        assertThat(Signal.amplitude(listener.heard(960), 500)).isGreaterThan(3_000);
        assertThat(telling.events).containsExactly("talks");
        room.close();
    }

    @Test
    void heIsHeardCleanlyAfterAPauseInWhichNothingWasDecoded() {
        Caller telling = quiet();
        Caller listener = Caller.opus();
        RoomOfCallers room = new RoomOfCallers(1, telling, listener);
        room.run(4 * TICKS_A_SECOND);
        telling.says(Signal.tone(500, 6000, SECOND));

        room.run(25);

        assertThat(Signal.amplitude(listener.heard(9_600), 500)).isGreaterThan(5_400);
        assertThat(Signal.signalToNoise(listener.heard(9_600), 500)).isGreaterThan(20);
        room.close();
    }

    @Test
    void hisPacketsDoNotPileUp() {
        Caller telling = quiet();
        Caller listener = Caller.opus();
        RoomOfCallers room = new RoomOfCallers(1, telling, listener);
        room.run(2 * TICKS_A_SECOND);
        for (int i = 0; i < 20; i++) {
            telling.speak(7_000_000_000L + 2_000_000_000L + i * 1_000_000L); // a burst after a pause of the network
        }
        room.run(10 * TICKS_A_SECOND);
        telling.says(Signal.tone(500, 6000, SECOND));

        room.run(8);

        assertThat(Signal.amplitude(listener.heard(960), 500)).isGreaterThan(3_000);
        room.close();
    }

    @Test
    void inARoomWithoutAGateOnlyDigitalSilenceIsLeftOut() {
        Caller soft = quiet();
        Caller silent = Caller.telling().says(new short[SECOND]);
        Caller listener = Caller.opus();
        RoomOfCallers room = new RoomOfCallers(1, 0, soft, silent, listener);
        room.run(2 * TICKS_A_SECOND);
        long decoded = room.count(AudioCount.FRAMES_DECODED);
        long skipped = room.count(AudioCount.FRAMES_SKIPPED);

        room.run(TICKS_A_SECOND);

        assertThat(room.count(AudioCount.FRAMES_DECODED) - decoded).isEqualTo(TICKS_A_SECOND);
        assertThat(room.count(AudioCount.FRAMES_SKIPPED) - skipped).isEqualTo(TICKS_A_SECOND);
        room.close();
    }

    @Test
    void whoIsMadeLouderIsJudgedByHowLoudHeIsThen() {
        Caller soft = Caller.telling().says(Signal.tone(500, 90, SECOND));
        Caller listener = Caller.opus();
        RoomOfCallers room = new RoomOfCallers(1, soft, listener);
        room.run(2 * TICKS_A_SECOND);
        assertThat(Signal.rms(listener.heard(SECOND / 2))).isLessThan(5);

        soft.volumeIn = 4;
        room.run(TICKS_A_SECOND);

        assertThat(listener.level(500)).isGreaterThan(120);
        room.close();
    }

    @Test
    void whoDoesNotTellIsDecoded() {
        Caller other = Caller.opus().says(QUIET_ROOM);
        RoomOfCallers room = new RoomOfCallers(1, other, Caller.opus());
        room.run(2 * TICKS_A_SECOND);
        long decoded = room.count(AudioCount.FRAMES_DECODED);

        room.run(TICKS_A_SECOND);

        assertThat(room.count(AudioCount.FRAMES_DECODED) - decoded).isEqualTo(TICKS_A_SECOND);
        room.close();
    }
}
