package io.jverto.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.Displacing;
import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Sound;
import io.jverto.media.plan.Way;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is done to the sound of one of two who talk.
class LineTest {
    private static final double LOUD = 4_000;

    private final Caller one = new Caller(Caller.plan(AudioCodec.PCMU, 1)).says(Signal.tone(400, 6_000, 48_000));
    private final Caller two = new Caller(Caller.plan(AudioCodec.PCMA, 1)).says(Signal.tone(900, 6_000, 48_000));
    private final RoomOfCallers room = new RoomOfCallers(1, 0, one, two);
    private final List<String> told = new ArrayList<>();

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void levelsChangeEachWayAloneAndWithoutAClick() {
        Levels levels = new Levels();
        one.inserts.add(levels);
        room.run(30);
        double before = two.level(400);

        one.forget();
        two.forget();
        levels.level(Way.SAID, -4);
        levels.level(Way.HEARD, 2);
        room.run(30);

        assertThat(two.level(400) / before).isBetween(0.18, 0.22);
        assertThat(one.level(900) / 6_000).isBetween(2.1, 2.5);
        assertThat(steepest(two.heard(28_000))).isLessThan((int) (6_000 * 2 * Math.PI * 400 / 48_000 * 1.6));
        assertThat(steepest(one.heard(28_000))).isLessThan((int) (2.3 * 6_000 * 2 * Math.PI * 900 / 48_000 * 1.6));

        two.forget();
        levels.level(Way.SAID, 0);
        levels.mute(Way.HEARD, true);
        room.run(30);
        assertThat(two.level(400) / before).isBetween(0.95, 1.05);
        assertThat(steepest(two.heard(28_000))).isLessThan((int) (6_000 * 2 * Math.PI * 400 / 48_000 * 1.6));
        assertThat(Signal.peak(one.heard(4_800))).isLessThan(20);
        levels.mute(Way.HEARD, false);
        levels.mute(Way.SAID, true);
        room.run(30);
        assertThat(Signal.peak(two.heard(4_800))).isLessThan(20);
        assertThat(one.level(900)).isGreaterThan(LOUD);
    }

