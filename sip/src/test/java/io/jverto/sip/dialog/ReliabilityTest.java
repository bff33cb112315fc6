package io.jverto.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.sip.message.Body;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import org.junit.jupiter.api.Test;

/// Reliable provisional responses (RFC 3262) and session timers (RFC 4028).
class ReliabilityTest {
    private final Net net = new Net(3262);

    private Party party(int number, boolean reliable, int seconds) {
        return new Party(net, number, new UserAgentConfig("test", _ -> Net.hostPort(number), reliable, SessionRules.of(seconds, 90), 100));
    }

    @Test
    void provisionalResponsesAreRepeatedUntilTheyAreAcknowledgedOneAfterTheOther() {
        Party anna = party(1, false, 0);
        Party bert = party(2, true, 0);
        anna.call(bert);
        net.pass(10);
        net.loss = 1;
        bert.progress(bert.incoming.getFirst(), 180, "");
        bert.progress(bert.incoming.getFirst(), 183, "early");
        net.pass(400);
        net.loss = 0;
        net.pass(200);

        assertThat(anna.log).containsExactly("progress 180", "progress 183 early");
        assertThat(bert.sentWords()).containsExactly("100 INVITE", "180 INVITE", "180 INVITE", "200 PRACK", "183 INVITE", "200 PRACK");
    }

    @Test
    void theAnswerWaitsForTheEarlySdpToArrive() {
        Party anna = party(1, false, 0);
        Party bert = party(2, true, 0);
        anna.call(bert);
        net.pass(10);
        bert.progress(bert.incoming.getFirst(), 183, "early");
        bert.accept(bert.incoming.getFirst());
        assertThat(bert.sentWords()).endsWith("183 INVITE");
        net.pass(20);

        assertThat(anna.log).containsExactly("progress 183 early", "answered answer");
        assertThat(bert.sentWords()).containsExactly("100 INVITE", "183 INVITE", "200 PRACK", "200 INVITE");
    }

    @Test
    void whoRequiresReliabilityGetsIt() {
        Party anna = party(1, false, 0);
        Party bert = party(2, false, 0);
        anna.call(bert, Headers.NONE.with("Require", "100rel"), Authorizer.NONE);
        net.pass(10);
        bert.progress(bert.incoming.getFirst(), 180, "");
        net.pass(10);

        assertThat(anna.sentWords()).containsExactly("INVITE", "PRACK");
    }

    @Test
    void aCallerWhoNeverAcknowledgesIsRefused() {
        Party anna = party(1, false, 0);
        Party bert = party(2, true, 0);
        anna.call(bert);
        net.pass(10);
        net.loss = 1;
        bert.progress(bert.incoming.getFirst(), 180, "");
        net.pass(32_500);

        assertThat(bert.log).containsExactly("incoming", "ended UNACKNOWLEDGED");
        assertThat(bert.sentWords()).contains("504 INVITE");
    }

    @Test
    void aReliableResponseOutOfOrderIsPassedOver() {
        Party anna = party(1, false, 0);
        Party bert = party(2, false, 0);
        anna.call(bert);
        SipRequest invite = (SipRequest) anna.sent.getFirst();
        anna.receive(reliable(invite, 183, 7), bert.hop);
        anna.receive(reliable(invite, 183, 7), bert.hop);
        anna.receive(reliable(invite, 183, 9), bert.hop);
        anna.receive(reliable(invite, 183, 8), bert.hop);

        assertThat(anna.sentWords()).containsExactly("INVITE", "PRACK", "PRACK");
        assertThat(anna.sent.getLast().headers().first("RAck")).contains("8 1 INVITE");
        assertThat(anna.log).hasSize(2);
    }

    private static SipResponse reliable(SipRequest invite, int status, int rseq) {
        return invite.reply(status).withToTag("b").withHeaders(
                Headers.NONE.and("Require", "100rel").and("RSeq", Integer.toString(rseq)).and("Contact", "<sip:b@192.0.2.2>"));
    }

    @Test
    void theCallerRefreshesTheSessionWhichThenLives() {
        Party anna = party(1, false, 100);
        Party bert = party(2, false, 0);
        anna.call(bert);
        net.pass(10);
        bert.accept(bert.incoming.getFirst());
        net.pass(1_000_000);

        assertThat(anna.ends).isEmpty();
        assertThat(bert.ends).isEmpty();
        assertThat(anna.sentWords()).filteredOn("UPDATE"::equals).hasSizeBetween(18, 20);
        assertThat(bert.sentWords()).doesNotContain("UPDATE");
    }

    @Test
    void whenThePeerVanishesTheCallEndsOnBothSides() {
        Party anna = party(1, false, 100);
        Party bert = party(2, false, 0);
        anna.call(bert);
        net.pass(10);
        bert.accept(bert.incoming.getFirst());
        net.pass(10);
        net.loss = 1;
        net.pass(101_000);

        assertThat(anna.log).contains("ended EXPIRED"); // its refresh was in vain
        assertThat(bert.log).contains("ended EXPIRED");
        net.pass(100_000);
        assertThat(anna.agent.traces()).isZero();
        assertThat(bert.agent.traces()).isZero();
    }

    @Test
    void anIntervalTooShortIsRaisedToWhatThePeerWants() {
        Party anna = party(1, false, 100);
        Party bert = new Party(net, 2, new UserAgentConfig("test", _ -> Net.hostPort(2), false, SessionRules.of(0, 600), 100));
        anna.call(bert);
        net.pass(10);
        bert.accept(bert.incoming.getFirst());
        net.pass(10);

        assertThat(bert.sentWords()).containsExactly("100 INVITE", "422 INVITE", "100 INVITE", "200 INVITE");
        assertThat(bert.invites.getLast().headers().first("Session-Expires")).contains("600");
        assertThat(anna.log).containsExactly("answered answer");
    }

    @Test
    void aPeerWithoutUpdateIsRefreshedByInvite() {
        Party anna = party(1, false, 100);
        Party bert = party(2, false, 0);
        anna.call(bert);
        SipRequest invite = (SipRequest) anna.sent.getFirst();
        anna.receive(
                invite.reply(200).withToTag("b")
                        .withHeaders(Headers.NONE.and("Contact", "<sip:b@192.0.2.2>").and("Allow", "INVITE, ACK, BYE"))
                        .withBody("application/sdp", Body.of("answer")),
                bert.hop);
        net.pass(51_000);

        assertThat(anna.sentWords()).startsWith("INVITE", "ACK", "INVITE").doesNotContain("UPDATE");
        assertThat(anna.sent.get(2).body()).isEqualTo(Body.of("offer"));
    }
}
