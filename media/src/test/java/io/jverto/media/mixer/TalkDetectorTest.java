package io.jverto.media.mixer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TalkDetectorTest {
    private final TalkDetector detector = new TalkDetector(100);

    @Test
    void holdsALoudFrameForTalkingAtOnce() {
        assertThat(detector.onFrame(500)).isTrue();
        assertThat(detector.talking()).isTrue();
    }

    @Test
    void holdsAQuietVoiceForTalkingAtItsFifthFrame() {
        for (int i = 0; i < 4; i++) {
            assertThat(detector.onFrame(150)).isTrue(); // mixed from the first
            assertThat(detector.talking()).isFalse();
        }
        detector.onFrame(150);

        assertThat(detector.talking()).isTrue();
    }

    @Test
    void aSingleQuietFrameNowAndThenIsNotTalking() {
        for (int i = 0; i < 200; i++) {
            detector.onFrame(i % 3 == 0 ? 150 : 0);
            assertThat(detector.talking()).isFalse();
        }
    }

    @Test
    void aTalkerHasStoppedAfterFortyClosedFrames() {
        detector.onFrame(2000);
        for (int i = 0; i < 39; i++) {
            assertThat(detector.onFrame(10)).isTrue();
        }
        assertThat(detector.onFrame(10)).isFalse();

        assertThat(detector.talking()).isFalse();
    }

    @Test
    void aPauseBetweenWordsDoesNotStopATalker() {
        for (int word = 0; word < 20; word++) {
            for (int i = 0; i < 15; i++) {
                detector.onFrame(2000);
            }
            for (int i = 0; i < 30; i++) {
                detector.onFrame(0);
                assertThat(detector.talking()).isTrue();
            }
        }
    }

    @Test
    void withoutAGateAnythingButSilenceIsMixed() {
        TalkDetector open = new TalkDetector(0);

        assertThat(open.onFrame(0)).isFalse();
        assertThat(open.onFrame(1)).isTrue();
    }

    @Test
    void theSilenceThatPeersSendIsMixedWithoutAGateAndIsNoTalk() {
        TalkDetector open = new TalkDetector(0);
        for (int i = 0; i < 100; i++) {
            assertThat(open.onFrame(1)).isTrue();
            assertThat(open.talking()).isFalse();
        }
        open.onFrame(2_000);
        for (int i = 0; i < 40; i++) {
            assertThat(open.talking()).isTrue();
            open.onFrame(1);
        }

        assertThat(open.talking()).isFalse();
    }

    @Test
    void theEnergyFollowsTheScoreSlowlyAndHasALimit() {
        detector.onFrame(1_000);
        assertThat(detector.energy()).isEqualTo(200); // 0.2 * score + 0.8 * before
        detector.onFrame(1_000);
        assertThat(detector.energy()).isEqualTo(360);
        for (int i = 0; i < 100; i++) {
            detector.onFrame(32_000);
        }
        assertThat(detector.energy()).isEqualTo(25_000);

        detector.reset();

        assertThat(detector.energy()).isZero();
    }

    @Test
    void aSpurtTellsHowLongAndHowLoudItWas() {
        for (int i = 0; i < 60; i++) {
            detector.onFrame(i % 2 == 0 ? 1_000 : 3_000);
        }
        for (int i = 0; i < 40; i++) {
            detector.onFrame(0);
        }

        assertThat(detector.talking()).isFalse();
        assertThat(detector.spurt().frames()).isEqualTo(99); // the last closed one is after its end
        assertThat(detector.spurt().openFrames()).isEqualTo(60);
        assertThat(detector.spurt().meanEnergy()).isEqualTo(2_000);
        assertThat(detector.spurt().meanDelta()).isBetween(1_200, 1_250);
    }
}
