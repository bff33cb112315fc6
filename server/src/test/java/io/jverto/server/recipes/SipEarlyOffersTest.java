package io.jverto.server.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.server.recipes.SipPeers.Peer;
import io.jverto.server.recipes.Site.Browser;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/// Offers and answers before a call is answered (RFC 3262 section 5, RFC 3311 section 5), through the whole server, in virtual time.
class SipEarlyOffersTest extends SipSite {
    /// Is heard, and answers after a while.
    private static final String EARLY = """
            <extension name="early"><condition field="destination_number" expression="^1001$"><action application="pre_answer"/>
              <action application="sleep" data="10000"/><action application="answer"/><action application="park"/></condition></extension>
            """;
    private static final String RELIABLE = "<param name=\"enable-100rel\" value=\"true\"/><param name=\"enable-3pcc\" value=\"true\"/>";
    private static final String ELSEWHERE = Peer.SDP.replace("198.51.100.200", "198.51.100.201").replace("m=audio 6000", "m=audio 6002");

    private static Peer.Call calls(Site site, String sdp) {
        Peer.Call call = itsp(site).invite("sip:gw+itsp@192.0.2.1:5080", "4930123", "Supported: 100rel\r\n", sdp);
        site.advance(100);
        call.learn();
        return call;
    }

    private static String rack(Peer.Call call) {
        SipResponse last = call.responses("INVITE").getLast();
        return "RAck: " + last.headers().first("RSeq").orElseThrow() + " " + last.envelope().cseq() + "\r\n";
    }

    private static InetSocketAddress remote(Site site) {
        return site.server.remote(site.server.calls().getFirst()).orElseThrow();
    }

    @Test
    void aCallerWithoutAnOfferGetsOursReliablyAndAnswersItInHisPrack() {
        try (Site site = site(EARLY, RELIABLE)) {
            Peer.Call call = calls(site, "");
            SipResponse early = call.responses("INVITE").getLast();
            assertThat(early.status()).isEqualTo(183);
            assertThat(early.body().text()).contains("m=audio ");

            call.request("PRACK", rack(call), Peer.SDP);

            assertThat(call.statuses()).containsExactly(200);
            assertThat(remote(site)).isEqualTo(new InetSocketAddress("198.51.100.200", 6_000));
            site.advance(11_000);
            assertThat(call.responses("INVITE").getLast().status()).isEqualTo(200);
            call.ack();
            site.advance(40_000);
            assertThat(site.server.calls()).hasSize(1);
        }
    }

    @Test
    void aPrackWithoutTheAnswerThatWasDueEndsTheCall() {
        try (Site site = site(EARLY, RELIABLE)) {
            Peer.Call call = calls(site, "");

            call.request("PRACK", rack(call), "");

            assertThat(call.responses("INVITE").getLast().status()).isEqualTo(480);
            assertThat(site.server.calls()).isEmpty();
        }
    }

    @Test
    void aPrackMayOfferAnewAndIsAnsweredInIts200() {
        try (Site site = site(EARLY, RELIABLE)) {
            Peer.Call call = calls(site, Peer.SDP);

            call.request("PRACK", rack(call), ELSEWHERE);

            assertThat(call.statuses()).containsExactly(200);
            assertThat(call.response().body().text()).contains("m=audio ");
            assertThat(remote(site)).isEqualTo(new InetSocketAddress("198.51.100.201", 6_002));
        }
    }

