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
}
