package io.jverto.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.Sound;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToneSourceTest {
    @Test
    void playsRingbackWithItsTwoFrequenciesAndItsPause() {
        SoundSource ringback = source("%(2000,4000,440,480);loops=-1");

        short[] on = play(ringback, 100);
        short[] off = play(ringback, 200);
        short[] again = play(ringback, 100);

        double expected = 32_000 * Math.pow(10, -7 / 20.0);
        assertThat(Signal.amplitude(on, 440)).isBetween(expected * 0.98, expected * 1.02);
        assertThat(Signal.amplitude(on, 480)).isBetween(expected * 0.98, expected * 1.02);
        assertThat(Signal.amplitude(on, 460)).isLessThan(20);
        assertThat(Signal.peak(off)).isZero();
        assertThat(Signal.amplitude(again, 440)).isBetween(expected * 0.98, expected * 1.02);
    }

    @Test
    void isExactInFrequency() {
        short[] tone = play(source("%(10000,0,1000)"), 500);

        assertThat(Signal.amplitude(tone, 1000)).isGreaterThan(14_000);
        assertThat(Signal.amplitude(tone, 1000.5)).isLessThan(20);
        assertThat(Signal.amplitude(tone, 999.5)).isLessThan(20);
    }

    @Test
    void endsAfterItsLoops() {
        assertThat(frames(source("%(100,100,500)"))).isEqualTo(10);
        assertThat(frames(source("%(100,100,500);loops=3"))).isEqualTo(30);
        assertThat(frames(source("loops=3;%(100,100,500)"))).isEqualTo(30);
        assertThat(frames(source("l=2;%(100,0,500);l=1;%(100,0,600)"))).isEqualTo(15);
        assertThat(frames(source("%(90,0,500)"))).isEqualTo(5);
    }

    @Test
    void playsTonesThatFollowWithoutASeparator() {
        SoundSource beeps = source("%(400,200,400,450)%(400,2000,400,450)");

        assertThat(frames(beeps)).isEqualTo(150);
    }

    @Test
    void playsTheKeysOfATelephone() {
        short[] five = play(source("d=1000;5"), 50);

        assertThat(Signal.amplitude(five, 770)).isGreaterThan(12_000);
        assertThat(Signal.amplitude(five, 1336)).isGreaterThan(12_000);
    }

    @Test
    void followsVolumeAndDecay() {
        assertThat(Signal.amplitude(play(source("v=-20;%(1000,0,500)"), 50), 500)).isBetween(3_100.0, 3_300.0);
        short[] decaying = play(source(">=50;v=0;%(2000,0,500)"), 100);
        short[] first = Arrays.copyOf(decaying, 9600);
        short[] last = Signal.last(decaying, 9600);
        assertThat(Signal.decibels(Signal.amplitude(first, 500), Signal.amplitude(last, 500))).isBetween(35.0, 37.0);
    }

    @Test
    void doesNotClipWithEighteenFrequencies() {
        short[] loud = play(
                source("v=0;%(1000,0,300,400,500,600,700,800,900,1000,1100,1200,1300,1400,1500,1600,1700,1800,1900,2000)"),
                50);

        assertThat(Signal.clipped(loud)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ";", "nonsense", "%", "%(", "%()", "%(1,2)", "%(1,2,x)", "%(-1,2,440)", "%(1,2,99999)", "%(0,0,440)",
                "%(1e99,2,440)", "%(NaN,2,440)", "v=5;%(100,0,440)", "v=;%(100,0,440)", "x=5;%(100,0,440)", "path=/etc/passwd",
                "loops=0;%(1,1,440)", "l=99999;%(1,1,440)", "%(1,2,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19)"
            })
    void saysWhatIsWrongWithAScript(String script) {
        SoundSource.Made made = SoundSource.of(new Sound.Tone(script));

        assertThat(made).isInstanceOf(SoundSource.Made.Bad.class);
        assertThat(((SoundSource.Made.Bad) made).reason()).startsWith("tone script");
    }

    @Test
    void refusesAScriptThatIsTooLong() {
        assertThat(ToneScript.parse("1".repeat(5000))).isInstanceOf(SoundSource.Made.Bad.class);
        assertThat(ToneScript.parse("1".repeat(600))).isInstanceOf(SoundSource.Made.Bad.class);
    }

    private static SoundSource source(String script) {
        return ((SoundSource.Made.Ok) ToneScript.parse(script)).source();
    }

    static short[] play(SoundSource source, int frames) {
        int values = 960 * source.channels();
        short[] all = new short[frames * values];
        short[] frame = new short[values];
        for (int i = 0; i < frames; i++) {
            assertThat(source.fill(frame)).isTrue();
            System.arraycopy(frame, 0, all, i * values, values);
        }
        return all;
    }

    private static int frames(SoundSource source) {
        int count = 0;
        while (source.fill(new short[960])) {
            count++;
        }
        return count;
    }
}
