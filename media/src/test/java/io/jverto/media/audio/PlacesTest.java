package io.jverto.media.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.Position;
import io.jverto.media.plan.Sound;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Who is placed in a stereo room is heard there.
class PlacesTest {
    private static final int SECOND = 48_000;
    private static final int HALF = SECOND / 2;
    private static final Position LEFT = new Position(-1, 0, 0);
    private static final Position RIGHT = new Position(1, 0, 0);
    private static final Position ASIDE = Position.inFront(35);
    /// Over the range in which the far ear's delay would take out whole bands.
    private static final List<Integer> BAND = List.of(300, 500, 700, 900, 1_100, 1_300, 1_500, 1_900, 2_300, 2_700, 3_100);

    @Test
    void whoSitsLeftIsHeardLeftAndWhoSitsRightIsHeardRight() {
        Caller left = placed(saying(440), LEFT);
        Caller right = placed(saying(1_000), RIGHT);
        Caller listener = Caller.stereo();
        RoomOfCallers room = new RoomOfCallers(2, left, right, listener);

        room.run(100);

        assertThat(apart(listener, 440)).isBetween(16.0, 22.0);
        assertThat(apart(listener, 1_000)).isBetween(-22.0, -16.0);
        room.close();
    }

    @Test
    void theFarEarHearsALittleLater() {
        Caller aside = placed(saying(200), Position.inFront(-60));
        RoomOfCallers room = new RoomOfCallers(2, aside, Caller.stereo());
        PcmRing ring = new PcmRing(256, 2);
        room.mixer.tap(new RoomTap(new RecordTarget(ring, () -> {}), new Endless(), new AudioCounters()));

        room.run(60);

        assertThat(lateMillis(recorded(ring, 50), 200)).isBetween(0.4, 0.6);
        room.close();
    }

    /// The mean of both ears of one who is placed has dips where the far ear is half a wave late.
    @Test
    void whoListensInMonoHearsBothWithoutAComb() {
        assertThat(monoLevels(Caller.opus(), Optional.of(ASIDE))).as("a browser").allSatisfy(level -> assertThat(level).isCloseTo(0, within(1.0)));
        assertThat(monoLevels(phone(), Optional.of(ASIDE))).as("a phone").allSatisfy(level -> assertThat(level).isCloseTo(0, within(1.0)));
    }

    @Test
    void aSpeakerDoesNotHearHimselfWhereverHeSits() {
        Caller stereo = new Caller(Caller.plan(AudioCodec.OPUS, 2)).says(both(440));
        Caller phone = phone().says(Signal.tone(700, 6_000, SECOND));
        Caller other = saying(1_100);
        RoomOfCallers room = new RoomOfCallers(2, placed(stereo, LEFT), placed(phone, ASIDE), placed(other, RIGHT));

        room.run(100);

        assertThat(Signal.amplitude(ear(stereo, 0), 440)).isLessThan(60);
        assertThat(Signal.amplitude(ear(stereo, 1), 440)).isLessThan(60);
        assertThat(apart(stereo, 1_100)).isLessThan(-16);
        assertThat(phone.level(700)).isLessThan(150);
        assertThat(phone.level(440)).isBetween(4_200.0, 7_800.0);
        assertThat(phone.level(1_100)).isBetween(4_200.0, 7_800.0);
        room.close();
    }

    @Test
    void whatOneAloneHearsOrDoesNotHearHoldsForMonoListenersToo() {
        Caller one = placed(saying(440), LEFT);
        Caller other = placed(saying(1_000), RIGHT);
        Caller phone = phone();
        phone.unheard = Set.of(RoomOfCallers.name(1));
        Caller stereo = Caller.stereo();
        stereo.unheard = Set.of(RoomOfCallers.name(0));
        RoomOfCallers room = new RoomOfCallers(2, one, other, phone, stereo);
        room.mixer.play(source("%(5000,0,1900)", new MixSource.How(RoomOfCallers.name(2), false, 1, Optional.empty())));

        room.run(80);

        assertThat(phone.level(440)).isGreaterThan(4_200);
        assertThat(phone.level(1_900)).isGreaterThan(2_500);
        assertThat(phone.level(1_000)).isLessThan(150);
        assertThat(Signal.amplitude(ear(stereo, 1), 1_000)).isGreaterThan(4_200);
        assertThat(Signal.amplitude(ear(stereo, 0), 440)).isLessThan(100);
        assertThat(Signal.amplitude(ear(stereo, 1), 1_900)).isLessThan(100);
        room.close();
    }

    @Test
    void aSoundIsPlayedAtItsPlace() {
        Caller listener = Caller.stereo();
        Caller phone = phone();
        RoomOfCallers room = new RoomOfCallers(2, listener, phone);
        room.mixer.play(source("%(5000,0,1300)", new MixSource.How("", false, 1, Optional.of(RIGHT))));

        room.run(60);

        assertThat(apart(listener, 1_300)).isLessThan(-16);
        assertThat(phone.level(1_300)).isGreaterThan(2_500);
        room.close();
    }

    /// A click would be a step much larger than the tone's own steepest slope; places come, change and go while it sounds.
    @Test
    void aMoveDoesNotClick() {
        Caller talker = saying(300);
        RoomOfCallers room = new RoomOfCallers(2, talker, Caller.stereo());
        room.run(20);
        PcmRing ring = new PcmRing(256, 2);
        room.mixer.tap(new RoomTap(new RecordTarget(ring, () -> {}), new Endless(), new AudioCounters()));

        for (Optional<Position> place : List.of(Optional.of(LEFT), Optional.of(RIGHT), Optional.<Position>empty(), Optional.of(ASIDE))) {
            talker.position = place;
            room.run(5);
        }

        short[] heard = recorded(ring, 20);
        double steepest = 6_000 * Math.sqrt(2) * 2 * Math.PI * 300 / SECOND;
        for (int i = 2; i < heard.length; i++) {
            assertThat(Math.abs(heard[i] - heard[i - 2])).as("step %d", i / 2).isLessThan((int) (steepest * 1.3));
        }
        room.close();
    }

