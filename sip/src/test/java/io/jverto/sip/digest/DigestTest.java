package io.jverto.sip.digest;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.sip.digest.DigestAnswer.Answered;
import io.jverto.sip.digest.DigestAnswer.Reason;
import io.jverto.sip.digest.DigestAnswer.Refused;
import io.jverto.sip.digest.DigestResult.Authentic;
import io.jverto.sip.digest.DigestResult.Stale;
import io.jverto.sip.message.Body;
import io.jverto.sip.message.CSeq;
import io.jverto.sip.message.Envelope;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.HostPort;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.message.SipUri;
import io.jverto.sip.message.Uri;
import io.jverto.sip.message.Via;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Our client against our server, in virtual time.
class DigestTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String HOST = "sip.example.org";
    private static final SipUri URI = SipUri.of("1000", new HostPort(HOST, 0));
    private static final DigestServer.Here HERE = new DigestServer.Here("", "192.0.2.1"::equals);
    private static final DigestResult REFUSED = new DigestResult.Refused();

    private final DigestServer server = server(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5);
    private final DigestClient client = client("secret", HOST);
    private long nowNanos = -5 * SECOND;

    private static DigestServer server(DigestAlgorithm... algorithms) {
        return new DigestServer(new byte[32], Duration.ofSeconds(60), List.of(algorithms), new Random(1));
    }

    private static DigestClient client(String password, String realm) {
        return new DigestClient(new DigestAccount("anna", password, realm, Set.of(HOST)), new Random(2));
    }

    @Test
    void theRightPasswordIsAuthenticWithTheStrongestHash() {
        Answered answer = answer(client, false);

        assertThat(answer.name()).isEqualTo("Authorization");
        assertThat(answer.value()).contains("algorithm=SHA-256").doesNotContain("secret");
        assertThat(check(answer)).isEqualTo(new Authentic("anna"));
    }

    @Test
    void eachHashWorks() {
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            DigestServer one = server(algorithm);
            SipResponse challenge = response(401, one.challenge(nowNanos, HOST, false, ""));
            Answered answer = (Answered) client("secret", HOST).onChallenge(challenge, HOST, SipMethod.INVITE, URI, false);

            assertThat(one.check(nowNanos, request(), HOST, Credentials.parse(answer.value()).orElseThrow(), HERE, DigestTest::ha1))
                    .isEqualTo(new Authentic("anna"));
        }
    }

    @Test
    void aProxysChallengeIsAnsweredInItsOwnHeader() {
        DigestAnswer answer = client.onChallenge(response(407, server.challenge(nowNanos, HOST, false, "")), HOST, SipMethod.INVITE, URI, false);

        assertThat(answer).isInstanceOfSatisfying(Answered.class, one -> assertThat(one.name()).isEqualTo("Proxy-Authorization"));
    }

    @Test
    void aNonceServesSeveralRequestsEachCountedAndInAdvance() {
        assertThat(client.inAdvance(HOST, SipMethod.INVITE, URI)).isEmpty();
        assertThat(check(answer(client, false))).isEqualTo(new Authentic("anna"));
        for (int i = 0; i < 20; i++) {
            assertThat(check(client.inAdvance(HOST, SipMethod.INVITE, URI).orElseThrow())).isEqualTo(new Authentic("anna"));
        }
        assertThat(client.inAdvance("other.example.org", SipMethod.INVITE, URI)).isEmpty();
        assertThat(server.remembered()).isEqualTo(1);
    }

    /// Attack S29: what was seen once proves nothing the second time.
    @Test
    void s29AReplayIsStale() {
        Answered first = answer(client, false);
        Answered second = client.inAdvance(HOST, SipMethod.INVITE, URI).orElseThrow();
        assertThat(check(second)).isEqualTo(new Authentic("anna"));

        assertThat(check(second)).isEqualTo(new Stale());
        assertThat(check(first)).isEqualTo(new Stale());
    }

    @Test
    void anOldNonceIsStaleAndTheClientTakesTheNewOne() {
        Answered old = answer(client, false);
        nowNanos += 61 * SECOND;
        assertThat(check(old)).isEqualTo(new Stale());

        DigestAnswer again = client.onChallenge(response(401, server.challenge(nowNanos, HOST, true, "")), HOST, SipMethod.INVITE, URI, true);
        assertThat(check((Answered) again)).isEqualTo(new Authentic("anna"));
    }

    @Test
    void s29WrongPasswordUnknownUserMethodUriRealmHashAndQopAreRefusedAlike() {
        Answered right = answer(client, false);
        assertThat(check(answer(client("wrong", HOST), false))).isEqualTo(REFUSED);
        DigestClient unknown = new DigestClient(new DigestAccount("nobody", "secret", HOST, Set.of(HOST)), new Random(3));
        assertThat(check(answer(unknown, false))).isEqualTo(REFUSED);
        assertThat(checkText(right.value().replace("sip:1000@", "sip:1001@"))).isEqualTo(REFUSED);
        assertThat(checkText(right.value().replace("qop=auth,", "qop=auth-int,"))).isEqualTo(REFUSED);
        assertThat(checkText(right.value().replaceAll("qop=auth, nc=\\d+, cnonce=\"\\w+\"", "opaque=x"))).isEqualTo(REFUSED);
        assertThat(checkText(right.value().replace("SHA-256", "MD5"))).isEqualTo(REFUSED);
        assertThat(checkText(right.value().replace("SHA-256", "SHA-512-256"))).isEqualTo(REFUSED);
        assertThat(checkText(right.value().replace("realm=\"sip", "realm=\"sup"))).isEqualTo(REFUSED);
        SipRequest bye = new SipRequest(SipMethod.BYE, URI, request().envelope(), Headers.NONE, Body.NONE);
        assertThat(server.check(nowNanos, bye, HOST, Credentials.parse(right.value()).orElseThrow(), HERE, DigestTest::ha1)).isEqualTo(REFUSED);
        assertThat(check(right)).isEqualTo(new Authentic("anna"));
    }

    private DigestResult checkFor(String claimed, String asked, String call) {
        Uri uri = Uri.parse(claimed).orElseThrow();
        SipRequest request = new SipRequest(SipMethod.INVITE, Uri.parse(asked).orElseThrow(), request().envelope(), Headers.NONE, Body.NONE);
        Answered answer = (Answered) client.onChallenge(response(401, server.challenge(nowNanos, HOST, false, "call one")), HOST, SipMethod.INVITE, uri, false);
        DigestServer.Here here = new DigestServer.Here(call, host -> host.equals(HOST) || host.equals("192.0.2.1"));
        return server.check(nowNanos, request, HOST, Credentials.parse(answer.value()).orElseThrow(), here, DigestTest::ha1);
    }

    @Test
    void aUriThatMeansTheSameIsTheSame() {
        for (String claimed : List.of("sip:1000@sip.example.org", "sips:1000@SIP.example.org:5061;transport=tls", "sip:1000@192.0.2.1:5070", "sip:%31000@sip.example.org")) {
            assertThat(checkFor(claimed, "sip:1000@sip.example.org;user=phone", "call two")).isEqualTo(new Authentic("anna"));
        }
    }

    @Test
    void s29AUriOfAnotherUserOrHostIsRefused() {
        for (String claimed : List.of("sip:1001@sip.example.org", "sip:1000@sip.example.net", "tel:1000")) {
            assertThat(checkFor(claimed, "sip:1000@sip.example.org", "call one")).isEqualTo(REFUSED);
        }
        assertThat(checkFor("sip:sip.example.net", "sip:1000@sip.example.org", "call one")).isEqualTo(REFUSED);
        assertThat(checkFor("sip:192.0.2.1", "sip:1000@evil.example.net", "call one")).isEqualTo(REFUSED);
    }

    /// Some clients name the server alone: such an answer says nothing of whom the call is for.
    @Test
    void s29AUriOfTheServerAloneIsGoodForTheCallThatWasChallengedAndNoOther() {
        assertThat(checkFor("sip:sip.example.org", "sip:1000@sip.example.org", "call one")).isEqualTo(new Authentic("anna"));
        assertThat(checkFor("sip:192.0.2.1:5060", "sip:1000@sip.example.org", "call one")).isEqualTo(new Authentic("anna"));
        assertThat(checkFor("sip:sip.example.org", "sip:1000@sip.example.org", "call two")).isEqualTo(new Stale());
    }

    @Test
    void s29ANonceThatWeDidNotMakeIsNeverGood() {
        DigestServer other = new DigestServer(new byte[] {1}, Duration.ofSeconds(60), List.of(DigestAlgorithm.MD5), new Random(1));
        Answered foreign = (Answered) client.onChallenge(response(401, other.challenge(nowNanos, HOST, false, "")), HOST, SipMethod.INVITE, URI, false);
        assertThat(check(foreign)).isEqualTo(new Stale());
        List<Challenge> elsewhere = server.challenge(nowNanos, "other.realm", false, "");
        Challenge moved = new Challenge(HOST, elsewhere.getFirst().nonce(), "", DigestAlgorithm.SHA_256, true, false);
        Answered answer = (Answered) client.onChallenge(response(401, List.of(moved)), HOST, SipMethod.INVITE, URI, false);

        assertThat(check(answer)).isEqualTo(new Stale());
    }

    /// Attack S29, CVE-2021-41158: an answer lets who asked try passwords at leisure.
    @Test
    void s29NoStrangerGetsAnAnswer() {
        SipResponse challenge = response(401, server.challenge(nowNanos, HOST, false, ""));
        SipResponse otherRealm = response(401, server.challenge(nowNanos, "evil.example.org", false, ""));

        assertThat(client.onChallenge(challenge, "evil.example.org", SipMethod.INVITE, URI, false)).isEqualTo(new Refused(Reason.STRANGER));
        assertThat(client.onChallenge(otherRealm, HOST, SipMethod.INVITE, URI, false)).isEqualTo(new Refused(Reason.STRANGER));
        assertThat(client("secret", "").onChallenge(otherRealm, HOST, SipMethod.INVITE, URI, false)).isInstanceOf(Answered.class);
        assertThat(client.onChallenge(response(401, List.of()), HOST, SipMethod.INVITE, URI, false)).isEqualTo(new Refused(Reason.UNSUPPORTED));
    }

    @Test
    void aSecondChallengeThatIsNotStaleMeansTheWrongPassword() {
        answer(client, false);
        SipResponse again = response(401, server.challenge(nowNanos, HOST, false, ""));

        assertThat(client.onChallenge(again, HOST, SipMethod.INVITE, URI, true)).isEqualTo(new Refused(Reason.WRONG_PASSWORD));
    }

    @Test
    void aServerThatCallsEveryNonceStaleIsGivenUp() {
        answer(client, false);
        int answers = 0;
        while (client.onChallenge(response(401, server.challenge(nowNanos, HOST, true, "")), HOST, SipMethod.INVITE, URI, true) instanceof Answered) {
            answers++;
        }

        assertThat(answers).isEqualTo(3);
    }

    @Test
    void s29WhatIsRememberedIsBoundedAndNothingForgottenCanBeReplayed() {
        Answered first = answer(client, false);
        assertThat(check(first)).isEqualTo(new Authentic("anna"));
        for (int i = 0; i < DigestServer.MAX_NONCES; i++) {
            nowNanos += 1_000;
            assertThat(check(answer(client("secret", HOST), false))).isEqualTo(new Authentic("anna"));
        }

        assertThat(server.remembered()).isEqualTo(DigestServer.MAX_NONCES);
        assertThat(check(first)).isEqualTo(new Stale());
        nowNanos += 61 * SECOND;
        assertThat(check(answer(client("secret", HOST), false))).isEqualTo(new Authentic("anna"));
        assertThat(server.remembered()).isEqualTo(1);
    }

    private Answered answer(DigestClient of, boolean answered) {
        return (Answered) of.onChallenge(response(401, server.challenge(nowNanos, HOST, false, "")), HOST, SipMethod.INVITE, URI, answered);
    }

    private DigestResult check(Answered answer) {
        return checkText(answer.value());
    }

    private DigestResult checkText(String header) {
        return server.check(nowNanos, request(), HOST, Credentials.parse(header).orElseThrow(), HERE, DigestTest::ha1);
    }

    private static Optional<String> ha1(String username, DigestAlgorithm algorithm) {
        return username.equals("anna") ? Optional.of(algorithm.ha1("anna", HOST, "secret")) : Optional.empty();
    }

    private static SipRequest request() {
        Envelope envelope = new Envelope(
                List.of(Via.of(SipTransport.UDP, new HostPort("192.0.2.1", 0), "z9hG4bKx")), NameAddr.of(URI), NameAddr.of(URI), "call",
                new CSeq(1, SipMethod.INVITE));
        return new SipRequest(SipMethod.INVITE, URI, envelope, Headers.NONE, Body.NONE);
    }

    private static SipResponse response(int status, List<Challenge> challenges) {
        return request().reply(status).withHeaders(Headers.NONE.and(status == 407 ? "Proxy-Authenticate" : "WWW-Authenticate", challenges));
    }
}
