package io.jverto.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.AudioCodec;
import io.jverto.media.rtp.RtpPacket;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AudioMixerTest {
    private static final int SECOND = 48_000;

    private static Caller saying(double hertz) {
        return Caller.opus().says(Signal.tone(hertz, 6000, SECOND));
    }

    @Test
    void eachOfThreeHearsExactlyTheOtherTwo() {
        Caller low = saying(400);
        Caller middle = saying(900);
        Caller high = saying(1700);
        RoomOfCallers room = new RoomOfCallers(1, low, middle, high);

        room.run(100);

        assertHears(low, 900, 1700, 400);
        assertHears(middle, 400, 1700, 900);
        assertHears(high, 400, 900, 1700);
        room.close();
    }

    @Test
    void g711AndOpusHearEachOther() {
        Caller phone = new Caller(Caller.plan(AudioCodec.PCMU, 1)).says(Signal.tone(500, 6000, SECOND));
        Caller german = new Caller(Caller.plan(AudioCodec.PCMA, 1)).says(Signal.tone(1100, 6000, SECOND));
        Caller browser = saying(1900);
        RoomOfCallers room = new RoomOfCallers(1, phone, german, browser);

        room.run(100);

        assertHears(phone, 1100, 1900, 500);
        assertHears(german, 500, 1900, 1100);
        assertHears(browser, 500, 1100, 1900);
        room.close();
    }

    @Test
    void encodesOnceForAllWhoListen() {
        Caller[] callers = new Caller[20];
        for (int i = 0; i < callers.length; i++) {
            callers[i] = Caller.opus();
        }
        callers[0].says(Signal.tone(500, 6000, SECOND));
        RoomOfCallers room = new RoomOfCallers(1, callers);
        room.run(50);
        long encodedBefore = room.count(AudioCount.FRAMES_ENCODED);
        long sharedBefore = room.count(AudioCount.FRAMES_SHARED);

        room.run(50);

        assertThat(room.count(AudioCount.FRAMES_ENCODED) - encodedBefore).isEqualTo(50);
        assertThat(room.count(AudioCount.FRAMES_SHARED) - sharedBefore).isEqualTo(50 * 18);
        assertThat(Signal.amplitude(callers[7].heard(SECOND / 2), 500)).isGreaterThan(4000);
        room.close();
    }

    @Test
    void fiftyTalkersDoNotClip() {
        Caller[] callers = new Caller[51];
        for (int i = 0; i < 50; i++) {
            callers[i] = saying(300 + 40 * i);
        }
        callers[50] = Caller.opus();
        RoomOfCallers room = new RoomOfCallers(1, callers);

        room.run(60);

        short[] heard = callers[50].heard(SECOND / 2);
        assertThat(Signal.rms(heard)).isGreaterThan(2000);
        assertThat(Signal.clipped(heard)).isLessThan(5); // what a codec adds at a peak may touch full scale
        room.close();
    }

    @Test
    void keepsLeftAndRightApart() {
        Caller singer = Caller.stereo()
                .says(Signal.interleave(Signal.tone(440, 6000, SECOND), Signal.tone(1000, 6000, SECOND)));
        Caller listener = Caller.stereo();
        Caller mono = Caller.opus();
        RoomOfCallers room = new RoomOfCallers(2, singer, listener, mono);

        room.run(100);

        short[] left = Signal.channel(listener.heard(SECOND), 0);
        short[] right = Signal.channel(listener.heard(SECOND), 1);
        assertThat(Signal.decibels(Signal.amplitude(left, 440), Signal.amplitude(right, 440))).isGreaterThan(40);
        assertThat(Signal.decibels(Signal.amplitude(right, 1000), Signal.amplitude(left, 1000))).isGreaterThan(40);
        assertThat(Signal.amplitude(mono.heard(SECOND), 440)).isBetween(2400.0, 3600.0);
        assertThat(Signal.amplitude(mono.heard(SECOND), 1000)).isBetween(2400.0, 3600.0);
        room.close();
    }

    @Test
    void whoIsMutedIsNotHeardAndWhoIsDeafHearsNothing() {
        Caller muted = saying(400);
        muted.muted = true;
        Caller deaf = saying(900);
        deaf.deaf = true;
        Caller other = Caller.opus();
        RoomOfCallers room = new RoomOfCallers(1, muted, deaf, other);

        room.run(80);

        assertThat(Signal.amplitude(other.heard(SECOND / 2), 900)).isGreaterThan(4000);
        assertThat(Signal.amplitude(other.heard(SECOND / 2), 400)).isLessThan(60);
        assertThat(Signal.peak(deaf.heard(SECOND / 2))).isLessThan(10);
        assertThat(muted.events).isEmpty();
        room.close();
    }

    @Test
    void aSilentRoomSendsSilenceAndEncodesNothing() {
        Caller one = Caller.opus();
        Caller other = Caller.stereo();
        RoomOfCallers room = new RoomOfCallers(2, one, other);

        room.run(100);

        assertThat(room.count(AudioCount.FRAMES_ENCODED)).isZero();
        assertThat(one.packets).isEqualTo(100);
        assertThat(other.packets).isEqualTo(100);
        assertThat(Signal.peak(one.heard(SECOND))).isZero();
        assertThat(Signal.peak(other.heard(SECOND))).isZero();
        room.close();
    }

    @Test
    void timestampsGoOnByTheFrameAndTheMarkerTellsTheFirst() {
        Caller one = saying(400);
        Caller phone = new Caller(Caller.plan(AudioCodec.PCMU, 1));
        RoomOfCallers room = new RoomOfCallers(1, one, phone);

        room.run(10);

        assertThat(one.timestamps.get(9) - one.timestamps.get(0)).isEqualTo(9 * 960);
        assertThat(phone.timestamps.get(9) - phone.timestamps.get(0)).isEqualTo(9 * 160);
        assertThat(one.markers).containsExactly(true, false, false, false, false, false, false, false, false, false);
        assertThat(one.wakes).isEqualTo(10);
        room.close();
    }

    @Test
    void tellsWhoTalks() {
        Caller talker = saying(400);
        Caller listener = Caller.opus();
        RoomOfCallers room = new RoomOfCallers(1, talker, listener);

        room.run(20);
        talker.says(new short[0]);
        room.run(80);

        assertThat(talker.events).containsExactly("talks", "stops");
        assertThat(listener.events).isEmpty();
        room.close();
    }

    @Test
    void oneWhoFailsLeavesTheOthersAlone() {
        Caller one = saying(400);
        Caller other = Caller.opus();
        Caller broken = new Caller(Caller.plan(AudioCodec.OPUS, 1)) {
            @Override
            public boolean muted() {
                throw new IllegalStateException("a bug, on purpose");
            }
        };
        RoomOfCallers room = new RoomOfCallers(1, one, broken, other);

        room.run(60);

        assertThat(broken.events).containsExactly("closed FAILED");
        assertThat(room.count(AudioCount.PORTS_FAILED)).isEqualTo(1);
        assertThat(Signal.amplitude(other.heard(SECOND / 2), 400)).isGreaterThan(4_000);
        room.close();
    }

    @Test
    void aListenerWhoThrowsEndsItsOwnPortOnly() {
        Caller one = new Caller(Caller.plan(AudioCodec.OPUS, 1)) {
            @Override
            public void onTalking(boolean talking) {
                throw new IllegalStateException("a bug, on purpose");
            }

            @Override
            public void onClosed(End end) {
                throw new IllegalStateException("another bug, on purpose");
            }
        };
        one.says(Signal.tone(400, 6000, SECOND));
        Caller other = saying(900);
        Caller listener = Caller.opus();
        RoomOfCallers room = new RoomOfCallers(1, one, other, listener);

        room.run(60);

        assertThat(room.count(AudioCount.PORTS_FAILED)).isEqualTo(1);
        assertThat(one.packets).isLessThan(10);
        assertThat(Signal.amplitude(listener.heard(SECOND / 2), 900)).isGreaterThan(4_000);
        room.close();
    }

    @Test
    void whoLeavesIsToldAndNotHeard() {
        Caller one = saying(400);
        Caller other = Caller.opus();
        RoomOfCallers room = new RoomOfCallers(1, one, other);
        room.run(50);
        one.detached = true;

        room.run(50);

        assertThat(one.events).containsExactly("talks", "stops", "closed DETACHED");
        assertThat(one.packets).isEqualTo(50);
        assertThat(Signal.amplitude(other.heard(SECOND / 2), 400)).isLessThan(10);
        room.close();
        assertThat(other.events).containsExactly("closed DETACHED");
    }

    @Test
    void loudnessCanBeSetForEachEar() {
        Caller talker = saying(400);
        Caller normal = Caller.opus();
        Caller quiet = Caller.opus();
        quiet.volumeOut = -3;
        RoomOfCallers room = new RoomOfCallers(1, talker, normal, quiet);

        room.run(60);
        double plain = Signal.amplitude(normal.heard(SECOND / 2), 400);
        assertThat(Signal.amplitude(quiet.heard(SECOND / 2), 400)).isBetween(plain * 0.3, plain * 0.5);

        talker.volumeIn = -4;
        room.run(60);
        assertThat(Signal.amplitude(normal.heard(SECOND / 2), 400)).isBetween(plain * 0.1, plain * 0.3);
        room.close();
    }

    @Test
    void twoWhoTakeTurnsHearEachOtherWithoutGaps() {
        Caller one = Caller.opus();
        Caller other = Caller.opus();
        Caller listener = Caller.opus();
        RoomOfCallers room = new RoomOfCallers(1, one, other, listener);
        short[] tone = Signal.tone(400, 6000, SECOND);

        for (int turn = 0; turn < 6; turn++) {
            one.says(turn % 2 == 0 ? tone : new short[0]);
            other.says(turn % 2 == 1 ? tone : new short[0]);
            room.run(75);
            assertThat(Signal.amplitude(listener.heard(SECOND), 400)).isGreaterThan(4_000);
            assertThat(Signal.amplitude((turn % 2 == 0 ? other : one).heard(SECOND), 400)).isGreaterThan(4_000);
            assertThat(Signal.rms((turn % 2 == 0 ? one : other).heard(SECOND / 4))).isLessThan(300);
        }
        room.close();
    }

    @Test
    void aMemberThatSendsGarbageHarmsNobody() {
        Caller talker = saying(400);
        Caller listener = Caller.opus();
        Caller garbage = Caller.opus();
        Caller phone = new Caller(Caller.plan(AudioCodec.PCMU, 1)); // of PCMU any byte is a sound
        phone.gate = 32_767;
        RoomOfCallers room = new RoomOfCallers(1, talker, listener, garbage, phone);
        garbage.gate = 32_767; // what decodes by chance is a sound like any other; here it is kept out of the others' ears
        Random random = new Random(5);
        for (int i = 0; i < 200; i++) {
            for (int packets = 0; packets < 3; packets++) {
                garbage.rx.offer(i * 20_000_000L, rubbish(random, garbage.plan.payloadType(), i), 0, 12 + random.nextInt(400));
                phone.rx.offer(i * 20_000_000L, rubbish(random, phone.plan.payloadType(), i), 0, random.nextInt(400));
            }
            room.run(1);
        }

        assertThat(Signal.amplitude(listener.heard(SECOND), 400)).isGreaterThan(4_000);
        assertThat(listener.packets).isEqualTo(200);
        assertThat(garbage.packets).isEqualTo(200);
        assertThat(room.count(AudioCount.PORTS_FAILED)).isZero();
        assertThat(room.count(AudioCount.RTP_MALFORMED)).isGreaterThan(0);
        room.close();
    }

    /// @return RTP with a header that passes, now and then, and a payload that is none
    private static byte[] rubbish(Random random, int payloadType, int sequence) {
        byte[] bytes = new byte[412];
        random.nextBytes(bytes);
        if (random.nextInt(3) > 0) {
            RtpPacket.writeHeader(bytes, 0, random.nextBoolean(), payloadType, sequence, sequence * 960, 0x77);
        }
        return bytes;
    }

    @Test
    void lostPacketsOfATalkerAreMadeGood() {
        Caller talker = Caller.opus().says(Signal.voice(SECOND));
        Caller listener = Caller.opus();
        RoomOfCallers room = new RoomOfCallers(1, talker, listener);
        room.run(50);

        for (int i = 0; i < 20; i++) {
            room.run(9);
            talker.lose();
            room.tick();
        }

        assertThat(room.count(AudioCount.FRAMES_RECOVERED)).isGreaterThan(15);
        assertThat(Signal.rms(listener.heard(SECOND))).isGreaterThan(1_500);
        room.close();
    }

    @Test
    void allocatesNothingOnceItRuns() {
        Caller[] callers = new Caller[12];
        for (int i = 0; i < callers.length; i++) {
            callers[i] = i % 3 == 2 ? new Caller(Caller.plan(AudioCodec.PCMU, 1)) : i % 3 == 1 ? Caller.stereo() : Caller.opus();
        }
        callers[0].says(Signal.tone(400, 6000, SECOND));
        callers[2].says(Signal.tone(700, 6000, SECOND));
        callers[4].says(Signal.tone(900, 6000, 2 * SECOND));
        RoomOfCallers room = new RoomOfCallers(2, callers);
        long least = Long.MAX_VALUE;

        for (int round = 0; round < 8; round++) { // the first rounds are the compiler's
            room.allocated = 0;
            room.run(100);
            least = Math.min(least, room.allocated);
        }

        assertThat(least).isLessThan(100);
        room.close();
    }

    private static void assertHears(Caller caller, double one, double two, double itself) {
        short[] heard = caller.heard(SECOND);
        assertThat(Signal.amplitude(heard, one)).isBetween(4200.0, 7800.0);
        assertThat(Signal.amplitude(heard, two)).isBetween(4200.0, 7800.0);
        assertThat(Signal.amplitude(heard, itself)).isLessThan(200);
    }
}