    @Test
    void aMonoRoomHasNoPlaces() {
        Caller talker = placed(saying(440), LEFT);
        Caller listener = Caller.stereo();
        RoomOfCallers room = new RoomOfCallers(1, talker, listener);

        room.run(60);

        assertThat(listener.packets).isEqualTo(60);
        assertThat(room.count(AudioCount.PORTS_FAILED)).isZero();
        assertThat(Signal.amplitude(ear(listener, 1), 440)).isCloseTo(Signal.amplitude(ear(listener, 0), 440), within(50.0));
        room.close();
    }

    @Test
    void allocatesNothingOnceAllHaveTheirPlaces() {
        Caller[] callers = new Caller[9];
        for (int i = 0; i < callers.length; i++) {
            callers[i] = placed(i % 3 == 0 ? phone() : i % 3 == 1 ? Caller.stereo() : Caller.opus(), Position.inFront(20 * i - 80));
        }
        callers[0].says(Signal.tone(400, 6_000, SECOND));
        callers[1].says(both(700));
        callers[2].says(Signal.tone(900, 6_000, SECOND));
        RoomOfCallers room = new RoomOfCallers(2, callers);
        Optional<Position> here = Optional.of(LEFT);
        Optional<Position> there = Optional.of(RIGHT);
        long least = Long.MAX_VALUE;

        for (int round = 0; round < 8; round++) { // the first rounds are the compiler's
            room.allocated = 0;
            callers[2].position = round % 2 == 0 ? here : there;
            room.run(100);
            least = Math.min(least, room.allocated);
        }

        assertThat(least).isLessThan(100);
        room.close();
    }

    private static Caller saying(double hertz) {
        return Caller.opus().says(Signal.tone(hertz, 6_000, SECOND));
    }

    private static Caller phone() {
        return new Caller(Caller.plan(AudioCodec.PCMU, 1));
    }

    private static Caller placed(Caller caller, Position where) {
        caller.position = Optional.of(where);
        return caller;
    }

    private static short[] both(double hertz) {
        short[] tone = Signal.tone(hertz, 6_000, SECOND);
        return Signal.interleave(tone, tone);
    }

    private static short[] ear(Caller listener, int which) {
        return Signal.channel(listener.heard(HALF), which);
    }

    /// @return decibels that the left ear hears it louder than the right one
    private static double apart(Caller listener, double hertz) {
        return Signal.decibels(Signal.amplitude(ear(listener, 0), hertz), Signal.amplitude(ear(listener, 1), hertz));
    }

    /// @return for each pitch of the band the decibels by which it is louder than without a place
    private static List<Double> monoLevels(Caller listener, Optional<Position> place) {
        double[] with = bandAt(new Caller(listener.plan), place);
        double[] without = bandAt(listener, Optional.empty());
        return IntStream.range(0, with.length).mapToObj(i -> Signal.decibels(with[i], without[i])).toList();
    }

    private static double[] bandAt(Caller listener, Optional<Position> place) {
        short[] band = new short[SECOND];
        for (int hertz : BAND) {
            short[] tone = Signal.tone(hertz, 800, SECOND);
            for (int i = 0; i < band.length; i++) {
                band[i] += tone[i];
            }
        }
        Caller talker = phone().says(band);
        talker.position = place;
        RoomOfCallers room = new RoomOfCallers(2, talker, listener);
        room.run(100);
        double[] levels = BAND.stream().mapToDouble(hertz -> Signal.amplitude(listener.heard(HALF), hertz)).toArray();
        room.close();
        return levels;
    }

    private static MixSource source(String script, MixSource.How how) {
        return switch (SoundSource.of(new Sound.Tone(script))) {
            case SoundSource.Made.Ok(SoundSource source) -> new MixSource(source, how, new Endless(), 2);
            case SoundSource.Made.Bad(String reason) -> throw new AssertionError(reason);
        };
    }

    private static short[] recorded(PcmRing ring, int frames) {
        short[] all = new short[2 * Frame.SAMPLES * ring.size()];
        short[] frame = new short[2 * Frame.SAMPLES];
        for (int i = 0; ring.poll(frame); i++) {
            System.arraycopy(frame, 0, all, i * frame.length, frame.length);
        }
        return Arrays.copyOfRange(all, all.length - 2 * Frame.SAMPLES * frames, all.length);
    }

    /// @return by how much the right ear hears a low tone later than the left one, by its phase
    private static double lateMillis(short[] stereo, double hertz) {
        double cycles = phase(Signal.channel(stereo, 0), hertz) - phase(Signal.channel(stereo, 1), hertz);
        return (cycles - Math.rint(cycles)) / hertz * 1_000;
    }

    private static double phase(short[] pcm, double hertz) {
        double sine = 0;
        double cosine = 0;
        for (int i = 0; i < pcm.length; i++) {
            double angle = 2 * Math.PI * hertz * i / SECOND;
            sine += pcm[i] * Math.sin(angle);
            cosine += pcm[i] * Math.cos(angle);
        }
        return Math.atan2(cosine, sine) / (2 * Math.PI);
    }
}
