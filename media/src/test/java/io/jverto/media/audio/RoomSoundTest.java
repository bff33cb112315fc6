package io.jverto.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.audio.SoundSource.Made;
import io.jverto.media.plan.Sound;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Sounds in rooms, and recordings of rooms.
class RoomSoundTest {
    private static final int SECOND = 48_000;
    private static final double LOUD = 2_500;

    @Test
    void aSoundForAllIsHeardByAllUnderTheTalk() {
        Caller talker = Caller.opus().says(Signal.tone(400, 6_000, SECOND));
        Caller listener = Caller.opus();
        RoomOfCallers room = new RoomOfCallers(1, talker, listener);
        room.mixer.play(source("%(5000,0,1300)", "", false, 1, new Wish()));

        room.run(60);

        assertThat(level(listener, 400)).isGreaterThan(LOUD);
        assertThat(level(listener, 1_300)).isGreaterThan(LOUD);
        assertThat(level(talker, 1_300)).isGreaterThan(LOUD);
        assertThat(level(talker, 400)).isLessThan(300);
        room.close();
    }

    @Test
    void aSoundForOneIsHeardByThatOneEvenIfDeafAndMayReplaceTheTalk() {
        Caller talker = Caller.opus().says(Signal.tone(400, 6_000, SECOND));
        Caller told = Caller.opus();
        Caller other = Caller.opus();
        Caller deaf = Caller.opus();
        deaf.deaf = true;
        RoomOfCallers room = new RoomOfCallers(1, talker, told, other, deaf);
        room.mixer.play(source("%(5000,0,1300)", RoomOfCallers.name(1), true, 1, new Wish()));
        room.mixer.play(source("%(5000,0,900)", RoomOfCallers.name(3), false, 1, new Wish()));

        room.run(60);

        assertThat(level(told, 1_300)).isGreaterThan(LOUD);
        assertThat(level(told, 400)).isLessThan(300);
        assertThat(level(other, 400)).isGreaterThan(LOUD);
        assertThat(level(other, 1_300)).isLessThan(300);
        assertThat(level(deaf, 900)).isGreaterThan(LOUD);
        assertThat(level(deaf, 400)).isLessThan(300);
        room.close();
    }

    @Test
    void aSoundIsPausedStoppedAndAsLoudAsSaid() {
        Caller listener = Caller.opus();
        RoomOfCallers room = new RoomOfCallers(1, listener, Caller.opus());
        Wish wish = new Wish();
        room.mixer.play(source("%(20000,0,1300)", "", false, 0.5f, wish));
        room.run(60);
        double half = level(listener, 1_300);

        wish.paused = true;
        room.run(60);
        assertThat(level(listener, 1_300)).isLessThan(100);
        wish.paused = false;
        room.run(60);
        assertThat(level(listener, 1_300)).isBetween(half * 0.9, half * 1.1);
        assertThat(wish.frames).isEqualTo(120);
        wish.stopped = true;
        room.run(60);

        assertThat(level(listener, 1_300)).isLessThan(100);
        assertThat(wish.ends).containsExactly(PortListener.End.DETACHED);
        room.close();
    }

    @Test
    void aSoundTellsItsEndOnceAlsoWhenTheRoomCloses() {
        RoomOfCallers room = new RoomOfCallers(1, Caller.opus());
        Wish brief = new Wish();
        Wish endless = new Wish();
        room.mixer.play(source("%(100,0,1300)", "", false, 1, brief));
        room.mixer.play(new MixSource(new MusicSource(), new MixSource.How("", false, 1, Optional.empty()), endless, 1));
        room.run(20);
        assertThat(brief.ends).containsExactly(PortListener.End.FINISHED);

        room.close();

        assertThat(brief.ends).containsExactly(PortListener.End.FINISHED);
        assertThat(endless.ends).containsExactly(PortListener.End.DETACHED);
    }

    @Test
    void aRoomIsRecordedAsAllTogetherSayAndAsLongAsItLasts() {
        Caller one = Caller.opus().says(Signal.tone(400, 6_000, SECOND));
        Caller other = Caller.opus().says(Signal.tone(900, 6_000, SECOND));
        RoomOfCallers room = new RoomOfCallers(1, one, other);
        PcmRing ring = new PcmRing(256, 1);
        Wish wish = new Wish();
        room.mixer.tap(new RoomTap(new RecordTarget(ring, () -> {}), wish, new AudioCounters()));

        room.run(60);
        wish.paused = true;
        room.run(10);
        wish.stopped = true;
        room.run(10);

        assertThat(ring.size()).isEqualTo(60);
        short[] recorded = new short[60 * Frame.SAMPLES];
        short[] frame = new short[Frame.SAMPLES];
        for (int i = 0; ring.poll(frame); i++) {
            System.arraycopy(frame, 0, recorded, i * Frame.SAMPLES, Frame.SAMPLES);
        }
        assertThat(Signal.amplitude(Signal.last(recorded, SECOND / 2), 400)).isGreaterThan(4_000);
        assertThat(Signal.amplitude(Signal.last(recorded, SECOND / 2), 900)).isGreaterThan(4_000);
        assertThat(wish.ends).containsExactly(PortListener.End.DETACHED);
        room.close();
    }

