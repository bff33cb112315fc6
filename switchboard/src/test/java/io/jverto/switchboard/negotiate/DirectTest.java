package io.jverto.switchboard.negotiate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.DirectPlan;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.LocalMedia;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.MediaSecurity;
import io.jverto.media.plan.SrtpKeys;
import io.jverto.media.plan.SrtpMaster;
import io.jverto.media.plan.SrtpProfile;
import io.jverto.switchboard.negotiate.Negotiation.Agreed;
import io.jverto.switchboard.negotiate.Negotiation.Refused;
import io.jverto.wire.sdp.SdpText;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Offers and answers of telephones: RTP/AVP, and RTP/SAVP with keys in the SDP.
class DirectTest {
    private static final String THEIR_KEY = Base64.getEncoder().encodeToString(filled(30, 7));
    private static final String PLAIN = Descriptions.lines(
            "v=0",
            "o=sipp 5 1 IN IP4 192.0.2.77",
            "s=-",
            "c=IN IP4 192.0.2.77",
            "t=0 0",
            "m=audio 6000 RTP/AVP 8 0 96",
            "a=rtpmap:96 telephone-event/8000",
            "a=fmtp:96 0-15");
    private static final String SECURE = PLAIN.replace("RTP/AVP", "RTP/SAVP")
            + Descriptions.lines("a=crypto:3 AES_CM_128_HMAC_SHA1_32 inline:" + THEIR_KEY, "a=crypto:4 AES_CM_128_HMAC_SHA1_80 inline:" + THEIR_KEY + "|2^31");

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static LocalMedia local() {
        LocalMedia ice = Descriptions.local();
        return new LocalMedia(ice.address(), ice.ice(), ice.fingerprint(), ice.audioSsrc(), ice.cname(), ice.streamId(), ice.candidateFoundation(), List.of(
                new SrtpMaster(SrtpProfile.AEAD_AES_128_GCM, filled(16, 1), filled(12, 2)),
                new SrtpMaster(SrtpProfile.AES128_CM_HMAC_SHA1_80, filled(16, 3), filled(14, 4))), false);
    }

    private static Terms terms(String codecs, MediaSecurity use) {
        return new Terms(CodecPreferences.decode(codecs), Terms.Mode.GENEROUS, 7, Optional.of(use));
    }

    private static Negotiation answer(String offer, MediaSecurity use) {
        return Negotiator.answer(new SdpText(offer), local(), terms("opus,pcmu,pcma", use));
    }

    private static Agreed agreed(Negotiation negotiation) {
        assertThat(negotiation).isInstanceOf(Agreed.class);
        return (Agreed) negotiation;
    }

    private static DirectPlan direct(MediaPlan plan) {
        return (DirectPlan) plan.transport();
    }

    @Test
    void aPlainOfferIsAnsweredLineByLine() {
        Agreed agreed = agreed(answer(PLAIN, MediaSecurity.OPTIONAL));

        assertThat(agreed.local().value().split("\r\n")).containsExactly(
                "v=0",
                "o=jverto 3091827465 7 IN IP4 203.0.113.10",
                "s=jverto",
                "c=IN IP4 203.0.113.10",
                "t=0 0",
                "m=audio 16384 RTP/AVP 8 96",
                "a=rtpmap:8 PCMA/8000",
                "a=rtpmap:96 telephone-event/8000",
                "a=fmtp:96 0-15",
                "a=ptime:20",
                "a=sendrecv",
                "a=rtcp:16385");
        assertThat(direct(agreed.plan()).rtp()).hasToString("/192.0.2.77:6000");
        assertThat(direct(agreed.plan()).rtcp()).hasToString("/192.0.2.77:6001");
        assertThat(direct(agreed.plan()).keys()).isEmpty();
        assertThat(agreed.plan().audio().codec()).isEqualTo(AudioCodec.PCMA);
        assertThat(agreed.plan().audio().telephoneEventPayloadType()).isEqualTo(96);
    }

    @Test
    void s24ABrowserMustNotBeAnsweredInPlain() {
        Negotiation plain = Negotiator.answer(new SdpText(PLAIN), local(), Descriptions.terms());
        Negotiation sdes = Negotiator.answer(new SdpText(SECURE), local(), Descriptions.terms());

        assertThat(plain).isInstanceOf(Refused.class);
        assertThat(sdes).isInstanceOf(Refused.class);
    }

