package io.jverto.switchboard.negotiate;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jverto.media.plan.MediaPlan;
import io.jverto.switchboard.negotiate.Negotiation.Agreed;
import io.jverto.switchboard.negotiate.Negotiation.Refused;
import io.jverto.wire.sdp.SdpDecoder;
import io.jverto.wire.sdp.SdpDecoding.Decoded;
import io.jverto.wire.sdp.SdpText;
import io.jverto.wire.sdp.SessionDescription;
import java.nio.charset.StandardCharsets;

class NegotiatorFuzz {
    private static final SdpText OFFER = Negotiator.offer(Descriptions.local(), Descriptions.terms());

    @FuzzTest
    void answersAnythingWithinBounds(byte[] bytes) {
        SdpText offer = new SdpText(new String(bytes, StandardCharsets.UTF_8));

        switch (Negotiator.answer(offer, Descriptions.local(), Descriptions.terms())) {
            case Refused(String reason) -> assertThat(reason).isNotBlank();
            case Agreed(MediaPlan plan, SdpText answer) -> {
                assertSensible(plan);
                assertThat(read(answer).media()).hasSameSizeAs(read(offer).media());
                assertThat(read(answer).media().stream().filter(medium -> medium.port() != 0)).hasSize(1);
            }
        }
    }

    @FuzzTest
    void acceptsAnythingWithinBounds(byte[] bytes) {
        SdpText answer = new SdpText(new String(bytes, StandardCharsets.UTF_8));

        switch (Negotiator.accept(OFFER, answer)) {
            case Refused(String reason) -> assertThat(reason).isNotBlank();
            case Agreed(MediaPlan plan, SdpText ours) -> assertSensible(plan);
        }
    }

    private static void assertSensible(MediaPlan plan) {
        assertThat(Descriptions.ice(plan).remoteCandidates()).hasSizeLessThanOrEqualTo(32);
        assertThat(Descriptions.ice(plan).remoteIce().password()).hasSizeBetween(22, 256);
        assertThat(plan.audio().payloadType()).isBetween(0, 127).matches(type -> type < 64 || type > 95);
        assertThat(plan.audio().sendChannels()).isBetween(1, 2);
        assertThat(plan.audio().telephoneEventPayloadType()).isBetween(-1, 127);
    }

    private static SessionDescription read(SdpText text) {
        return ((Decoded) SdpDecoder.decode(text)).description();
    }
}