    @Test
    void aTrackHasWhatOneSaysAndIsAsLongAsTheOthers() {
        Caller one = Caller.opus().says(Signal.tone(400, 6_000, SECOND));
        Caller other = Caller.opus().says(Signal.tone(900, 6_000, SECOND));
        RoomOfCallers room = new RoomOfCallers(1, one, other);
        PcmRing ring = new PcmRing(256, 1);
        PcmRing ofNobody = new PcmRing(256, 1);
        room.mixer.tap(new RoomTap(new RecordTarget(ring, () -> {}), new Wish(), new AudioCounters(), RoomOfCallers.name(1)));
        room.mixer.tap(new RoomTap(new RecordTarget(ofNobody, () -> {}), new Wish(), new AudioCounters(), "nobody"));

        room.run(60);
        other.muted = true;
        room.run(20);
        other.detached = true;
        room.run(20);

        assertThat(ring.size()).isEqualTo(100);
        assertThat(ofNobody.size()).isEqualTo(100);
        short[] all = new short[100 * Frame.SAMPLES];
        short[] frame = new short[Frame.SAMPLES];
        for (int i = 0; ring.poll(frame); i++) {
            System.arraycopy(frame, 0, all, i * Frame.SAMPLES, Frame.SAMPLES);
        }
        short[] talk = Arrays.copyOfRange(all, 30 * Frame.SAMPLES, 60 * Frame.SAMPLES);
        assertThat(Signal.amplitude(talk, 900)).isBetween(5_000.0, 7_000.0);
        assertThat(Signal.amplitude(talk, 400)).isLessThan(50);
        assertThat(Signal.peak(Signal.last(all, 40 * Frame.SAMPLES))).isZero();
        room.close();
    }

    @Test
    void aMutedMemberIsToldToTalkWhereThatIsWantedAndIsStillNotHeard() {
        Caller muted = Caller.opus().says(Signal.tone(400, 6_000, SECOND));
        muted.muted = true;
        Caller listener = Caller.opus();
        RoomOfCallers room = new RoomOfCallers(1, muted, listener);
        room.run(30);
        assertThat(muted.events).isEmpty();

        muted.detecting = true;
        room.run(60);

        assertThat(muted.events).containsExactly("talks");
        assertThat(level(listener, 400)).isLessThan(100);
        room.close();
    }

    @Test
    void aMembersOwnGateKeepsItsNoiseOut() {
        Caller noisy = Caller.opus().says(Signal.tone(400, 1_000, SECOND));
        Caller listener = Caller.opus();
        RoomOfCallers room = new RoomOfCallers(1, noisy, listener);
        room.run(60);
        assertThat(level(listener, 400)).isGreaterThan(500);

        noisy.gate = 1_800;
        room.run(120);
        assertThat(level(listener, 400)).isLessThan(50);
        noisy.gate = 0;
        room.run(60);
        assertThat(level(listener, 400)).isGreaterThan(500);
        room.close();
    }

    private static double level(Caller caller, double hertz) {
        return Signal.amplitude(caller.heard(SECOND / 4), hertz);
    }

    private static MixSource source(String script, String only, boolean alone, float factor, Wish wish) {
        return switch (SoundSource.of(new Sound.Tone(script))) {
            case Made.Ok(SoundSource source) -> new MixSource(source, new MixSource.How(only, alone, factor, Optional.empty()), wish, 1);
            case Made.Bad(String reason) -> throw new AssertionError(reason);
        };
    }

    private static final class Wish implements SourceControl {
        final List<PortListener.End> ends = new ArrayList<>();
        boolean stopped;
        boolean paused;
        int frames;

        @Override
        public boolean stopped() {
            return stopped;
        }

        @Override
        public boolean paused() {
            return paused;
        }

        @Override
        public void played() {
            frames++;
        }

        @Override
        public void ended(PortListener.End end) {
            ends.add(end);
        }
    }
}
