package io.jverto.server.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.server.recipes.SipPeers.Peer;
import io.jverto.server.recipes.Site.Browser;
import org.junit.jupiter.api.Test;

/// Transfers that telephones ask for by REFER and by INVITE with Replaces, through the whole server, in virtual time.
class SipTransfersTest extends SipSite {
    @Test
    void aTelephoneSendsItsPartnerOnByRefer() {
        try (Site site = site(DIALPLAN)) {
            Browser bob = site.login("1001");
            Peer itsp = itsp(site);
            Browser ada = site.login("1002");
            Peer.Call call = talk(site, ada);

            call.request("REFER", "Refer-To: <sip:1001@192.0.2.1>\r\n", "");
            site.advance(200);

            assertThat(call.statuses()).containsExactly(202);
            assertThat(itsp.last("NOTIFY").body().text()).startsWith("SIP/2.0 200");
            assertThat(itsp.requests("BYE")).hasSize(1);
            assertThat(bob.rings()).isTrue();
            assertThat(ada.ended()).isEmpty();
        }
    }

    @Test
    void aReferOfACallThatTalksWithNobodyIsRefused() {
        try (Site site = site("<extension name=\"park\"><condition field=\"destination_number\" expression=\"^1001$\"><action application=\"answer\"/>"
                + "<action application=\"park\"/></condition></extension>")) {
            Peer.Call call = itsp(site).invite("sip:gw+itsp@192.0.2.1:5080", "4930123", "", Peer.SDP);
            call.ack();

            call.request("REFER", "Refer-To: <sip:1002@192.0.2.1>\r\n", "");
            site.advance(200);

            assertThat(call.statuses()).containsExactly(403);
        }
    }

    @Test
    void aTelephoneJoinsItsTwoPartnersByReplaces() {
        try (Site site = site(DIALPLAN)) {
            Peer itsp = itsp(site);
            Browser ada = site.login("1002");
            Browser bob = site.login("1003");
            ada.call("a", "95551234");
            Peer.Call first = itsp.answer(itsp.last("INVITE"), Peer.SDP);
            bob.call("b", "95559999");
            itsp.answer(itsp.last("INVITE"), Peer.SDP);
            String other = itsp.last("INVITE").envelope().callId();

            first.request("REFER", "Refer-To: <sip:x@192.0.2.1?Replaces=" + other.replace("@", "%40") + "%3Bto-tag%3Dpeer%3Bfrom-tag%3Dx>\r\n", "");
            site.advance(200);

            assertThat(first.statuses()).containsExactly(202);
            assertThat(itsp.requests("BYE")).hasSize(2);
            assertThat(ada.ended()).isEmpty();
            assertThat(bob.ended()).isEmpty();
        }
    }

    @Test
    void nobodyReplacesACallOfSomebodyElse() {
        try (Site site = site(DIALPLAN)) {
            Peer itsp = itsp(site);
            Browser ada = site.login("1002");
            Peer.Call call = talk(site, ada);

            call.request("REFER", "Refer-To: <sip:x@192.0.2.1?Replaces=unknown-call%3Bto-tag%3Da%3Bfrom-tag%3Db>\r\n", "");
            site.advance(200);

            assertThat(call.statuses()).containsExactly(480);
            assertThat(ada.ended()).isEmpty();
        }
    }
}
