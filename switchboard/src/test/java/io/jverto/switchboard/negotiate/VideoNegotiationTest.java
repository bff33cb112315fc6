package io.jverto.switchboard.negotiate;

import static io.jverto.switchboard.negotiate.Descriptions.lines;
import static io.jverto.switchboard.negotiate.Descriptions.local;
import static io.jverto.switchboard.negotiate.Descriptions.plan;
import static io.jverto.switchboard.negotiate.Descriptions.recorded;
import static io.jverto.switchboard.negotiate.Descriptions.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.GalleryLine;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.NoiseUse;
import io.jverto.media.plan.SimulcastPlan;
import io.jverto.media.plan.VideoCodec;
import io.jverto.media.plan.VideoFormat;
import io.jverto.media.plan.VideoPlan;
import io.jverto.switchboard.negotiate.Negotiation.Agreed;
import io.jverto.wire.sdp.SdpText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VideoNegotiationTest {
    private static final List<VideoCodec> ALL = List.of(VideoCodec.VP8, VideoCodec.H264, VideoCodec.VP9, VideoCodec.AV1);
    private static final VideoFormat VP8 = new VideoFormat(VideoCodec.VP8, 96);
    private static final VideoFormat VP9 = new VideoFormat(VideoCodec.VP9, 98, Map.of("profile-id", "0"));

    private static Terms terms(VideoTerms video) {
        return new Terms(CodecPreferences.decode("opus"), Terms.Mode.GENEROUS, 7, Optional.empty(), NoiseUse.NEVER, video);
    }

    private static Negotiation answer(String offer, VideoTerms video) {
        return Negotiator.answer(new SdpText(offer), local(), terms(video));
    }

    /// Of a browser.
    static String offer(String... videoLines) {
        return Descriptions.offer("a=mid:0").replace("t=0 0", "t=0 0\r\na=group:BUNDLE 0 1")
                + lines("m=video 9 UDP/TLS/RTP/SAVPF 96 97 98 99 100 101 102 103 45 46",
                        "c=IN IP4 0.0.0.0",
                        "b=AS:1200",
                        "b=TIAS:900000",
                        "a=mid:1",
                        "a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
                        "a=extmap:4 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
                        "a=extmap:9 urn:ietf:params:rtp-hdrext:sdes:mid",
                        "a=rtpmap:96 VP8/90000",
                        "a=rtcp-fb:96 goog-remb",
                        "a=rtcp-fb:96 transport-cc",
                        "a=rtcp-fb:96 ccm fir",
                        "a=rtcp-fb:96 nack",
                        "a=rtcp-fb:96 nack pli",
                        "a=rtpmap:97 rtx/90000",
                        "a=fmtp:97 apt=96",
                        "a=rtpmap:98 VP9/90000",
                        "a=fmtp:98 profile-id=0",
                        "a=rtcp-fb:98 nack pli",
                        "a=rtpmap:99 rtx/90000",
                        "a=fmtp:99 apt=98",
                        "a=rtpmap:100 VP9/90000",
                        "a=fmtp:100 profile-id=2",
                        "a=rtpmap:102 H264/90000",
                        "a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
                        "a=rtpmap:45 AV1/90000")
                + lines(videoLines);
    }

    @Test
    void answersVideoOnTheTransportOfTheSoundLineByLine() {
        Negotiation negotiation = answer(offer(), new VideoTerms(ALL, List.of(), Optional.empty(), 3_072, 0));

        assertThat(text(negotiation)).contains("a=group:BUNDLE 0 1\r\n").endsWith(lines(
                "m=video 16384 UDP/TLS/RTP/SAVPF 96 97",
                "b=AS:3072",
                "a=rtpmap:96 VP8/90000",
                "a=rtpmap:97 rtx/90000",
                "a=fmtp:97 apt=96",
                "a=sendrecv",
                "a=fingerprint:sha-256 " + Descriptions.OUR_HASH,
                "a=setup:active",
                "a=mid:1",
                "a=rtcp-mux",
                "a=rtcp:16384 IN IP4 203.0.113.10",
                "a=rtcp-fb:96 ccm fir",
                "a=rtcp-fb:96 nack",
                "a=rtcp-fb:96 nack pli",
                "a=rtcp-fb:96 goog-remb",
                "a=rtcp-fb:96 transport-cc",
                "a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
                "a=extmap:4 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
                "a=extmap:9 urn:ietf:params:rtp-hdrext:sdes:mid",
                "a=ssrc-group:FID 3091827466 3091827467",
                "a=ssrc:3091827466 cname:w8GfT2yQkP5nZcXb",
                "a=ssrc:3091827466 msid:k3Jx0mQ9wZ1r7TtYb2VnLs8dHf4Pg6Ce v0",
                "a=ssrc:3091827466 mslabel:k3Jx0mQ9wZ1r7TtYb2VnLs8dHf4Pg6Ce",
                "a=ssrc:3091827466 label:k3Jx0mQ9wZ1r7TtYb2VnLs8dHf4Pg6Cev0",
                "a=ssrc:3091827467 cname:w8GfT2yQkP5nZcXb",
                "a=ssrc:3091827467 msid:k3Jx0mQ9wZ1r7TtYb2VnLs8dHf4Pg6Ce v0",
                "a=ssrc:3091827467 mslabel:k3Jx0mQ9wZ1r7TtYb2VnLs8dHf4Pg6Ce",
                "a=ssrc:3091827467 label:k3Jx0mQ9wZ1r7TtYb2VnLs8dHf4Pg6Cev0",
                "a=ice-ufrag:Qm3vX8tY1pLw7ZrA",
                "a=ice-pwd:b7Kd0sNfJ2yHgR5cVxE9uTqW",
                "a=candidate:4821950376 1 udp 2130706431 203.0.113.10 16384 typ host generation 0",
                "a=end-of-candidates"));
        assertThat(plan(negotiation).video()).contains(new VideoPlan(
                VP8, 97, VideoPlan.Feedback.ALL, new VideoPlan.Extensions(4, 2, 9), "1", 900, 3_072, true, true));
    }

    /// Rooms are only of use with video when all have the same.
    @ParameterizedTest
    @CsvSource({"'opus,vp8,vp9',VP8,96", "'opus,vp9,vp8',VP9,98", "'opus,h264',H264,102", "'CORE_VPX_MODULE.VP9',VP9,98", "'av1',AV1,45"})
    void takesTheFirstOfOurList(String list, VideoCodec codec, int payloadType) {
        VideoPlan video = plan(answer(offer(), VideoTerms.any(CodecPreferences.decode(list).video()))).video().orElseThrow();

        assertThat(video.codec()).isEqualTo(codec);
        assertThat(video.payloadType()).isEqualTo(payloadType);
    }

    @Test
    void asksForNothingAgainWithoutPacketsForIt() {
        VideoPlan video = plan(answer(offer(), VideoTerms.any(List.of(VideoCodec.H264)))).video().orElseThrow();

        assertThat(video.rtxPayloadType()).isEqualTo(-1);
        assertThat(video.feedback()).isEqualTo(new VideoPlan.Feedback(false, false, false, false, false));
        assertThat(video.extensions().transportSequence()).isZero();
    }

    @Test
    void takesOnlyWhatWhoeverItTalksWithCanRead() {
        VideoFormat other = new VideoFormat(VideoCodec.VP9, 77, Map.of("profile-id", "2"));
        VideoTerms matching = new VideoTerms(ALL, List.of(), Optional.of(List.of(other)), 0, 0);

        assertThat(plan(answer(offer(), matching)).video().orElseThrow().payloadType()).isEqualTo(100);
    }

    @Test
    void refusesVideoThatNobodyWouldSeeAndGoesOnWithTheSound() {
        Negotiation negotiation = answer(offer(), new VideoTerms(ALL, List.of(), Optional.of(List.of()), 0, 0));

        assertThat(text(negotiation)).contains("a=group:BUNDLE 0\r\n").endsWith("m=video 0 UDP/TLS/RTP/SAVPF 96\r\na=mid:1\r\n");
        assertThat(plan(negotiation).video()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"42e01f,1,true", "42E034,1,true", "42001f,1,false", "640c1f,1,false", "42e01f,0,false"})
    void matchesProfileAndPacketsOfH264ButNotItsLevel(String profile, String mode, boolean fits) {
        VideoFormat ours = new VideoFormat(VideoCodec.H264, 102, Map.of("packetization-mode", "1", "profile-level-id", "42e01f"));
        VideoFormat theirs = new VideoFormat(VideoCodec.H264, 30, Map.of("packetization-mode", mode, "profile-level-id", profile));

        assertThat(ours.fits(theirs)).isEqualTo(fits);
    }

    @Test
    void takesTheFirstOfSeveralVideoLinesAndRefusesTheOthers() {
        String second = offer().replace("BUNDLE 0 1", "BUNDLE 0 1 2")
                + lines("m=video 9 UDP/TLS/RTP/SAVPF 96", "a=mid:2", "a=rtpmap:96 VP8/90000");

        assertThat(text(answer(second, VideoTerms.any(ALL))))
                .contains("a=group:BUNDLE 0 1\r\n", "m=video 16384 ").endsWith("m=video 0 UDP/TLS/RTP/SAVPF 96\r\na=mid:2\r\n");
    }

    @Test
    void refusesVideoOnATransportOfItsOwn() {
        String apart = offer().replace("BUNDLE 0 1", "BUNDLE 0");

        assertThat(text(answer(apart, VideoTerms.any(ALL)))).contains("m=video 0 ");
        assertThat(text(answer(offer().replace("a=group:BUNDLE 0 1\r\n", ""), VideoTerms.any(ALL)))).contains("m=video 0 ");
    }

    @ParameterizedTest
    @CsvSource({"sendrecv,sendrecv,true,true", "sendonly,recvonly,false,true", "recvonly,sendonly,true,false", "inactive,inactive,false,false"})
    void mirrorsDirections(String offered, String answered, boolean sending, boolean receiving) {
        Negotiation negotiation = answer(offer("a=" + offered), VideoTerms.any(ALL));

        assertThat(text(negotiation).substring(text(negotiation).indexOf("m=video"))).contains("a=" + answered + "\r\n");
        assertThat(plan(negotiation).video().orElseThrow().sending()).isEqualTo(sending);
        assertThat(plan(negotiation).video().orElseThrow().receiving()).isEqualTo(receiving);
    }

    @Test
    void answersTheVideoLineThatSignalWireAlwaysSendsWithoutWantingItsCamera() {
        Negotiation negotiation = answer(recorded("signalwire-audio-video.sdp"), VideoTerms.any(ALL));

        assertThat(text(negotiation)).contains("m=video 16384 UDP/TLS/RTP/SAVPF 96 97\r\n", "a=sendonly\r\n");
        assertThat(Negotiator.commonVideo(new SdpText(recorded("signalwire-audio-video.sdp")), ALL)).isEmpty();
    }

    @Test
    void answersFirefox() {
        Negotiation negotiation = answer(recorded("firefox-audio-video.sdp"), VideoTerms.any(List.of(VideoCodec.VP8)));

        assertThat(text(negotiation)).contains("m=video 16384 UDP/TLS/RTP/SAVPF 120 124\r\n", "a=fmtp:120 max-fs=12288; max-fr=60\r\n");
    }

    @Test
    void offersWhatTheCallerSendsUnderItsNumbersBundledWithTheSound() {
        List<VideoFormat> callers = Negotiator.commonVideo(new SdpText(offer()), List.of(VideoCodec.VP9, VideoCodec.VP8));
        String text = Negotiator.offer(local(), terms(new VideoTerms(ALL, callers, Optional.empty(), 3_072, 0))).value();

        assertThat(text).contains("a=group:BUNDLE 0 1\r\n", "a=mid:0\r\n", "a=mid:1\r\n", "b=AS:3072\r\n",
                "m=video 16384 UDP/TLS/RTP/SAVPF 98 97 100 99 96 103\r\n", "a=rtpmap:98 VP9/90000\r\na=fmtp:98 profile-id=0\r\n",
                "a=rtcp-fb:96 nack pli\r\n", "a=rtcp-fb:98 transport-cc\r\n", "a=ssrc-group:FID 3091827466 3091827467\r\n");
    }

    @Test
    void neverNamesVideoInAnOfferWithout() {
        assertThat(Negotiator.offer(local(), terms(VideoTerms.any(ALL))).value()).doesNotContain("video");
    }

    @Test
    void agreesOnTheFirstThatIsAnswered() {
        SdpText offer = Negotiator.offer(local(), terms(new VideoTerms(ALL, List.of(VP8, VP9), Optional.empty(), 3_072, 0)));
        SdpText browsers = new SdpText(((Agreed) Negotiator.answer(offer, local("192.0.2.7"), terms(VideoTerms.any(List.of(VideoCodec.VP9))))).local().value()
                .replace("b=AS:3072", "b=AS:500"));

        VideoPlan video = plan(Negotiator.accept(offer, browsers)).video().orElseThrow();

        assertThat(video.format()).isEqualTo(VP9);
        assertThat(video.maxReceiveKbps()).isEqualTo(3_072);
        assertThat(video.feedback()).isEqualTo(VideoPlan.Feedback.ALL);
        assertThat(video.sending() && video.receiving()).isTrue();
    }

    @Test
    void hasSoundAloneWhenTheVideoIsRefusedOrOfAnotherCodec() {
        SdpText offer = Negotiator.offer(local(), terms(new VideoTerms(ALL, List.of(VP8), Optional.empty(), 0, 0)));
        String refused = ((Agreed) Negotiator.answer(offer, local("192.0.2.7"), terms(VideoTerms.NONE))).local().value();
        String other = ((Agreed) Negotiator.answer(offer, local("192.0.2.7"), terms(VideoTerms.any(ALL)))).local().value()
                .replace("a=rtpmap:96 VP8", "a=rtpmap:96 H264");

        assertThat(plan(Negotiator.accept(offer, new SdpText(refused))).video()).isEmpty();
        assertThat(plan(Negotiator.accept(offer, new SdpText(other))).video()).isEmpty();
    }

    @Test
    void offersAgainWhatWasAgreed() {
        MediaPlan agreed = plan(answer(offer("a=recvonly"), new VideoTerms(ALL, List.of(), Optional.empty(), 2_000, 0)));

        assertThat(Negotiator.reoffer(local(), agreed, 9).value()).contains("a=group:BUNDLE 0 1\r\n", "m=video 16384 UDP/TLS/RTP/SAVPF 96 97\r\nb=AS:2000\r\n",
                "a=sendonly\r\n", "a=setup:actpass\r\n");
    }

    @ParameterizedTest
    @CsvSource({"AS:x", "AS:", "TIAS:-1", "CT:64", "AS:99999999999", "''"})
    void passesOverBandwidthsThatAreNone(String value) {
        String offer = offer().replace("b=AS:1200\r\n", value.isEmpty() ? "" : "b=" + value + "\r\n").replace("b=TIAS:900000\r\n", "");

        assertThat(plan(answer(offer, VideoTerms.any(ALL))).video().orElseThrow().maxSendKbps()).isZero();
    }

    @Test
    void sendsNoMoreThanTheCallIsAllowed() {
        VideoTerms slow = new VideoTerms(ALL, List.of(), Optional.empty(), 0, 300);

        assertThat(plan(answer(offer(), slow)).video().orElseThrow().maxSendKbps()).isEqualTo(300);
    }

    private static final VideoTerms WITH_GALLERY = new VideoTerms(ALL, List.of(), Optional.empty(), 3_072, 0, 2);

    /// With four more video lines: two that only take pictures, one that sends some, and one more that takes some.
    private static String galleryOffer() {
        String more = "";
        String[] directions = {"recvonly", "sendrecv", "recvonly", "recvonly"};
        for (int i = 0; i < directions.length; i++) {
            more += lines("m=video 9 UDP/TLS/RTP/SAVPF 96 97", "c=IN IP4 0.0.0.0", "a=mid:" + (i + 2), "a=" + directions[i],
                    "a=extmap:9 urn:ietf:params:rtp-hdrext:sdes:mid", "a=rtpmap:96 VP8/90000", "a=rtcp-fb:96 nack", "a=rtcp-fb:96 nack pli",
                    "a=rtpmap:97 rtx/90000", "a=fmtp:97 apt=96");
        }
        return offer().replace("BUNDLE 0 1", "BUNDLE 0 1 2 3 4 5") + more;
    }

    @Test
    void takesLinesForSingleMembersAsManyAsItMay() {
        Negotiation negotiation = answer(galleryOffer(), WITH_GALLERY);

        assertThat(plan(negotiation).gallery()).extracting(GalleryLine::number).containsExactly(0, 2);
        assertThat(plan(negotiation).gallery()).extracting(line -> line.plan().mid()).containsExactly("2", "4");
        assertThat(plan(negotiation).gallery()).allSatisfy(line -> {
            assertThat(line.plan().sending()).isTrue();
            assertThat(line.plan().receiving()).isFalse();
            assertThat(line.plan().rtxPayloadType()).isEqualTo(97);
        });
        long ssrc = Integer.toUnsignedLong(local().gallerySsrc(2));
        assertThat(text(negotiation)).contains("a=group:BUNDLE 0 1 2 4\r\n", "a=ssrc-group:FID " + ssrc + " " + (ssrc + 1))
                .contains("m=video 0 UDP/TLS/RTP/SAVPF 96\r\na=mid:3\r\n").endsWith("m=video 0 UDP/TLS/RTP/SAVPF 96\r\na=mid:5\r\n");
        assertThat(text(negotiation).split("a=sendonly", -1)).hasSize(3);
    }

    @Test
    void takesNoneOfThemForWhoDidNotAsk() {
        Negotiation negotiation = answer(galleryOffer(), new VideoTerms(ALL, List.of(), Optional.empty(), 3_072, 0));

        assertThat(plan(negotiation).gallery()).isEmpty();
        assertThat(text(negotiation)).contains("a=group:BUNDLE 0 1\r\n").doesNotContain("a=sendonly");
    }

    @Test
    void takesNoLineInAnotherFormatThanTheFirst() {
        String other = galleryOffer().replace("a=mid:2\r\na=recvonly\r\na=extmap:9 urn:ietf:params:rtp-hdrext:sdes:mid\r\na=rtpmap:96 VP8/90000",
                "a=mid:2\r\na=recvonly\r\na=extmap:9 urn:ietf:params:rtp-hdrext:sdes:mid\r\na=rtpmap:96 AV1/90000");

        assertThat(plan(answer(other, WITH_GALLERY)).gallery()).extracting(GalleryLine::number).containsExactly(2, 3);
    }

    /// A camera on a line of its own, in several sizes.
    private static String simulcastOffer(String... more) {
        return offer("a=recvonly").replace("BUNDLE 0 1", "BUNDLE 0 1 2") + lines("m=video 9 UDP/TLS/RTP/SAVPF 96 97", "c=IN IP4 0.0.0.0", "a=mid:2", "a=sendonly",
                "a=extmap:9 urn:ietf:params:rtp-hdrext:sdes:mid", "a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id",
                "a=extmap:11 urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id", "a=rtpmap:96 VP8/90000", "a=rtpmap:97 rtx/90000", "a=fmtp:97 apt=96") + lines(more);
    }

    @Test
    void takesACameraInSeveralSizesOnALineOfItsOwn() {
        Negotiation negotiation = answer(simulcastOffer("a=rid:q send", "a=rid:h send", "a=rid:f send", "a=simulcast:send q;h;f"), WITH_GALLERY);

        assertThat(plan(negotiation).simulcast()).contains(new SimulcastPlan("2", List.of("q", "h", "f"), 10, 11));
        assertThat(plan(negotiation).video()).hasValueSatisfying(video -> {
            assertThat(video.receiving()).as("though its own line takes alone").isTrue();
            assertThat(video.sending()).isTrue();
        });
        assertThat(text(negotiation)).contains("a=group:BUNDLE 0 1 2\r\n").contains(lines("a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id",
                "a=extmap:11 urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id", "a=rid:q recv", "a=rid:h recv", "a=rid:f recv", "a=simulcast:recv q;h;f"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "a=rid:q send,a=simulcast:send q",
        "a=rid:q send,a=rid:h send,a=simulcast:send q;h;f",
        "a=rid:q send,a=rid:h send,a=simulcast:send q;~h",
        "a=rid:q send,a=rid:h send,a=simulcast:send q,h",
        "a=rid:q send,a=rid:q send,a=simulcast:send q;q",
        "a=rid:a send,a=rid:b send,a=rid:c send,a=rid:d send,a=simulcast:send a;b;c;d",
        "a=rid:q recv,a=rid:h recv,a=simulcast:recv q;h",
        "a=simulcast:send q;h",
        "a=rid:qqqqqqqqqqqqqqqqqqqqq send,a=rid:h send,a=simulcast:send qqqqqqqqqqqqqqqqqqqqq;h"
    })
    void takesNoSizesThatItDoesNotUnderstand(String said) {
        Negotiation negotiation = answer(simulcastOffer(said.split(",(?=a=)")), WITH_GALLERY);

        assertThat(plan(negotiation).simulcast()).isEmpty();
        assertThat(plan(negotiation).video()).hasValueSatisfying(video -> assertThat(video.receiving()).isFalse());
        assertThat(text(negotiation)).endsWith("m=video 0 UDP/TLS/RTP/SAVPF 96\r\na=mid:2\r\n");
    }

    @Test
    void takesNoSizesOfWhoDidNotAskForGalleries() {
        Negotiation negotiation = answer(
                simulcastOffer("a=rid:q send", "a=rid:h send", "a=simulcast:send q;h"), new VideoTerms(ALL, List.of(), Optional.empty(), 3_072, 0));

        assertThat(plan(negotiation).simulcast()).isEmpty();
    }

    @Test
    void keepsALineOnWhichNothingIsToFlowForNow() {
        Negotiation negotiation = answer(galleryOffer().replace("a=mid:2\r\na=recvonly", "a=mid:2\r\na=inactive"), WITH_GALLERY);

        assertThat(plan(negotiation).gallery()).extracting(line -> line.plan().sending()).containsExactly(false, true);
        assertThat(text(negotiation)).contains("a=inactive\r\n");
    }
}
