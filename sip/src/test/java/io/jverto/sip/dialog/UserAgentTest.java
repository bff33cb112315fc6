package io.jverto.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.sip.digest.DigestAccount;
import io.jverto.sip.digest.DigestAlgorithm;
import io.jverto.sip.digest.DigestAnswer;
import io.jverto.sip.digest.DigestClient;
import io.jverto.sip.digest.DigestServer;
import io.jverto.sip.message.Body;
import io.jverto.sip.message.CSeq;
import io.jverto.sip.message.Envelope;
import io.jverto.sip.message.Header;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.message.Uri;
import io.jverto.sip.message.Via;
import io.jverto.sip.transaction.Hop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UserAgentTest {
    private final Net net = new Net(3261);
    private final Party anna = new Party(net, 1);
    private final Party bert = new Party(net, 2);
    private int outsideNumber;

    @Test
    void aCallRingsIsAnsweredAndEnds() {
        CallId call = anna.call(bert);
        net.pass(10);
        bert.progress(bert.incoming.getFirst(), 180, "");
        bert.progress(bert.incoming.getFirst(), 183, "early");
        net.pass(10);
        bert.accept(bert.incoming.getFirst());
        net.pass(10);
        anna.hangUp(call);
        net.pass(10);

        assertThat(anna.log).containsExactly("progress 180", "progress 183 early", "answered answer", "ended LOCAL");
        assertThat(bert.log).containsExactly("incoming", "acknowledged", "ended BYE");
        assertThat(anna.sentWords()).containsExactly("INVITE", "ACK", "BYE");
        assertThat(bert.sentWords()).containsExactly("100 INVITE", "180 INVITE", "183 INVITE", "200 INVITE", "200 BYE");
        assertNothingLeft();
    }

    @Test
    void aRefusalHasItsStatus() {
        anna.call(bert);
        net.pass(10);
        bert.hangUp(bert.incoming.getFirst());
        net.pass(10);

        assertThat(anna.log).containsExactly("ended REFUSED 486");
        assertThat(bert.log).containsExactly("incoming", "ended LOCAL");
        assertNothingLeft();
    }

    @Test
    void aCallGivenUpIsCancelled() {
        CallId call = anna.call(bert);
        anna.hangUp(call);
        net.pass(100);

        assertThat(anna.log).containsExactly("ended LOCAL");
        assertThat(bert.log).containsExactly("incoming", "ended CANCELLED 487");
        assertThat(bert.sentWords()).containsExactly("100 INVITE", "200 CANCEL", "487 INVITE");
        assertNothingLeft();
    }

    @Test
    void anAnswerThatCrossesTheCancelIsAcknowledgedAndHungUpOn() {
        CallId call = anna.call(bert);
        net.pass(10);
        bert.accept(bert.incoming.getFirst());
        anna.hangUp(call);
        net.pass(100);

        assertThat(anna.log).containsExactly("ended LOCAL");
        assertThat(bert.log).containsExactly("incoming", "acknowledged", "ended BYE");
        assertThat(anna.sentWords()).containsSubsequence("INVITE", "ACK", "BYE");
        assertNothingLeft();
    }

    @Test
    void aPeerThatIsNotThereIsATimeout() {
        net.loss = 1;
        anna.call(bert);
        net.pass(33_000);

        assertThat(anna.log).containsExactly("ended TIMEOUT");
        assertNothingLeft();
    }

    @Test
    void anAnswerThatIsNeverAcknowledgedIsRepeatedAndGivenUp() {
        anna.call(bert);
        net.pass(10);
        net.loss = 1;
        bert.accept(bert.incoming.getFirst());
        net.pass(33_000);

        assertThat(bert.sentWords()).filteredOn("200 INVITE"::equals).hasSize(11);
        assertThat(bert.log).containsExactly("incoming", "ended UNACKNOWLEDGED");
        assertThat(bert.sentWords()).contains("BYE");
    }

    @Test
    void theCalleesByeWaitsForTheAck() {
        anna.call(bert);
        net.pass(10);
        bert.accept(bert.incoming.getFirst());
        bert.hangUp(bert.incoming.getFirst());
        assertThat(bert.sentWords()).endsWith("200 INVITE");
        net.pass(20);

        assertThat(bert.log).containsExactly("incoming", "ended LOCAL");
        assertThat(bert.sentWords()).endsWith("BYE");
        assertThat(anna.log).containsExactly("answered answer", "ended BYE");
        assertNothingLeft();
    }

    @Test
    void offersGoBothWays() {
        CallId call = established();
        anna.offer(call, "hold");
        net.pass(10);
        bert.offer(bert.incoming.getFirst(), "video");
        net.pass(10);

        assertThat(anna.take()).containsExactly("settled 200 answer to hold", "offered video", "acknowledged");
        assertThat(bert.take()).containsExactly("offered hold", "acknowledged", "settled 200 answer to video");
    }

    @Test
    void offersThatCrossAreMadeAgainOneAfterTheOther() {
        CallId call = established();
        anna.offer(call, "hers");
        bert.offer(bert.incoming.getFirst(), "his");
        net.pass(5_000);

        assertThat(anna.counters.get(CallCounter.OFFER_GLARE)).isEqualTo(1);
        assertThat(bert.counters.get(CallCounter.OFFER_GLARE)).isEqualTo(1);
        assertThat(anna.take()).contains("settled 200 answer to hers", "offered his");
        assertThat(bert.take()).contains("settled 200 answer to his", "offered hers");
    }

    @Test
    void anOfferThatIsRefusedLeavesTheCallAsItWas() {
        CallId call = established();
        bert.answersOffers = false;
        anna.offer(call, "odd");
        net.pass(10);
        bert.deadline = bert.agent.refuse(bert.now(), bert.incoming.getFirst(), 488, bert);
        net.pass(10);
        bert.answersOffers = true;
        anna.offer(call, "good");
        net.pass(10);

        assertThat(anna.take()).containsExactly("settled 488", "settled 200 answer to good");
    }

    @Test
    void whatTheOwnerWishesWhileAnOfferIsOpenIsOfferedAfterwards() {
        CallId call = established();
        anna.offer(call, "one");
        anna.offer(call, "two");
        anna.offer(call, "three");
        net.pass(50);

        assertThat(anna.take()).containsExactly("settled 200 answer to one", "settled 200 answer to three");
    }

    @Test
    void aPeerThatDoesNotKnowTheCallAnyMoreEndsIt() {
        CallId call = established();
        bert.onIncoming = (_, _) -> {};
        Party forgetful = new Party(net, 2); // bert, started anew
        anna.offer(call, "still there?");
        net.pass(100);

        assertThat(anna.take()).containsExactly("settled 481", "ended GONE");
        assertThat(forgetful.counters.get(CallCounter.DIALOG_UNKNOWN)).isEqualTo(2);
    }

    @Test
    void ofTwoWhoAnswerTheFirstIsTakenAndTheOtherHungUpOn() {
        CallId call = anna.call(bert);
        SipRequest invite = (SipRequest) anna.sent.getFirst();
        answer(invite, 180, "a");
        answer(invite, 180, "b");
        answer(invite, 200, "b");
        answer(invite, 200, "a");
        answer(invite, 200, "b");

        assertThat(anna.log).containsExactly("progress 180", "progress 180", "answered answer");
        assertThat(anna.sentWords()).containsExactly("INVITE", "ACK", "ACK", "BYE", "ACK");
        SipRequest bye = (SipRequest) anna.sent.get(3);
        assertThat(bye.envelope().to().tag()).contains("a");
        assertThat(((SipRequest) anna.sent.get(1)).envelope().to().tag()).contains("b");
        assertThat(anna.counters.get(CallCounter.FORK_ENDED)).isEqualTo(1);
        anna.hangUp(call);
        assertThat(((SipRequest) anna.sent.getLast()).envelope().to().tag()).contains("b");
    }

    @Test
    void calleesOfOneCallAreBounded() {
        anna.call(bert);
        SipRequest invite = (SipRequest) anna.sent.getFirst();
        for (int i = 0; i < 100; i++) {
            answer(invite, 180, "t" + i);
        }

        assertThat(anna.counters.get(CallCounter.FORK_OVER_LIMIT)).isEqualTo(100 - Inviting.MAX_FORKS);
    }

    @Test
    void aChallengeIsAnsweredAndTheAckOfTheAnswerHasItToo() {
        DigestServer server = new DigestServer(new byte[32], Duration.ofMinutes(1), List.of(DigestAlgorithm.SHA_256), new Random(1));
        DigestClient digest = new DigestClient(new DigestAccount("anna", "secret", "", Set.of("192.0.2.2")), new Random(2));
        CallId call = anna.call(bert, Headers.NONE, authorizer(digest));
        SipRequest first = (SipRequest) anna.sent.getFirst();
        anna.receive(challenge(first, server), bert.hop);
        SipRequest second = (SipRequest) anna.sent.getLast();

        assertThat(anna.sentWords()).containsExactly("INVITE", "ACK", "INVITE");
        assertThat(second.envelope().cseq().number()).isEqualTo(2);
        assertThat(second.envelope().callId()).isEqualTo(first.envelope().callId());
        assertThat(second.envelope().from()).isEqualTo(first.envelope().from());
        assertThat(second.envelope().to().tag()).isEmpty();
        assertThat(second.headers().first("Proxy-Authorization").orElse("")).contains("nc=00000001");
        answer(second, 200, "b");
        SipRequest ack = (SipRequest) anna.sent.getLast();
        assertThat(ack.headers().first("Proxy-Authorization")).isEqualTo(second.headers().first("Proxy-Authorization"));
        anna.hangUp(call);
        SipRequest bye = (SipRequest) anna.sent.getLast();
        anna.receive(challenge(bye, server), bert.hop);
        assertThat(((SipRequest) anna.sent.getLast()).method()).isEqualTo(SipMethod.BYE);
        assertThat(anna.sent.getLast().headers().has("Proxy-Authorization")).isTrue();
    }

    @Test
    void aChallengeToACallWithoutAccountIsARefusal() {
        anna.call(bert);
        anna.receive(((SipRequest) anna.sent.getFirst()).reply(407).withToTag("x"), bert.hop);

        assertThat(anna.log).containsExactly("ended REFUSED 407");
    }

    @Test
    void requestsGoByTheProxiesThatRecordedThemselves() {
        CallId call = anna.call(bert);
        SipRequest invite = (SipRequest) anna.sent.getFirst();
        SipResponse ok = invite.reply(200).withToTag("b").withHeaders(Headers.NONE
                .and("Record-Route", "<sip:198.51.100.3;lr>, <sip:198.51.100.2:5070;lr>")
                .and("Contact", "<sip:bert@203.0.113.9:5062>"));
        anna.receive(ok, bert.hop);
        SipRequest ack = (SipRequest) anna.sent.getLast();

        assertThat(ack.uri().toString()).isEqualTo("sip:bert@203.0.113.9:5062");
        assertThat(ack.headers().lines("Route")).containsExactly("<sip:198.51.100.2:5070;lr>", "<sip:198.51.100.3;lr>");
        anna.hangUp(call);
        assertThat(((SipRequest) anna.sent.getLast()).headers().lines("Route")).hasSize(2);
    }

    @Test
    void aProxyOfRfc2543FindsItselfInTheRequestUri() {
        anna.call(bert);
        SipRequest invite = (SipRequest) anna.sent.getFirst();
        anna.receive(
                invite.reply(200).withToTag("b").withHeaders(
                        Headers.NONE.and("Record-Route", "<sip:198.51.100.3;lr>, <sip:198.51.100.2>").and("Contact", "<sip:bert@203.0.113.9>")),
                bert.hop);
        SipRequest ack = (SipRequest) anna.sent.getLast();

        assertThat(ack.uri().toString()).isEqualTo("sip:198.51.100.2");
        assertThat(ack.headers().lines("Route")).containsExactly("<sip:198.51.100.3;lr>", "<sip:bert@203.0.113.9>");
    }

    @Test
    void whoIsBehindANatIsReachedTheWayTheInviteCame() {
        Hop outside = new Hop(SipTransport.UDP, new InetSocketAddress("203.0.113.9", 33_000));
        Hop connection = new Hop(SipTransport.TCP, new InetSocketAddress("203.0.113.9", 33_000));

        assertThat(NextHop.of(uri("sip:a@10.0.0.7:5060"), outside)).isEqualTo(outside);
        assertThat(NextHop.of(uri("sip:a@phone.example.org"), outside)).isEqualTo(outside);
        assertThat(NextHop.of(uri("sip:a@239.1.1.1"), outside)).isEqualTo(outside);
        assertThat(NextHop.of(uri("sip:a@0.0.0.0"), outside)).isEqualTo(outside);
        assertThat(NextHop.of(uri("tel:+49"), outside)).isEqualTo(outside);
        assertThat(NextHop.of(uri("sip:a@203.0.113.9"), connection)).isEqualTo(connection);
        assertThat(NextHop.of(uri("sip:a@203.0.113.10:5070"), outside).remote()).isEqualTo(new InetSocketAddress("203.0.113.10", 5070));
        assertThat(NextHop.of(uri("sip:a@[2001:db8::1];transport=tls"), outside))
                .isEqualTo(new Hop(SipTransport.TLS, new InetSocketAddress("2001:db8::1", 5061)));
    }

    @Test
    void aRequestOlderThanTheLastIsRefused() {
        CallId call = established();
        anna.tell(call, SipMethod.INFO);
        SipRequest old = (SipRequest) anna.sent.getLast();
        anna.tell(call, SipMethod.INFO);
        net.pass(10);
        Via other = Via.of(SipTransport.UDP, Net.hostPort(1), Via.COOKIE + "again");
        bert.receive(old.withEnvelope(old.envelope().withTopVia(other)), anna.hop);

        assertThat(bert.sentWords()).endsWith("500 INFO");
        assertThat(bert.counters.get(CallCounter.OUT_OF_ORDER)).isEqualTo(1);
        assertThat(bert.take()).containsExactly("told INFO", "told INFO");
    }

    @Test
    void aTransferIsAcceptedAndFollowedToItsEnd() {
        CallId call = established();
        anna.refer(call);
        net.pass(10);
        CallId theirs = bert.incoming.getFirst();
        bert.deadline = bert.agent.notifyRefer(bert.now(), theirs, bert.refers.get(theirs), 180, false, bert);
        net.pass(10);
        anna.refer(call);
        bert.deadline = bert.agent.notifyRefer(bert.now(), theirs, bert.refers.get(theirs), 200, true, bert);
        net.pass(10);
        bert.deadline = bert.agent.notifyRefer(bert.now(), theirs, bert.refers.get(theirs), 200, true, bert);
        net.pass(10);

        assertThat(bert.take()).containsExactly("referred sip:third@192.0.2.3");
        assertThat(anna.take()).containsExactly("refer 100", "refer 180", "refer 491 over", "refer 200 over");
    }

    @Test
    void aTransferOfWhichNothingIsHeardIsOver() {
        CallId call = established();
        anna.refer(call);
        net.pass(10);
        anna.take();
        net.pass(181_000);

        assertThat(anna.take()).containsExactly("refer 408 over");
        net.loss = 1;
        anna.refer(call);
        net.pass(33_000);
        assertThat(anna.take()).containsExactly("refer 408 over");
    }

    @Test
    void requestsOutsideOfCallsAreTheOwners() {
        Hop from = bert.hop;
        anna.receive(outside("OPTIONS", Headers.NONE), from);
        assertThat(anna.take()).containsExactly("request OPTIONS");
        anna.receive(outside("BYE", Headers.NONE), from);
        anna.receive(outside("SPRING", Headers.NONE), from);
        anna.receive(outside("OPTIONS", Headers.NONE.and("Require", "timer, nonsense, 100rel")), from);
        anna.receive(outside("INVITE", Headers.NONE), from);
        anna.receive(outside("INVITE", Headers.NONE.and("Contact", "<sip:a@b>").and("Max-Forwards", "0")), from);
        anna.receive(outside("INVITE", Headers.NONE.and("Contact", "<sip:a@b>").and("Session-Expires", "20")), from);
        anna.receive(outside("INVITE", Headers.NONE.and("Contact", "<sip:a@b>").and("Content-Encoding", "gzip")), from);

        assertThat(anna.take()).isEmpty();
        assertThat(anna.sentWords()).containsExactly(
                "200 OPTIONS", "481 BYE", "501 SPRING", "420 OPTIONS", "100 INVITE", "400 INVITE", "100 INVITE", "483 INVITE", "100 INVITE",
                "422 INVITE", "100 INVITE", "415 INVITE");
        assertThat(anna.sent.get(3).headers().first("Unsupported")).contains("nonsense");
        assertThat(anna.sent).allSatisfy(message -> assertThat(message.headers().has("Server")
                || message.envelope().cseq().method().equals(SipMethod.INVITE)).isTrue());
    }

    /// Attack S27: calls are bounded, and the caller is told so.
    @Test
    void s27CallsAreBounded() {
        for (int i = 0; i < 1_000; i++) {
            bert.receive(outside("INVITE", Headers.NONE.and("Contact", "<sip:a@192.0.2.9>")), anna.hop);
        }

        assertThat(bert.incoming).hasSize(100);
        assertThat(bert.agent.calls()).isEqualTo(100);
        assertThat(bert.sentWords()).filteredOn("503 INVITE"::equals).hasSize(900);
        bert.call(anna);
        assertThat(bert.log).endsWith("ended UNREACHABLE");
    }

    private SipRequest outside(String method, Headers headers) {
        outsideNumber++;
        SipMethod named = new SipMethod(method);
        Envelope envelope = new Envelope(
                List.of(Via.of(SipTransport.UDP, Net.hostPort(2), Via.COOKIE + outsideNumber)),
                bert.self().withParam("tag", "o" + outsideNumber),
                anna.self(),
                "outside" + outsideNumber,
                new CSeq(1, named));
        return new SipRequest(named, anna.self().uri(), envelope, headers, Body.NONE);
    }

    private CallId established() {
        CallId call = anna.call(bert);
        net.pass(10);
        bert.accept(bert.incoming.getFirst());
        net.pass(10);
        anna.take();
        bert.take();
        return call;
    }

    private void answer(SipRequest invite, int status, String tag) {
        SipResponse response = invite.reply(status).withToTag(tag).withHeaders(Headers.NONE.and("Contact", "<sip:" + tag + "@192.0.2.2>"));
        anna.receive(status == 200 ? response.withBody("application/sdp", Body.of("answer")) : response, bert.hop);
    }

    private static SipResponse challenge(SipRequest request, DigestServer server) {
        return request.reply(407).withToTag("x").withHeaders(Headers.NONE.and("Proxy-Authenticate", server.challenge(0, "realm", false, "")));
    }

    private static Authorizer authorizer(DigestClient digest) {
        return (response, method, uri, answered) -> switch (digest.onChallenge(response, "192.0.2.2", method, uri, answered)) {
            case DigestAnswer.Answered(String name, String value) -> Optional.of(new Header(name, value));
            case DigestAnswer.Refused _ -> Optional.empty();
        };
    }

    private static Uri uri(String text) {
        return Uri.parse(text).orElseThrow();
    }

    /// When all that may come late is over.
    private void assertNothingLeft() {
        net.pass(100_000);
        assertThat(anna.agent.traces()).isZero();
        assertThat(bert.agent.traces()).isZero();
    }
}
