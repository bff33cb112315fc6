package io.jverto.wire.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/// No text breaks the decoder, and what it reads is within its limits.
class TrickledCandidateFuzz {
    @FuzzTest
    void readsAnything(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);

        TrickledCandidate.decode(text, "").ifPresent(late -> {
            assertThat(text.length()).isLessThanOrEqualTo(1_026);
            assertThat(late.ufrag()).doesNotContain(" ");
            assertThat(late.candidate().port()).isBetween(0, 65_535);
            assertThat(late.candidate().component()).isBetween(0, 256);
            assertThat(Candidate.decode(late.candidate().encode())).contains(late.candidate());
            assertThat(TrickledCandidate.decode(text, "given").orElseThrow().ufrag()).isEqualTo("given");
        });
    }
}
