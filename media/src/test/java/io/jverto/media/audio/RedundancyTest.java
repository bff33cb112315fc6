package io.jverto.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.OpusSettings;
import java.util.Arrays;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Who gets forward error correction, and what that costs the room.
class RedundancyTest {
    private static final int SECOND = 48_000;
    private static final long NANOS = 1_000_000_000L;
    private static final int QUARTER = 64;
    private static final int TICKS = 50;

    @Test
    void onlyWhoLosesPacketsGetsRedundancy() {
        Caller talker = talker();
        Caller[] listeners = listeners(6, Caller::opus);
        loses(listeners[1]);
        loses(listeners[4]);
        RoomOfCallers room = room(1, talker, listeners);

        room.run(TICKS);

        for (int i = 0; i < listeners.length; i++) {
            assertThat(isCeltAlone(listeners[i])).as("listener %d", i).isEqualTo(i != 1 && i != 4);
            assertThat(listeners[i].level(400)).isBetween(5_000.0, 7_000.0);
        }
        room.close();
    }

    /// Reports come from the network: whatever stands in them, a room encodes twice at the most what it encoded once.
    @Test
    void s39HoweverManyLoseTheyShareOneEncode() {
        assertThat(encodes(0)).isEqualTo(TICKS);
        assertThat(encodes(1)).isEqualTo(2 * TICKS);
        assertThat(encodes(7)).isEqualTo(2 * TICKS);
        assertThat(encodes(12)).isEqualTo(TICKS);
    }

    private static long encodes(int losers) {
        Caller[] listeners = listeners(12, Caller::opus);
        for (int i = 0; i < losers; i++) {
            listeners[i].loss.reported(0, QUARTER + i);
        }
        Caller talker = talker();
        talker.deaf = true; // hears ready-made silence
        RoomOfCallers room = room(1, talker, listeners);
        room.run(TICKS);
        long before = room.count(AudioCount.FRAMES_ENCODED);
        room.run(TICKS);
        long encoded = room.count(AudioCount.FRAMES_ENCODED) - before;
        room.close();
        return encoded;
    }

    @Test
    void whoDidNotOfferToTakeItDoesNotGetIt() {
        Caller plain = new Caller(new AudioPlan(AudioCodec.OPUS, 111, 1, 1, 20, OpusSettings.DEFAULT.withoutFec(), -1, 0, true, true));
        loses(plain);
        RoomOfCallers room = room(1, talker(), plain);

        room.run(TICKS);

        assertThat(isCeltAlone(plain)).isTrue();
        room.close();
    }

    @Test
    void aTalkerWhoLosesPacketsGetsItInWhatHeAloneHears() {
        Caller one = talker();
        Caller other = Caller.opus().says(Signal.tone(900, 6_000, SECOND));
        loses(other);
        RoomOfCallers room = room(1, one, other);

        room.run(TICKS);

        assertThat(isCeltAlone(one)).isTrue();
        assertThat(isCeltAlone(other)).isFalse();
        assertThat(other.level(400)).isBetween(5_000.0, 7_000.0);
        room.close();
    }

    @Test
    void itComesAndGoesWithTheLossWithoutAClick() {
        for (int channels = 1; channels <= 2; channels++) {
            Supplier<Caller> kind = channels == 1 ? Caller::opus : Caller::stereo;
            short[] tone = Signal.tone(400, 6_000, SECOND);
            Caller talker = kind.get().says(channels == 1 ? tone : Signal.interleave(tone, tone));
            Caller listener = kind.get();
            RoomOfCallers room = room(channels, talker, listener);
            room.run(TICKS);
            listener.forget();

            listener.loss.reported(0, QUARTER);
            room.run(TICKS);
            assertThat(isCeltAlone(listener)).isFalse();
            for (int second = 5; second <= 40; second += 5) {
                listener.loss.reported(second * NANOS, 0);
            }
            room.run(TICKS);
            assertThat(isCeltAlone(listener)).isTrue();

            short[] heard = listener.heard(2 * TICKS * Frame.SAMPLES);
            short[] left = channels == 1 ? heard : Signal.channel(heard, 0);
            assertThat(steepest(left)).as("between two samples, %d channels", channels).isLessThan(1_200);
            room.close();
        }
    }

    @Test
    void musicAndFilesDoTheSame() {
        Caller well = Caller.opus();
        Caller badly = Caller.opus();
        loses(badly);
        AudioCounters counters = new AudioCounters();
        MusicStation station = new MusicStation(counters);
        station.add(well.setup("well"), well);
        station.add(badly.setup("badly"), badly);
        Caller alone = Caller.opus();
        SoundPlayer player = new SoundPlayer(new MusicSource(), alone.setup("alone"), alone, counters);
        for (int tick = 1; tick <= 2 * TICKS; tick++) {
            Wakes wakes = new Wakes();
            station.tick(tick * Frame.NANOS, wakes);
            player.tick(tick * Frame.NANOS, wakes);
            for (Caller caller : new Caller[] {well, badly, alone}) {
                caller.hear();
            }
            if (tick == TICKS) {
                assertThat(isCeltAlone(well)).isTrue();
                assertThat(isCeltAlone(badly)).isFalse();
                assertThat(isCeltAlone(alone)).isTrue();
                loses(well);
                loses(alone);
            }
        }

        assertThat(isCeltAlone(well)).isFalse();
        assertThat(isCeltAlone(alone)).isFalse();
        assertThat(counters.audio().get(AudioCount.FRAMES_ENCODED)).as("two streams, then one, and that of a file").isEqualTo(5L * TICKS);
        station.close();
        player.close();
    }

    private static Caller talker() {
        return Caller.opus().says(Signal.tone(400, 6_000, SECOND));
    }

    private static Caller[] listeners(int count, Supplier<Caller> kind) {
        Caller[] listeners = new Caller[count];
        Arrays.setAll(listeners, _ -> kind.get());
        return listeners;
    }

    private static RoomOfCallers room(int channels, Caller talker, Caller... listeners) {
        Caller[] all = Arrays.copyOf(listeners, listeners.length + 1);
        all[listeners.length] = talker;
        return new RoomOfCallers(channels, all);
    }

    private static void loses(Caller caller) {
        caller.loss.reported(0, QUARTER);
    }

    /// Configurations 16 and up (RFC 6716 section 3.1): these carry no redundancy.
    private static boolean isCeltAlone(Caller caller) {
        return caller.toc >> 3 >= 16;
    }

    private static int steepest(short[] pcm) {
        int steepest = 0;
        for (int i = 1; i < pcm.length; i++) {
            steepest = Math.max(steepest, Math.abs(pcm[i] - pcm[i - 1]));
        }
        return steepest;
    }
}
