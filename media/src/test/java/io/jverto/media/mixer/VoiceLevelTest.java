package io.jverto.media.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.VoiceRules;
import org.junit.jupiter.api.Test;

class VoiceLevelTest {
    private static final int FRAME = 960;
    private static final VoiceRules TO_2000 =
            new VoiceRules(new VoiceRules.AutoGain(2_000, 0, 200, 2, 25), VoiceRules.Shouting.ALLOWED);
    private final VoiceLevel level = new VoiceLevel();
    private int phase;

    @Test
    void withoutRulesAVoiceStaysAsItIs() {
        short[] frame = voice(5_000);
        short[] before = frame.clone();

        level.apply(frame, 1, FRAME, score(frame), true);

        assertThat(frame).isEqualTo(before);
    }

    @Test
    void aSoftVoiceIsBroughtToTheLevelADecibelAtATime() {
        level.rules(TO_2000);
        int gain = 0;
        for (int i = 0; i < 1_500; i++) {
            pass(voice(900));
            assertThat(level.gainDecibels() - gain).isBetween(0, 1);
            gain = level.gainDecibels();
        }

        assertThat(score(pass(voice(900)))).isBetween(1_800, 2_200);
    }

    @Test
    void aLoudVoiceIsBroughtDown() {
        level.rules(TO_2000);
        for (int i = 0; i < 1_500; i++) {
            pass(voice(12_000));
        }

        assertThat(score(pass(voice(12_000)))).isBetween(1_700, 2_300);
    }

    @Test
    void whoIsVeryFaintIsRaisedFromTheFirstPeriodOn() {
        level.rules(new VoiceRules(new VoiceRules.AutoGain(2_000, 500, 200, 2, 25), VoiceRules.Shouting.ALLOWED));
        for (int i = 0; i < 26; i++) {
            pass(voice(300));
        }

        assertThat(level.gainDecibels()).isEqualTo(1);
    }

    @Test
    void silenceTeachesNothing() {
        level.rules(TO_2000);
        for (int i = 0; i < 500; i++) {
            short[] faint = voice(60);
            level.apply(faint, 1, FRAME, score(faint), false);
        }

        assertThat(level.gainDecibels()).isZero();
    }

    @Test
    void gainIsBoundedAndNeverClips() {
        level.rules(new VoiceRules(new VoiceRules.AutoGain(9_000, 0, 100, 0, 1), VoiceRules.Shouting.ALLOWED));
        for (int i = 0; i < 400; i++) {
            pass(voice(100));
        }
        assertThat(level.gainDecibels()).isEqualTo(30);
        pass(voice(20_000)); // the frame in which the gain falls

        assertThat(Pcm.peak(pass(voice(20_000)), FRAME)).isLessThan(30_001);
    }

    @Test
    void aChangeOfGainMakesNoStep() {
        level.rules(TO_2000);
        short last = 0;
        boolean first = true;
        int steps = 0;
        for (int i = 0; i < 800; i++) {
            short[] frame = pass(voice(900));
            for (short sample : frame) {
                steps = first ? 0 : Math.max(steps, Math.abs(sample - last));
                last = sample;
                first = false;
            }
        }

        // a sine of 400 Hz and amplitude 3500 changes by 183 from sample to sample
        assertThat(steps).isLessThan(200);
    }

    @Test
    void aShoutIsSoftenedTheMoreTheLongerItLasts() {
        level.rules(new VoiceRules(VoiceRules.AutoGain.OFF, new VoiceRules.Shouting(6_000, 1_000, 0)));
        int[] heard = new int[12];
        for (int i = 0; i < heard.length; i++) {
            heard[i] = score(pass(voice(12_000)));
        }

        int full = score(voice(12_000));
        assertThat(heard[2]).isBetween((int) (full * 0.75), (int) (full * 0.85));
        assertThat(heard[5]).isBetween((int) (full * 0.55), (int) (full * 0.65));
        assertThat(heard[11]).isBetween((int) (full * 0.15), (int) (full * 0.25));
    }

    @Test
    void whoGoesOnShoutingIsSilencedForAWhile() {
        level.rules(new VoiceRules(VoiceRules.AutoGain.OFF, new VoiceRules.Shouting(6_000, 5, 10)));
        for (int i = 0; i < 6; i++) {
            pass(voice(12_000));
        }
        for (int i = 0; i < 9; i++) {
            assertThat(score(pass(voice(12_000)))).isZero();
        }

        pass(voice(2_000));
        assertThat(score(pass(voice(2_000)))).isGreaterThan(1_000);
    }

    private short[] pass(short[] frame) {
        level.apply(frame, 1, FRAME, score(frame), true);
        return frame;
    }

    private static int score(short[] frame) {
        return Pcm.score(frame, frame.length);
    }

    /// @return 20 ms of a tone that goes on from the last one
    private short[] voice(int amplitude) {
        short[] frame = new short[FRAME];
        for (int i = 0; i < FRAME; i++) {
            frame[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * 400 * phase++ / 48_000));
        }
        return frame;
    }
}