    @Test
    void keysOfTheOfferAreAnsweredByOursUnderTheSameTag() {
        Agreed agreed = agreed(answer(SECURE, MediaSecurity.OPTIONAL));

        byte[] ours = filled(30, 3);
        Arrays.fill(ours, 16, 30, (byte) 4);
        assertThat(agreed.local().value()).contains("m=audio 16384 RTP/SAVP 8 96\r\n")
                .contains("a=crypto:4 AES_CM_128_HMAC_SHA1_80 inline:" + Base64.getEncoder().encodeToString(ours) + "\r\n")
                .doesNotContain("SHA1_32");
        SrtpKeys keys = direct(agreed.plan()).keys().orElseThrow();
        assertThat(keys.profile()).isEqualTo(SrtpProfile.AES128_CM_HMAC_SHA1_80);
        assertThat(keys.clientKey()).isEqualTo(filled(16, 3));
        assertThat(keys.serverKey()).isEqualTo(filled(16, 7));
        assertThat(keys.serverSalt()).isEqualTo(filled(14, 7));
    }

    @Test
    void whatTheProfileForbidsOrDemandsIsRefusedOtherwise() {
        assertThat(answer(SECURE, MediaSecurity.FORBIDDEN)).isInstanceOf(Refused.class);
        assertThat(answer(PLAIN, MediaSecurity.MANDATORY)).isInstanceOf(Refused.class);
        assertThat(answer(SECURE, MediaSecurity.MANDATORY)).isInstanceOf(Agreed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:c2hvcnQ=",
        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:KKKK|2^20|1:4",
        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:KKKK;inline:KKKK",
        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:KKKK UNENCRYPTED_SRTP",
        "a=crypto:1 F8_128_HMAC_SHA1_80 inline:KKKK",
        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:***",
        "a=crypto:x AES_CM_128_HMAC_SHA1_80 inline:KKKK",
        "a=crypto:",
    })
    void aKeyLineThatCannotBeUsedIsPassedOver(String line) {
        String offer = PLAIN.replace("RTP/AVP", "RTP/SAVP") + Descriptions.lines(line.replace("KKKK", THEIR_KEY));

        assertThat(answer(offer, MediaSecurity.OPTIONAL)).isInstanceOf(Refused.class);
        assertThat(answer(offer + Descriptions.lines("a=crypto:9 AES_CM_128_HMAC_SHA1_80 inline:" + THEIR_KEY), MediaSecurity.OPTIONAL)).isInstanceOf(Agreed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c=IN IP4 pbx.example.org", "c=IN IP4 224.1.1.1", "c=IN IP4", "c=ATM NSAP 4"})
    void anAddressThatIsNoneIsRefused(String line) {
        assertThat(answer(PLAIN.replace("c=IN IP4 192.0.2.77", line), MediaSecurity.OPTIONAL)).isInstanceOf(Refused.class);
    }

    @Test
    void rtcpGoesWhereTheOfferSays() {
        Agreed apart = agreed(answer(PLAIN + Descriptions.lines("a=rtcp:7777 IN IP4 192.0.2.78"), MediaSecurity.OPTIONAL));
        Agreed together = agreed(answer(PLAIN + Descriptions.lines("a=rtcp-mux"), MediaSecurity.OPTIONAL));

        assertThat(direct(apart.plan()).rtcp()).hasToString("/192.0.2.78:7777");
        assertThat(direct(together.plan()).rtcpMux()).isTrue();
        assertThat(together.local().value()).contains("a=rtcp-mux\r\n").doesNotContain("a=rtcp:");
    }

    @Test
    void holdByDirectionAndByTheOldAddressAreSeen() {
        Agreed sendonly = agreed(answer(PLAIN + "a=sendonly\r\n", MediaSecurity.OPTIONAL));
        Agreed inactive = agreed(answer(PLAIN + "a=inactive\r\n", MediaSecurity.OPTIONAL));
        Agreed old = agreed(answer(PLAIN.replace("c=IN IP4 192.0.2.77", "c=IN IP4 0.0.0.0"), MediaSecurity.OPTIONAL));

        assertThat(sendonly.local().value()).contains("a=recvonly\r\n");
        assertThat(sendonly.plan().audio().sending()).isFalse();
        assertThat(sendonly.plan().audio().receiving()).isTrue();
        assertThat(inactive.local().value()).contains("a=inactive\r\n");
        assertThat(old.local().value()).contains("a=recvonly\r\n");
        assertThat(old.plan().audio().sending()).isFalse();
    }

    @Test
    void aPlainOfferNamesEveryCodecAndOneEvent() {
        SdpText offer = Negotiator.offer(local(), terms("opus,g722,pcmu,pcma", MediaSecurity.FORBIDDEN));

        assertThat(offer.value()).contains("m=audio 16384 RTP/AVP 102 9 0 8 101\r\n", "a=rtpmap:102 opus/48000/2\r\n", "a=rtpmap:9 G722/8000\r\n",
                "a=rtpmap:0 PCMU/8000\r\n", "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n");
        assertThat(offer.value()).doesNotContain("candidate", "fingerprint", "crypto", "msid", "rtcp-mux");
    }

    @Test
    void anOptionalOfferHasBothLinesAndTheAnswerChooses() {
        SdpText offer = Negotiator.offer(local(), terms("pcmu", MediaSecurity.OPTIONAL));
        assertThat(offer.value()).contains("m=audio 16384 RTP/SAVP 0 101\r\n", "m=audio 16384 RTP/AVP 0 101\r\n",
                "a=crypto:1 AEAD_AES_128_GCM inline:", "a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:");
        String head = "v=0\r\no=- 1 1 IN IP4 192.0.2.77\r\ns=-\r\nc=IN IP4 192.0.2.77\r\nt=0 0\r\n";

        Agreed secure = agreed(Negotiator.accept(offer, new SdpText(head + "m=audio 6000 RTP/SAVP 0\r\na=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:" + THEIR_KEY
                + "\r\nm=audio 0 RTP/AVP 0\r\n")));
        Agreed plain = agreed(Negotiator.accept(offer, new SdpText(head + "m=audio 0 RTP/SAVP 0\r\nm=audio 6000 RTP/AVP 0\r\n")));
        Negotiation downgraded = Negotiator.accept(offer, new SdpText(head + "m=audio 6000 RTP/AVP 0\r\nm=audio 0 RTP/AVP 0\r\n"));

        assertThat(direct(secure.plan()).keys().orElseThrow().clientKey()).isEqualTo(filled(16, 3));
        assertThat(direct(plain.plan()).keys()).isEmpty();
        assertThat(downgraded).isInstanceOf(Refused.class);
    }

    @Test
    void aReofferKeepsEveryLineAndItsKeys() {
        String video = Descriptions.lines("m=video 7000 RTP/AVP 96");
        Agreed first = agreed(answer(SECURE + video, MediaSecurity.OPTIONAL));

        SdpText held = Negotiator.reoffer(first.local(), local(), first.plan(), true, 8);

        assertThat(held.value()).contains("o=jverto 3091827465 8 IN", "m=audio 16384 RTP/SAVP 8 96\r\n", "a=sendonly\r\n", "m=video 0 RTP/AVP 96\r\n", "a=crypto:4 AES_CM");
        Agreed answered = agreed(Negotiator.accept(held, new SdpText(SECURE.replace("m=audio 6000 RTP/SAVP 8 0 96", "a=recvonly\r\nm=audio 6000 RTP/SAVP 8 96")
                + "m=video 0 RTP/AVP 96\r\n")));
        assertThat(direct(answered.plan()).keys().orElseThrow().sameAs(direct(first.plan()).keys().orElseThrow())).isTrue();
        assertThat(Negotiator.reoffer(held, local(), answered.plan(), false, 9).value()).contains("a=sendrecv\r\n", "m=video 0 RTP/AVP 96\r\n");
    }

    private static final String BY_DTLS = PLAIN.replace("RTP/AVP", "UDP/TLS/RTP/SAVP")
            + Descriptions.lines("a=rtcp-mux", "a=fingerprint:sha-256 " + "AB:".repeat(31) + "AB", "a=setup:actpass");

    @Test
    void anOfferWithAFingerprintIsAnsweredWithOursAndTheHandshakeIsOursToBegin() {
        Agreed agreed = agreed(answer(BY_DTLS, MediaSecurity.OPTIONAL));

        assertThat(agreed.local().value()).contains("m=audio 16384 UDP/TLS/RTP/SAVP 8 96\r\n", "a=fingerprint:sha-256 ", "a=setup:active\r\n", "a=rtcp-mux\r\n")
                .doesNotContain("a=crypto", "a=ice-", "a=candidate");
        DirectPlan plan = direct(agreed.plan());
        assertThat(plan.dtls().orElseThrow().role()).isEqualTo(DtlsRole.CLIENT);
        assertThat(plan.dtls().orElseThrow().fingerprint().value()).startsWith("AB:AB");
        assertThat(plan.keys()).isEmpty();
        assertThat(plan.rtcpMux()).isTrue();
    }

    @Test
    void theOldProfileWithAFingerprintAndNoKeysMeansDtls() {
        assertThat(direct(agreed(answer(BY_DTLS.replace("UDP/TLS/RTP/SAVP", "RTP/SAVP"), MediaSecurity.MANDATORY)).plan()).dtls()).isPresent();
        assertThat(direct(agreed(answer(SECURE + "a=fingerprint:sha-256 " + "AB:".repeat(31) + "AB\r\n", MediaSecurity.MANDATORY)).plan()).keys()).isPresent();
    }

    @Test
    void dtlsIsRefusedWhereItIsForbiddenOrHasNoFingerprintOrIsNotWantedNow() {
        assertThat(answer(BY_DTLS, MediaSecurity.FORBIDDEN)).isInstanceOf(Refused.class);
        assertThat(answer(BY_DTLS.replaceAll("a=fingerprint[^\r]*\r\n", ""), MediaSecurity.OPTIONAL)).isInstanceOf(Refused.class);
        assertThat(answer(BY_DTLS.replace("actpass", "holdconn"), MediaSecurity.OPTIONAL)).isInstanceOf(Refused.class);
        assertThat(answer(SECURE, MediaSecurity.DTLS)).isInstanceOf(Refused.class);
        assertThat(answer(PLAIN, MediaSecurity.DTLS)).isInstanceOf(Refused.class);
    }

    @Test
    void anOfferOfDtlsTakesNothingElseAndTheAnswerSaysWhoBegins() {
        SdpText offer = Negotiator.offer(local(), terms("pcma", MediaSecurity.DTLS));
        assertThat(offer.value()).contains("m=audio 16384 UDP/TLS/RTP/SAVP 8 101\r\n", "a=setup:actpass\r\n", "a=fingerprint:", "a=rtcp-mux\r\n").doesNotContain("crypto");

        Agreed active = agreed(Negotiator.accept(offer, new SdpText(BY_DTLS.replace("actpass", "active"))));
        Agreed passive = agreed(Negotiator.accept(offer, new SdpText(BY_DTLS.replace("actpass", "passive"))));
        Negotiation plain = Negotiator.accept(offer, new SdpText(PLAIN));

        assertThat(active.plan().dtlsRole()).contains(DtlsRole.SERVER);
        assertThat(passive.plan().dtlsRole()).contains(DtlsRole.CLIENT);
        assertThat(plain).isInstanceOf(Refused.class);
    }

    @Test
    void keysOfTheSdpAreNotAnsweredByDtls() {
        SdpText offer = Negotiator.offer(local(), terms("pcma", MediaSecurity.MANDATORY));

        assertThat(Negotiator.accept(offer, new SdpText(BY_DTLS.replace("UDP/TLS/RTP/SAVP", "RTP/SAVP")))).isInstanceOf(Refused.class);
    }

    @Test
    void aReofferKeepsTheRoleWhateverThePeerAnswers() {
        Agreed first = agreed(answer(BY_DTLS, MediaSecurity.OPTIONAL));

        SdpText held = Negotiator.reoffer(first.local(), local(), first.plan(), true, 8);

        assertThat(held.value()).contains("UDP/TLS/RTP/SAVP 8 96", "a=setup:active\r\n", "a=fingerprint:", "a=sendonly\r\n");
        Agreed answered = agreed(Negotiator.accept(held, new SdpText(BY_DTLS.replace("a=rtcp-mux", "a=recvonly\r\na=rtcp-mux"))));
        assertThat(direct(answered.plan()).dtls()).isEqualTo(direct(first.plan()).dtls());
    }

    @Test
    void aBrowsersOfferOverSipIsKnown() {
        assertThat(Negotiator.hasIce(new SdpText(Descriptions.offer()))).isTrue();
        assertThat(Negotiator.hasIce(new SdpText(PLAIN))).isFalse();
        assertThat(Negotiator.hasIce(new SdpText(""))).isFalse();
    }
}
