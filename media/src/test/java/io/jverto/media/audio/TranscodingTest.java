package io.jverto.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Two who talk by a mixer with any two codecs.
class TranscodingTest {
    private static final double AMPLITUDE = 8_000;

    private record Side(String name, AudioCodec codec, int channels, double highest) {
        @Override
        public String toString() {
            return name;
        }

        AudioPlan plan() {
            return Caller.plan(codec, channels);
        }
    }

    private static final List<Side> SIDES = List.of(
            new Side("Opus", AudioCodec.OPUS, 1, 6_500),
            new Side("Opus in stereo", AudioCodec.OPUS, 2, 12_000),
            new Side("G.722", AudioCodec.G722, 1, 6_500),
            new Side("PCMU", AudioCodec.PCMU, 1, 3_000),
            new Side("PCMA", AudioCodec.PCMA, 1, 3_000));

    static Stream<Arguments> pairs() {
        return SIDES.stream().flatMap(one -> SIDES.stream().map(other -> Arguments.of(one, other)));
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("pairs")
    void soundComesThroughAtItsLevelAndClean(Side from, Side to) {
        for (double hertz : new double[] {400, 1_000, Math.min(from.highest(), to.highest())}) {
            short[] heard = heard(from, to, hertz);

            double level = Signal.decibels(Signal.amplitude(heard, hertz), AMPLITUDE);
            assertThat(level).as("level at %.0f Hz", hertz).isBetween(-2.0, 0.5);
            assertThat(Signal.signalToNoise(heard, hertz)).as("signal to noise at %.0f Hz", hertz).isGreaterThan(hertz > 4_000 ? 15 : 28);
        }
    }

    /// @return the left ear, the last second
    private static short[] heard(Side from, Side to, double hertz) {
        short[] tone = Signal.tone(hertz, AMPLITUDE, 48_000);
        Caller one = new Caller(from.plan()).says(from.channels() == 2 ? Signal.interleave(tone, tone) : tone);
        Caller other = new Caller(to.plan());
        RoomOfCallers room = new RoomOfCallers(Math.max(from.channels(), to.channels()), 0, one, other);
        room.run(100);
        short[] heard = other.heard(48_000);
        room.close();
        return to.channels() == 2 ? Signal.channel(heard, 0) : heard;
    }
}
