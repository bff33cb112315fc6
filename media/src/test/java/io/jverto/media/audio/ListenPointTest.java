package io.jverto.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.audio.ListenEar.Parties;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.Recording.Sides;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Two who talk, and others who listen in on the first.
class ListenPointTest {
    private static final Parties NOBODY = new Parties(false, false);
    private static final Parties OWN = new Parties(true, false);
    private static final Parties OTHER = new Parties(false, true);
    private static final Parties BOTH = new Parties(true, true);
    private static final List<Parties> ALL = List.of(NOBODY, OWN, OTHER, BOTH);
    private static final double LOUD = 4_000;

    private final Caller one = tone(Caller.opus(), 400);
    private final Caller two = tone(new Caller(Caller.plan(AudioCodec.PCMU, 1)), 900);
    private final Caller third = tone(Caller.opus(), 1_700);
    private final Caller fourth = tone(Caller.opus(), 2_600);
    private final RoomOfCallers room = new RoomOfCallers(1, 0, one, two);
    private final ListenPoint point = new ListenPoint();

    private static Caller tone(Caller caller, double hertz) {
        return caller.says(Signal.tone(hertz, 6_000, 48_000));
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void aListenerHearsAndIsHeardByWhomHeChooses() {
        ListenEar ear = listen(third, NOBODY, NOBODY);
        for (Parties hears : ALL) {
            for (Parties heardBy : ALL) {
                ear.set(hears, heardBy);
                room.run(40);

                String choice = "hears %s, heard by %s".formatted(hears, heardBy);
                assertThat(hears(third, 400)).as("%s: listener hears one", choice).isEqualTo(hears.own());
                assertThat(hears(third, 900)).as("%s: listener hears two", choice).isEqualTo(hears.other());
                assertThat(hears(third, 1_700)).as("%s: listener hears himself", choice).isFalse();
                assertThat(hears(one, 1_700)).as("%s: one hears him", choice).isEqualTo(heardBy.own());
                assertThat(hears(two, 1_700)).as("%s: two hears him", choice).isEqualTo(heardBy.other());
                assertThat(hears(one, 900) && hears(two, 400)).as("%s: the talk goes on", choice).isTrue();
            }
        }
    }

    @Test
    void whoTakePartInTheTalkHearEachOtherButNotWhoOnlyWhispers() {
        listen(third, BOTH, BOTH);
        ListenEar ear = listen(fourth, BOTH, OWN);
        room.run(40);
        assertThat(hears(fourth, 1_700)).isTrue();
        assertThat(hears(third, 2_600)).isFalse();

        ear.set(BOTH, BOTH);
        room.run(40);

        assertThat(hears(fourth, 1_700) && hears(third, 2_600)).isTrue();
        assertThat(hears(one, 1_700) && hears(one, 2_600) && hears(two, 1_700) && hears(two, 2_600)).isTrue();
    }

    @Test
    void aListenerHearsTheEndAndTheTalkGoesOnWithoutHim() {
        ListenEar ear = listen(third, BOTH, BOTH);
        room.run(20);

        point.end();
        room.run(1);
        assertThat(third.events).containsExactly("closed FINISHED");
        assertThat(point.remove(ear)).isTrue();
        one.inserts.remove(point);
        room.run(40);

        assertThat(hears(one, 900) && hears(two, 400)).isTrue();
        assertThat(hears(one, 1_700)).isFalse();
    }

    @Test
    void aThirdOneInTheTalkIsRecordedToo() {
        PcmRing ring = new PcmRing(64, 2);
        one.inserts.add(new SessionRecorder(new RecordTarget(ring, () -> {}), Sides.OWN_LEFT, room.counters));
        listen(third, BOTH, BOTH);
        room.run(60);

        short[] frame = new short[1_920];
        short[] all = new short[60 * 1_920];
        for (int i = 0; ring.poll(frame); i++) {
            System.arraycopy(frame, 0, all, i * 1_920, 1_920);
        }
        short[] recorded = Signal.last(all, 20 * 1_920);
        short[] left = Signal.channel(recorded, 0);
        short[] right = Signal.channel(recorded, 1);
        assertThat(Signal.amplitude(left, 400)).isGreaterThan(LOUD);
        assertThat(Signal.amplitude(left, 900)).isLessThan(100);
        assertThat(Signal.amplitude(right, 900)).isGreaterThan(LOUD);
        assertThat(Signal.amplitude(right, 1_700)).isGreaterThan(LOUD);
    }

    @Test
    void aTickWithListenersTakesNothingFromTheHeap() {
        listen(third, BOTH, BOTH);
        room.run(3_000);
        room.allocated = 0;
        room.run(500);

        assertThat(room.allocated / 500).isLessThan(100);
    }

    private ListenEar listen(Caller caller, Parties hears, Parties heardBy) {
        ListenEar ear = new ListenEar(hears, heardBy);
        point.add(ear);
        one.inserts.remove(point);
        one.inserts.add(point);
        room.play(ear.source(), caller);
        return ear;
    }

    private static boolean hears(Caller caller, double hertz) {
        return caller.level(hertz) > LOUD;
    }
}
