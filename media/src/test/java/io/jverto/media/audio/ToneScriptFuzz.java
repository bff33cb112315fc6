package io.jverto.media.audio;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

class ToneScriptFuzz {
    @FuzzTest
    void readsAnyTextAndPlaysWhatItUnderstood(FuzzedDataProvider data) {
        SoundSource.Made made = ToneScript.parse(data.consumeRemainingAsString());
        if (made instanceof SoundSource.Made.Ok ok) {
            short[] pcm = new short[960];
            for (int i = 0; i < 20 && ok.source().fill(pcm); i++) {
                // it must neither throw nor hang
            }
        }
    }
}
