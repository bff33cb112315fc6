package io.jverto.media.mixer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jverto.media.plan.Position;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PannerTest {
    private static final int FRAME = 960;
    private static final int FRAMES = 20;
    private static final double RATE = 48_000;
    private static final Offset<Double> A_LITTLE = within(0.5);

    @Test
    void whoSitsInTheMiddleIsHeardAsHeIs() {
        short[] heard = render(Position.CENTRE, 440, FRAMES);

        short[] said = tone(440, FRAMES);
        for (int i = 0; i < said.length; i++) {
            assertThat(heard[2 * i]).isEqualTo(said[i]);
            assertThat(heard[2 * i + 1]).isEqualTo(said[i]);
        }
    }

    @Test
    void whoSitsLeftIsLouderInTheLeftEar() {
        short[] heard = render(new Position(-1, 0, 0), 440, FRAMES);

        assertThat(decibels(level(heard, 0), level(heard, 1))).isBetween(18.0, 20.0);
    }

    @Test
    void whoSitsRightIsTheMirrorImage() {
        short[] left = render(new Position(-0.7, 0, -0.7), 700, FRAMES);
        short[] right = render(new Position(0.7, 0, -0.7), 700, FRAMES);

        for (int i = 0; i < left.length; i += 2) {
            assertThat((int) left[i]).isCloseTo(right[i + 1], within(1));
            assertThat((int) left[i + 1]).isCloseTo(right[i], within(1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-90, -60, -30, -10, 0, 10, 30, 60, 90})
    void everyPlaceOnTheArcIsEquallyLoud(int degrees) {
        short[] heard = render(Position.inFront(degrees), 300, FRAMES);

        double power = Math.pow(level(heard, 0), 2) + Math.pow(level(heard, 1), 2);
        assertThat(10 * Math.log10(power / (2 * Math.pow(level(render(Position.CENTRE, 300, FRAMES), 0), 2)))).isCloseTo(0, A_LITTLE);
    }

    @Test
    void theFarEarHearsItUpToTwoThirdsOfAMillisecondLater() {
        assertThat(delayMillis(Position.inFront(90))).isCloseTo(0.656, within(0.04));
        assertThat(delayMillis(Position.inFront(30))).isCloseTo(0.261, within(0.04));
        assertThat(delayMillis(Position.inFront(-90))).isCloseTo(-0.656, within(0.04));
        assertThat(delayMillis(Position.inFront(0))).isCloseTo(0, within(0.001));
    }

    @Test
    void theFarEarHearsHighSoundsInTheShadowOfTheHead() {
        short[] low = render(Position.inFront(90), 200, FRAMES);
        short[] high = render(Position.inFront(90), 8_000, FRAMES);

        double shadow = decibels(level(high, 1), level(high, 0)) - decibels(level(low, 1), level(low, 0));
        assertThat(shadow).isBetween(4.0, 12.0);
    }

    @Test
    void farAwayIsQuieter() {
        double near = level(render(new Position(0, 0, -1), 440, FRAMES), 0);
        double far = level(render(new Position(0, 0, -5), 440, FRAMES), 0);

        assertThat(decibels(near, far)).isCloseTo(20 * Math.log10(3), A_LITTLE);
    }

    @Test
    void nearTheMiddleThereIsNoJump() {
        double beside = level(render(new Position(0.01, 0, 0), 440, FRAMES), 1);
        double middle = level(render(Position.CENTRE, 440, FRAMES), 1);

        assertThat(decibels(beside, middle)).isCloseTo(0, A_LITTLE);
    }

    /// A click would be a step much larger than the tone's own steepest slope.
    @Test
    void aMoveMakesNoClick() {
        Panner panner = new Panner(FRAME, Position.inFront(-90));
        short[] said = tone(300, FRAMES);
        short[] heard = new short[2 * said.length];
        for (int frame = 0; frame < FRAMES; frame++) {
            pan(panner, said, frame, frame % 2 == 0 ? Position.inFront(90) : Position.inFront(-90), heard);
        }

        double steepest = 10_000 * Math.sqrt(2) * 2 * Math.PI * 300 / RATE;
        for (int i = 2; i < heard.length; i++) {
            assertThat(Math.abs(heard[i] - heard[i - 2])).isLessThan((int) (steepest * 1.3));
        }
    }

    @Test
    void theLoudestSoundStaysWithin16Bits() {
        Panner panner = new Panner(FRAME, Position.inFront(90));
        short[] said = new short[FRAME];
        Arrays.fill(said, Short.MIN_VALUE);
        short[] heard = new short[2 * FRAME];
        panner.pan(said, Position.inFront(90), heard);
        panner.pan(said, Position.inFront(90), heard);

        assertThat(heard[2 * FRAME - 1]).isEqualTo(Short.MIN_VALUE);
    }

    private static short[] render(Position place, double hertz, int frames) {
        Panner panner = new Panner(FRAME, place);
        short[] said = tone(hertz, frames);
        short[] heard = new short[2 * said.length];
        for (int frame = 0; frame < frames; frame++) {
            pan(panner, said, frame, place, heard);
        }
        return heard;
    }

    private static void pan(Panner panner, short[] said, int frame, Position place, short[] heard) {
        short[] mono = Arrays.copyOfRange(said, frame * FRAME, (frame + 1) * FRAME);
        short[] stereo = new short[2 * FRAME];
        panner.pan(mono, place, stereo);
        System.arraycopy(stereo, 0, heard, frame * 2 * FRAME, stereo.length);
    }

    private static short[] tone(double hertz, int frames) {
        short[] pcm = new short[frames * FRAME];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) Math.round(10_000 * Math.sin(2 * Math.PI * hertz * i / RATE));
        }
        return pcm;
    }

    /// Root mean square of one ear, without the first frame.
    private static double level(short[] stereo, int ear) {
        double sum = 0;
        int count = 0;
        for (int i = 2 * FRAME + ear; i < stereo.length; i += 2) {
            sum += (double) stereo[i] * stereo[i];
            count++;
        }
        return Math.sqrt(sum / count);
    }

    /// How much later the left ear hears it, by the phase of a low tone, which the low-pass hardly delays.
    private static double delayMillis(Position place) {
        double hertz = 200;
        short[] heard = render(place, hertz, FRAMES);
        double cycles = phase(heard, 1, hertz) - phase(heard, 0, hertz);
        double wrapped = cycles - Math.rint(cycles);
        double shadow = place.x() == 0 ? 0 : Math.signum(place.x()) * lowPassMillis(place, hertz);
        return wrapped / hertz * 1_000 - shadow;
    }

    private static double lowPassMillis(Position place, double hertz) {
        double cutoff = 20_000 * Math.pow(4_000.0 / 20_000, Math.abs(place.x()));
        return Math.atan(hertz / cutoff) / (2 * Math.PI * hertz) * 1_000;
    }

    private static double phase(short[] stereo, int ear, double hertz) {
        double sine = 0;
        double cosine = 0;
        for (int i = FRAME; i < FRAME * FRAMES; i++) {
            double angle = 2 * Math.PI * hertz * i / RATE;
            sine += stereo[2 * i + ear] * Math.sin(angle);
            cosine += stereo[2 * i + ear] * Math.cos(angle);
        }
        return Math.atan2(cosine, sine) / (2 * Math.PI);
    }

    private static double decibels(double one, double other) {
        return 20 * Math.log10(one / other);
    }
}
