package io.jverto.switchboard.negotiate;

import static io.jverto.switchboard.negotiate.Descriptions.local;
import static io.jverto.switchboard.negotiate.Descriptions.plan;
import static io.jverto.switchboard.negotiate.Descriptions.reason;
import static io.jverto.switchboard.negotiate.Descriptions.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.NoiseUse;
import io.jverto.media.plan.VideoCodec;
import io.jverto.media.plan.VideoFormat;
import io.jverto.media.plan.VideoPlan;
import io.jverto.switchboard.negotiate.Negotiation.Agreed;
import io.jverto.wire.sdp.SdpText;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Calls without an audio line: a screen that has a call of its own.
class PictureAloneTest {
    private static final List<VideoCodec> VP8 = List.of(VideoCodec.VP8);

    private static Terms terms(VideoTerms video) {
        return new Terms(CodecPreferences.decode("opus"), Terms.Mode.GENEROUS, 7, Optional.empty(), NoiseUse.NEVER, video);
    }

    private static Negotiation answer(String offer) {
        return Negotiator.answer(new SdpText(offer), local(), terms(VideoTerms.any(VP8)));
    }

    /// What a browser offers that shares its screen and nothing else.
    private static String screen() {
        String both = VideoNegotiationTest.offer("a=ice-ufrag:abcd", "a=ice-pwd:0123456789012345678901", "a=setup:actpass", "a=rtcp-mux", "a=sendonly",
                "a=fingerprint:sha-256 " + Descriptions.OUR_HASH);
        return both.substring(0, both.indexOf("m=audio")).replace("BUNDLE 0 1", "BUNDLE 1") + both.substring(both.indexOf("m=video"));
    }

    @Test
    void anOfferWithAPictureAloneIsAnsweredOnItsOwnTransport() {
        Negotiation negotiation = answer(screen());

        assertThat(text(negotiation)).doesNotContain("m=audio").contains(
                "a=group:BUNDLE 1\r\n", "m=video 16384 UDP/TLS/RTP/SAVPF 96 97\r\n", "a=recvonly\r\n", "a=setup:active\r\n", "a=mid:1\r\n", "a=ice-ufrag:");
        MediaPlan agreed = plan(negotiation);
        assertThat(agreed.audio()).isEqualTo(AudioPlan.NONE);
        VideoPlan video = agreed.video().orElseThrow();
        assertThat(video.payloadType()).isEqualTo(96);
        assertThat(video.receiving()).isTrue();
        assertThat(video.sending()).isFalse();
        assertThat(Descriptions.ice(agreed).remoteIce().ufrag()).isEqualTo("abcd");
    }

    @Test
    void anOfferWithoutABundleIsAnsweredWithoutOne() {
        assertThat(text(answer(screen().replace("a=group:BUNDLE 1\r\n", "")))).contains("m=video 16384 ").doesNotContain("a=group");
    }

    @Test
    void itsPictureIsWhatSomebodyElseCanBeGivenAndItHasNoSoundForHim() {
        SdpText offer = new SdpText(screen());

        assertThat(Negotiator.commonVideo(offer, VP8)).extracting(VideoFormat::payloadType).containsExactly(96);
        assertThat(Negotiator.common(offer, CodecPreferences.decode("opus"))).isEmpty();
        assertThat(Negotiator.hasIce(offer)).isTrue();
    }

    @Test
    void aSecondPictureIsRefusedBesideTheFirst() {
        String second = screen() + Descriptions.lines("m=video 9 UDP/TLS/RTP/SAVPF 96", "a=mid:2", "a=rtpmap:96 VP8/90000");

        assertThat(text(answer(second))).contains("m=video 16384 ").endsWith("m=video 0 UDP/TLS/RTP/SAVPF 96\r\na=mid:2\r\n");
    }

    @Test
    void soundThatIsSwitchedOffBesideAPictureStaysSo() {
        String offer = VideoNegotiationTest.offer("a=ice-ufrag:abcd", "a=ice-pwd:0123456789012345678901", "a=setup:actpass",
                "a=fingerprint:sha-256 " + Descriptions.OUR_HASH).replace("m=audio 9", "m=audio 0").replace("BUNDLE 0 1", "BUNDLE 1");

        assertThat(text(answer(offer))).contains("m=audio 0 ", "m=video 16384 ", "a=group:BUNDLE 1\r\n");
    }

    @Test
    void itIsRefusedWhereNobodyWouldSeeItOrItCannotBeReached() {
        VideoTerms nobody = new VideoTerms(VP8, List.of(), Optional.of(List.of()), 0, 0);

        assertThat(reason(Negotiator.answer(new SdpText(screen()), local(), terms(nobody)))).contains("none of its video codecs");
        assertThat(reason(Negotiator.answer(new SdpText(screen()), local(), terms(VideoTerms.NONE)))).contains("none of its video codecs");
        assertThat(reason(answer(screen().replace("a=ice-pwd:0123456789012345678901\r\n", "")))).contains("ice-pwd");
        assertThat(reason(answer(screen().replace("UDP/TLS/RTP/SAVPF", "RTP/AVP")))).contains("its video is not secured");
    }

    @Test
    void itIsOfferedAgainWithoutSoundAndItsAnswerIsTaken() {
        MediaPlan agreed = plan(answer(screen()));
        SdpText offer = Negotiator.reoffer(local(), agreed, 9);
        Negotiation browsers = Negotiator.answer(offer, local("192.0.2.7"), terms(VideoTerms.any(VP8)));
        SdpText answer = ((Agreed) browsers).local();

        assertThat(offer.value()).doesNotContain("m=audio").contains("a=group:BUNDLE 1\r\n", "m=video 16384 ");
        MediaPlan again = plan(Negotiator.accept(offer, answer));
        assertThat(again.audio()).isEqualTo(AudioPlan.NONE);
        assertThat(again.video().orElseThrow().payloadType()).isEqualTo(96);
        assertThat(reason(Negotiator.accept(offer, new SdpText(answer.value().replace("m=video 16384", "m=video 0"))))).contains("refuses video");
    }
}
