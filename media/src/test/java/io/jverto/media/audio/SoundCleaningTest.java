package io.jverto.media.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.Cleaning;
import io.jverto.media.plan.Way;
import io.jverto.media.speex.SpeexLibrary;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoundCleaningTest {
    private static final int SECOND = 50;

    private final Random random = new Random(11);
    private final SoundCleaning cleaning = new SoundCleaning();
    private final short[] silence = new short[2 * Frame.SAMPLES];

    @BeforeEach
    void theLibraryIsThere() {
        assumeThat(SpeexLibrary.obstacle()).as("libspeexdsp of Debian").isEmpty();
    }

    @AfterEach
    void givesBack() {
        cleaning.close();
        cleaning.close();
    }

    /// Makes what is said, then what is heard, and keeps what comes out of one of them.
    private short[] run(int frames, int channels, Way way, Sound said, Sound heard) {
        short[] out = new short[frames * Frame.SAMPLES * channels];
        for (int frame = 0; frame < frames; frame++) {
            short[] first = frame(frame, channels, said);
            cleaning.said(first, channels);
            short[] second = frame(frame, channels, heard);
            cleaning.heard(second, channels);
            System.arraycopy(way == Way.SAID ? first : second, 0, out, frame * Frame.SAMPLES * channels, Frame.SAMPLES * channels);
        }
        return out;
    }

    private interface Sound {
        Sound NONE = (at, channel) -> 0;

        double at(int sample, int channel);
    }

    private static short[] frame(int frame, int channels, Sound sound) {
        short[] pcm = new short[Frame.SAMPLES * channels];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) sound.at(frame * Frame.SAMPLES + i / channels, i % channels);
        }
        return pcm;
    }

    private double hiss() {
        return random.nextGaussian() * 400;
    }

    private static double tone(int sample, double hertz) {
        return 6_000 * Math.sin(2 * Math.PI * hertz * sample / Frame.RATE);
    }

    /// What comes and goes; what stays is a noise.
    private static double bursts(int sample, double hertz) {
        return sample / Frame.SAMPLES % SECOND < 15 ? tone(sample, hertz) : 0;
    }

    private static short[] part(short[] pcm, int channels, int channel, int from, int to) {
        short[] one = channels == 1 ? pcm : Signal.channel(pcm, channel);
        return Arrays.copyOfRange(one, from * Frame.SAMPLES, to * Frame.SAMPLES);
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 16_000, 48_000})
    void noiseIsLoweredOnTheWayForWhichThatIsWishedAlone(int rate) {
        cleaning.wish(Way.HEARD, Cleaning.USUAL, rate);
        short[] heard = run(4 * SECOND, 1, Way.HEARD, Sound.NONE, (at, _) -> hiss() + bursts(at, 440));
        short[] said = run(SECOND, 1, Way.SAID, (at, _) -> tone(at, 700), Sound.NONE);

        assertThat(Signal.decibels(Signal.rms(part(heard, 1, 0, 180, 198)), 400)).isLessThan(-6);
        assertThat(Signal.decibels(Signal.amplitude(part(heard, 1, 0, 155, 164), 440), 6_000)).isBetween(-2.0, 1.0);
        assertThat(said).as("the other way is as it was").isEqualTo(run(SECOND, 1, Way.SAID, (at, _) -> tone(at, 700), Sound.NONE));
    }

    @Test
    void eachEarIsCleanedByItselfAndNothingGoesFromOneToTheOther() {
        cleaning.wish(Way.SAID, Cleaning.USUAL, AudioCodec.OPUS.sampleRate());
        short[] said = run(4 * SECOND, 2, Way.SAID, (at, channel) -> hiss() + (channel == 0 ? bursts(at, 440) : bursts(at, 1_300) / 2), Sound.NONE);

        double left = Signal.amplitude(part(said, 2, 0, 155, 164), 440);
        double right = Signal.amplitude(part(said, 2, 1, 155, 164), 1_300);
        assertThat(Signal.decibels(left, 6_000)).isBetween(-2.0, 1.0);
        assertThat(Signal.decibels(right, 3_000)).isBetween(-2.0, 1.0);
        assertThat(Signal.decibels(left, Signal.amplitude(part(said, 2, 1, 155, 164), 440))).isGreaterThan(35);
        for (int ear = 0; ear < 2; ear++) {
            assertThat(Signal.decibels(Signal.rms(part(said, 2, ear, 180, 198)), 400)).isLessThan(-6);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void theEchoOfTheOtherWayIsGoneAfterASecond(Way way) {
        for (int rate : new int[] {8_000, 16_000, 48_000}) {
            short[] other = new short[3 * SECOND * Frame.SAMPLES];
            for (int i = 0; i < other.length; i++) {
                other[i] = (short) (random.nextGaussian() * 2_500);
            }
            int late = 3 * Frame.SAMPLES;
            Sound far = (at, _) -> other[at];
            Sound near = (at, _) -> at < late ? 0 : 0.5 * other[at - late];
            // Of a telephone band nothing of the noise beyond is left in any case.
            cleaning.wish(way, Cleaning.NONE, rate);
            cleaning.wish(way, Cleaning.NONE.withVoiceOnly(false).withNoise(-1), rate);
            short[] before = way == Way.SAID ? run(3 * SECOND, 1, way, near, far) : run(3 * SECOND, 1, way, far, near);
            cleaning.wish(way, Cleaning.NONE, rate);
            cleaning.wish(way, Cleaning.NONE.withEcho(Cleaning.USUAL_ECHO_MILLIS), rate);
            short[] after = way == Way.SAID ? run(3 * SECOND, 1, way, near, far) : run(3 * SECOND, 1, way, far, near);

            assertThat(Signal.decibels(Signal.rms(part(after, 1, 0, 60, 140)), Signal.rms(part(before, 1, 0, 60, 140)))).as("at %d Hz", rate).isLessThan(-10);
            cleaning.wish(way, Cleaning.NONE, rate);
            run(1, 1, way, Sound.NONE, Sound.NONE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 48_000})
    void whatIsNoVoiceBecomesSilenceAndAVoiceIsHeard(int rate) {
        cleaning.wish(Way.SAID, Cleaning.NONE.withVoiceOnly(true), rate);
        short[] voice = Signal.voice(Frame.SAMPLES * SECOND);
        short[] said = run(6 * SECOND, 1, Way.SAID,
                (at, _) -> hiss() / 4 + (at / Frame.SAMPLES >= 3 * SECOND && at / Frame.SAMPLES < 5 * SECOND ? voice[at % voice.length] : 0), Sound.NONE);

        assertThat(Signal.peak(part(said, 1, 0, 100, 149))).as("noise").isZero();
        assertThat(Signal.rms(part(said, 1, 0, 160, 250))).as("voice").isGreaterThan(0.7 * Signal.rms(voice));
        assertThat(Signal.peak(part(said, 1, 0, 280, 300))).as("after it").isZero();
    }

    @Test
    void soundIsAsItWasOnceNothingIsWished() {
        cleaning.wish(Way.SAID, Cleaning.USUAL.withEcho(100).withVoiceOnly(true), 8_000);
        run(SECOND, 1, Way.SAID, (_, _) -> hiss(), (_, _) -> hiss());
        cleaning.wish(Way.SAID, Cleaning.NONE, 8_000);
        run(2, 1, Way.SAID, (at, _) -> tone(at, 440), Sound.NONE);

        assertThat(run(SECOND, 1, Way.SAID, (at, _) -> tone(at, 440), Sound.NONE)).isEqualTo(run(SECOND, 1, Way.HEARD, Sound.NONE, (at, _) -> tone(at, 440)));
        assertThat(cleaning.isNothing()).isTrue();
    }

    @Test
    void anotherCodecAndMonoAfterStereoGoOn() {
        cleaning.wish(Way.SAID, Cleaning.USUAL.withEcho(50), 48_000);
        run(20, 2, Way.SAID, (_, _) -> hiss(), (_, _) -> hiss());
        run(20, 1, Way.SAID, (_, _) -> hiss(), (_, _) -> hiss());
        cleaning.rate(16_000);
        run(20, 2, Way.SAID, (_, _) -> hiss(), (_, _) -> hiss());
        cleaning.rate(8_000);

        short[] said = run(4 * SECOND, 1, Way.SAID, (at, _) -> bursts(at, 440), Sound.NONE);
        assertThat(Signal.decibels(Signal.amplitude(part(said, 1, 0, 155, 164), 440), 6_000)).isBetween(-2.0, 1.0);
    }

    @Test
    void nothingIsTakenFromTheHeapOnceItRuns() {
        cleaning.wish(Way.SAID, Cleaning.USUAL.withEcho(100).withVoiceOnly(true), 8_000);
        cleaning.wish(Way.HEARD, Cleaning.USUAL, 48_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        short[] pcm = new short[2 * Frame.SAMPLES];
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 100; i++) {
                cleaning.said(pcm, 1);
                cleaning.heard(pcm, 2);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as("bytes in 100 frames, once it is compiled").isLessThan(2_000);
    }

    @Test
    void itMayBeClosedInTheMidstOfATickAndIsNeverUsedAfterwards() throws InterruptedException {
        for (int i = 0; i < 40; i++) {
            SoundCleaning one = new SoundCleaning();
            one.wish(Way.SAID, Cleaning.USUAL.withEcho(20), 8_000);
            CountDownLatch runs = new CountDownLatch(3);
            Thread ticks = new Thread(() -> {
                for (int tick = 0; tick < 40; tick++) {
                    one.said(silence, 1);
                    one.heard(silence, 1);
                    runs.countDown();
                }
            });
            ticks.start();
            runs.await();
            one.close();
            ticks.join();
            one.close();
        }
    }
}
