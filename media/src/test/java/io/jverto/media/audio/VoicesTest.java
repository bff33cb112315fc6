package io.jverto.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.VoiceRules;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// What a mixer does by itself to voices and to silence (conference.md sections 8 and 10).
class VoicesTest {
    private static final int SECOND = 48_000;
    private static final int NOISE = 60;

    @Test
    void tellsHowLoudSomebodyIs() {
        Caller talker = Caller.opus().says(Signal.tone(400, 6_000, SECOND));
        Caller listener = Caller.opus();
        RoomOfCallers room = new RoomOfCallers(1, talker, listener);

        room.run(60);

        assertThat(talker.energy).isBetween(3_400, 4_200); // a sine's mean magnitude is 0.64 of its amplitude
        assertThat(listener.energy).isZero();
        talker.says(new short[0]);
        room.run(80);
        assertThat(talker.energy).isZero();
        assertThat(talker.spurt.millis()).isBetween(1_900, 2_100);
        assertThat(talker.spurt.meanEnergy()).isBetween(3_400, 4_200);
        room.close();
    }

    @Test
    void volumeInCountsForTheEnergyAndAMutedMemberHasNone() {
        Caller talker = Caller.opus().says(Signal.tone(400, 6_000, SECOND));
        talker.volumeIn = -3;
        RoomOfCallers room = new RoomOfCallers(1, talker, Caller.opus());
        room.run(60);
        assertThat(talker.energy).isBetween(1_300, 1_700);

        talker.muted = true;
        room.run(1);

        assertThat(talker.energy).isZero();
        room.close();
    }

    @Test
    void automaticGainBringsASoftTalkerToTheOthers() {
        Caller soft = Caller.opus().says(Signal.tone(400, 900, SECOND));
        soft.voiceRules = new VoiceRules(new VoiceRules.AutoGain(2_000, 0, 100, 0, 5), VoiceRules.Shouting.ALLOWED);
        Caller plain = Caller.opus().says(Signal.tone(900, 3_000, SECOND));
        Caller listener = Caller.opus();
        RoomOfCallers room = new RoomOfCallers(1, soft, plain, listener);

        room.run(300);

        assertThat(listener.level(400)).isBetween(2_600.0, 3_600.0);
        assertThat(listener.level(900)).isBetween(2_600.0, 3_400.0);
        assertThat(soft.gainDecibels).isBetween(10, 12);
        room.close();
    }

    @Test
    void inASilentRoomAllHearTheSameFaintNoiseEncodedOnce() {
        Caller[] callers = new Caller[20];
        Arrays.setAll(callers, _ -> Caller.opus());
        RoomOfCallers room = new RoomOfCallers(1, 100, NOISE, callers);
        room.run(50);
        long encoded = room.count(AudioCount.FRAMES_ENCODED);

        room.run(50);

        assertThat(room.count(AudioCount.FRAMES_ENCODED) - encoded).isEqualTo(50);
        assertThat(Signal.rms(callers[3].heard(SECOND / 2))).isBetween(NOISE * 0.4, NOISE * 1.6);
        assertThat(Arrays.equals(callers[3].heard(SECOND / 2), callers[11].heard(SECOND / 2))).isTrue();
        room.close();
    }

    @Test
    void whoHearsSomebodyHearsNoNoiseAndTheTalkerHearsIt() {
        Caller talker = Caller.opus().says(Signal.tone(400, 6_000, SECOND));
        Caller listener = phone();
        Caller deaf = Caller.opus();
        deaf.deaf = true;
        RoomOfCallers loud = new RoomOfCallers(1, 100, NOISE, talker, listener, deaf);
        loud.run(100);
        Caller same = Caller.opus().says(Signal.tone(400, 6_000, SECOND));
        Caller control = phone();
        RoomOfCallers quiet = new RoomOfCallers(1, 100, 0, same, control);
        quiet.run(100);

        assertThat(Arrays.equals(listener.heard(SECOND / 2), control.heard(SECOND / 2))).isTrue();
        assertThat(Signal.rms(talker.heard(SECOND / 2))).isBetween(NOISE * 0.4, NOISE * 1.6);
        assertThat(Signal.peak(deaf.heard(SECOND / 2))).isZero();
        loud.close();
        quiet.close();
    }

    @Test
    void aRoomWithoutMembersMakesNoNoise() {
        Caller last = Caller.opus();
        RoomOfCallers room = new RoomOfCallers(1, 100, NOISE, last);
        room.run(20);
        last.detached = true;
        room.run(1);
        long encoded = room.count(AudioCount.FRAMES_ENCODED);

        room.run(50);

        assertThat(room.mixer.isEmpty()).isTrue();
        assertThat(room.count(AudioCount.FRAMES_ENCODED)).isEqualTo(encoded);
        room.close();
    }

    @Test
    void gainAndNoiseAllocateNothingOnceTheyRun() {
        Caller[] callers = new Caller[9];
        for (int i = 0; i < callers.length; i++) {
            callers[i] = i % 3 == 2 ? new Caller(Caller.plan(AudioCodec.PCMU, 1)) : i % 3 == 1 ? Caller.stereo() : Caller.opus();
            callers[i].voiceRules = new VoiceRules(new VoiceRules.AutoGain(2_000, 0, 100, 0, 1), new VoiceRules.Shouting(4_000, 5, 10));
        }
        short[] inTurns = Arrays.copyOf(Signal.tone(400, 8_000, SECOND), 2 * SECOND);
        callers[0].says(inTurns);
        RoomOfCallers room = new RoomOfCallers(2, 100, NOISE, callers);
        long least = Long.MAX_VALUE;

        for (int round = 0; round < 8; round++) { // the first rounds are the compiler's
            room.allocated = 0;
            room.run(100);
            least = Math.min(least, room.allocated);
        }

        assertThat(least).isLessThan(100); // one spurt has ended in each round
        room.close();
    }

    /// Its codec remembers nothing, so that what was heard before makes no difference.
    private static Caller phone() {
        return new Caller(Caller.plan(AudioCodec.PCMU, 1));
    }
}