    /// @return greatest step from sample to sample
    private static int steepest(short[] pcm) {
        int steepest = 0;
        for (int i = 1; i < pcm.length; i++) {
            steepest = Math.max(steepest, Math.abs(pcm[i] - pcm[i - 1]));
        }
        return steepest;
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aSoundComesInPlaceOfAnotherOrBesideItUntilItsEnd(Way way) {
        for (boolean mixed : new boolean[] {false, true}) {
            SoundSource.Made made = SoundSource.of(new Sound.Tone("%(1000,0,1700);v=-12"));
            Displacement displacement =
                    new Displacement(((SoundSource.Made.Ok) made).source(), new Displacing(way, mixed, 0), () -> told.add("over"));
            Caller hears = way == Way.SAID ? two : one;
            Caller other = way == Way.SAID ? one : two;
            double pitch = way == Way.SAID ? 400 : 900;
            one.inserts.add(displacement);
            room.run(40);
            assertThat(hears.level(1_700)).isGreaterThan(LOUD);
            assertThat(hears.level(pitch) > LOUD).isEqualTo(mixed);
            assertThat(other.level(1_700)).isLessThan(50);

            room.run(40);
            assertThat(hears.level(1_700)).isLessThan(50);
            assertThat(hears.level(pitch)).isGreaterThan(LOUD);
            assertThat(told).containsExactly("over");
            told.clear();
            one.inserts.remove(displacement);
        }
    }

    @Test
    void aQuietVoiceIsBroughtToItsLevel() {
        Levels levels = new Levels();
        one.says(Signal.tone(400, 800, 48_000));
        one.inserts.add(levels);
        room.run(50);
        double before = two.level(400);

        levels.autoGain(Way.SAID, 2_000);
        room.run(2_000);
        two.forget();
        room.run(50);

        assertThat(two.level(400) / before).as("a mean magnitude of 510 before").isBetween(3.0, 5.0);
        levels.autoGain(Way.SAID, 0);
        room.run(50);
        two.forget();
        room.run(50);
        assertThat(two.level(400) / before).isBetween(0.95, 1.05);
    }

    @Test
    void aRecordingEndsWhenNobodySpeaksOrNobodyHasSpoken() {
        PcmRing ring = new PcmRing(1_024, 1);
        SessionRecorder recorder = new SessionRecorder(new RecordTarget(ring, () -> {}), Recording.Sides.MIXED, room.counters,
                new Recording.Silence(200, 400, 1_000), () -> told.add("silent"));
        short[] silence = new short[960];
        short[] voice = Signal.tone(400, 6_000, 960);
        tick(recorder, silence, 49);
        assertThat(told).isEmpty();
        tick(recorder, silence, 1);
        assertThat(told).as("nobody has spoken").hasSize(1);

        told.clear();
        tick(recorder, voice, 1);
        tick(recorder, silence, 19);
        tick(recorder, voice, 1);
        tick(recorder, silence, 19);
        assertThat(told).isEmpty();
        tick(recorder, silence, 1);

        assertThat(told).as("since somebody spoke").hasSize(1);
    }

    private static void tick(SessionRecorder recorder, short[] pcm, int times) {
        for (int i = 0; i < times; i++) {
            recorder.said(pcm, 1);
            recorder.heard(new short[960], 1);
        }
    }

    @Test
    void whoIsMutedInARoomDoesNotTalkThereThoughHisLineIsListenedTo() {
        PcmRing ring = new PcmRing(64, 1);
        one.inserts.add(new SessionRecorder(new RecordTarget(ring, () -> {}), Recording.Sides.OWN, room.counters));
        room.run(20);
        assertThat(one.events).containsExactly("talks");

        one.muted = true;
        room.run(30);

        assertThat(one.events).containsExactly("talks", "stops");
        assertThat(two.level(400)).isLessThan(50);
        short[] frame = new short[960];
        short[] last = new short[960];
        while (ring.poll(frame)) {
            System.arraycopy(frame, 0, last, 0, 960);
        }
        assertThat(Signal.peak(last)).as("but is recorded").isGreaterThan(5_000);
    }

    @Test
    void aDisplacementEndsWhenItsTimeIsUp() {
        one.inserts.add(new Displacement(SoundSource.silence(), new Displacing(Way.HEARD, false, 200), () -> told.add("over")));
        room.run(10);
        assertThat(told).isEmpty();
        room.run(20);
        assertThat(told).containsExactly("over");
        assertThat(one.level(900)).isGreaterThan(LOUD);
    }

    @ParameterizedTest
    @EnumSource(AudioCodec.class)
    void digitsThatOneHearsAsTonesAreFoundInWhatTheOtherEndGot(AudioCodec codec) {
        Caller from = new Caller(Caller.plan(codec, 1)).says(new short[960]);
        Caller to = new Caller(Caller.plan(codec, 1)).says(new short[960]);
        RoomOfCallers talk = new RoomOfCallers(1, 0, from, to);
        DigitTones tones = new DigitTones();
        from.inserts.add(tones);
        for (char key : "0123456789*#ABCD".toCharArray()) {
            assertThat(tones.play(key, 100)).isTrue();
        }
        assertThat(tones.play('x', 100)).isFalse();
        talk.run(200);

        InbandDigits detector = new InbandDigits((digit, millis) -> told.add(digit + " " + millis / 40 * 40));
        short[] heard = from.heard(200 * 960);
        for (int at = 0; at < heard.length; at += 960) {
            detector.said(Arrays.copyOfRange(heard, at, at + 960), 1);
        }

        talk.close();
        assertThat(told.stream().map(found -> found.substring(0, 1))).containsExactly("0123456789*#ABCD".split(""));
        assertThat(told).allMatch(found -> found.endsWith(" 80"));
    }
}