    @Test
    void anUpdateBeforeTheAnswerMovesEarlyMediaPutsItOnHoldAndMayBeRefused() {
        try (Site site = site(EARLY, RELIABLE)) {
            Peer.Call call = calls(site, Peer.SDP);
            call.request("UPDATE", "", ELSEWHERE);
            assertThat(call.statuses()).containsExactly(500); // ours is not acknowledged yet
            assertThat(call.response().headers().has("Retry-After")).isTrue();
            call.request("PRACK", rack(call), "");
            assertThat(call.response().body().isEmpty()).isTrue();

            call.request("UPDATE", "", ELSEWHERE + "a=sendonly\r\n");
            assertThat(call.statuses()).containsExactly(200);
            assertThat(call.response().body().text()).contains("a=recvonly");
            assertThat(remote(site)).isEqualTo(new InetSocketAddress("198.51.100.201", 6_002));
            call.request("UPDATE", "", Peer.SDP.replace("RTP/AVP 0", "RTP/AVP 3"));
            assertThat(call.statuses()).containsExactly(488);
            call.request("UPDATE", "", ELSEWHERE);
            assertThat(call.response().body().text()).contains("a=sendrecv");

            site.advance(11_000);
            SipResponse answer = call.responses("INVITE").getLast();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().isEmpty()).isTrue();
            assertThat(remote(site)).isEqualTo(new InetSocketAddress("198.51.100.201", 6_002));
        }
    }

    @Test
    void anUpdateThatMeetsOurOpenOfferIsGlare() {
        try (Site site = site(EARLY, RELIABLE)) {
            Peer.Call call = calls(site, "");

            call.request("UPDATE", "", ELSEWHERE);

            assertThat(call.statuses()).containsExactly(491);
        }
    }

    /// Of the callee of a call of ours, before it answers.
    private static void update(Peer peer, SipRequest invite, int seq, String sdp) {
        peer.say("UPDATE " + invite.contact().orElseThrow().uri() + " SIP/2.0\r\nVia: SIP/2.0/UDP " + peer.address() + ";branch=z9hG4bKup" + seq + ";rport\r\nFrom: "
                + invite.envelope().to() + ";tag=peer\r\nTo: " + invite.envelope().from() + "\r\nCall-ID: " + invite.envelope().callId() + "\r\nCSeq: " + seq
                + " UPDATE\r\nContact: <sip:peer@" + peer.address() + ">\r\nMax-Forwards: 70\r\n" + (sdp.isEmpty() ? "" : "Content-Type: application/sdp\r\n"), sdp);
    }

    private static SipResponse response(Peer peer) {
        return (SipResponse) peer.received.getLast();
    }

    @Test
    void whoIsCalledMayMoveItsEarlyMediaAndItsAnswerKeepsThat() {
        try (Site site = site(DIALPLAN)) {
            Peer itsp = itsp(site);
            Browser ada = site.login("1002");
            ada.call("a", "95551234");
            SipRequest invite = itsp.last("INVITE");
            itsp.respond(invite, 183, "Require: 100rel\r\nRSeq: 7\r\n", Peer.SDP);
            itsp.respond(itsp.last("PRACK"), 200);
            String leg = site.server.calls().stream().filter(id -> !id.equals("a")).findFirst().orElseThrow();

            update(itsp, invite, 1, ELSEWHERE);
            assertThat(response(itsp).status()).isEqualTo(200);
            assertThat(response(itsp).body().text()).contains("m=audio ");
            assertThat(site.server.remote(leg)).contains(new InetSocketAddress("198.51.100.201", 6_002));
            update(itsp, invite, 2, "");
            assertThat(response(itsp).status()).isEqualTo(200);

            itsp.answer(invite, Peer.SDP);

            assertThat(ada.heard()).contains("verto.answer");
            assertThat(site.server.remote(leg)).contains(new InetSocketAddress("198.51.100.201", 6_002));
        }
    }

    @Test
    void whoIsCalledAndHasNotAnsweredOurOfferReliablyMeetsGlare() {
        try (Site site = site(DIALPLAN)) {
            Peer itsp = itsp(site);
            site.login("1002").call("a", "95551234");
            SipRequest invite = itsp.last("INVITE");
            itsp.respond(invite, 183, Peer.SDP);

            update(itsp, invite, 1, ELSEWHERE);

            assertThat(response(itsp).status()).isEqualTo(491);
        }
    }
}
