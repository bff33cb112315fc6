package io.jverto.server.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.server.recipes.SipPeers.Peer;
import io.jverto.server.recipes.Site.Browser;
import io.jverto.sip.message.SipRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Transfers that telephones ask for by REFER and by INVITE with Replaces, through the whole server, in virtual time.
class SipTransfersTest extends SipSite {
    private static final String BUSY = """
            <extension name="busy"><condition field="destination_number" expression="^77$"><action application="hangup" data="USER_BUSY"/></condition></extension>
            """;
    private static final String PARK = """
            <extension name="park"><condition field="destination_number" expression="^1001$"><action application="answer"/>
              <action application="park"/></condition></extension>
            """;

    /// @return what the transferor was told, each once
    private static List<String> fragments(Peer peer) {
        return peer.requests("NOTIFY").stream().distinct().map(notify -> notify.body().text().strip().substring("SIP/2.0 ".length())).distinct().toList();
    }

    private static String subscription(Peer peer) {
        return peer.last("NOTIFY").headers().first("Subscription-State").orElse("");
    }

    private static void refer(Site site, Peer.Call call, String to) {
        call.request("REFER", "Refer-To: " + to + "\r\nReferred-By: <sip:5551234@itsp.example.org>\r\n", "");
        site.advance(200);
    }

    /// @param invite of ours
    private static String replaces(SipRequest invite) {
        return "Replaces: " + invite.envelope().callId() + ";to-tag=" + invite.envelope().from().tag().orElse("") + ";from-tag=peer\r\n";
    }

    private static Peer.Call takes(Site site, String lines) {
        Peer.Call call = itsp(site).invite("sip:gw+itsp@192.0.2.1:5080", "4930123", lines, Peer.SDP);
        site.advance(100);
        return call;
    }

    @Test
    void aTelephoneSendsItsPartnerOnByReferAndHearsHowFarHeGets() {
        try (Site site = site(DIALPLAN)) {
            Browser bob = site.login("1001");
            Browser ada = site.login("1002");
            Peer.Call call = talk(site, ada);

            refer(site, call, "<sip:1001@192.0.2.1>");
            assertThat(call.statuses()).containsExactly(202);
            assertThat(fragments(itsp(site))).containsExactly("100 Trying", "180 Ringing");
            assertThat(subscription(itsp(site))).startsWith("active");
            assertThat(itsp(site).requests("BYE")).isEmpty();
            bob.answer();
            site.advance(200);

            assertThat(fragments(itsp(site))).containsExactly("100 Trying", "180 Ringing", "200 OK");
            assertThat(subscription(itsp(site))).startsWith("terminated");
            assertThat(itsp(site).requests("BYE")).hasSize(1);
            assertThat(ada.ended()).isEmpty();
            assertThat(bob.ended()).isEmpty();
            assertThat(site.run("uuid_getvar a sip_refer_to")).isEqualTo("<sip:1001@192.0.2.1>");
            assertThat(site.run("uuid_getvar a sip_h_Referred-By")).isEqualTo("<sip:5551234@itsp.example.org>");
        }
    }

    @Test
    void aTransferThatFailsLeavesTheCallAsItWas() {
        try (Site site = site(DIALPLAN + BUSY)) {
            Browser ada = site.login("1002");
            Peer.Call call = talk(site, ada);

            refer(site, call, "<sip:77@192.0.2.1>");
            assertThat(call.statuses()).containsExactly(202);
            assertThat(fragments(itsp(site))).containsExactly("100 Trying", "486 Busy Here");
            assertThat(subscription(itsp(site))).startsWith("terminated");
            assertThat(itsp(site).requests("BYE")).isEmpty();
            assertThat(ada.ended()).isEmpty();

            refer(site, call, "<sip:4711@192.0.2.1>");
            assertThat(fragments(itsp(site))).endsWith("404 Not Found");
            call.request("BYE", "", "");
            assertThat(ada.ended()).isEqualTo("NORMAL_CLEARING");
        }
    }

    @Test
    void aSecondReferWaitsForTheFirst() {
        try (Site site = site(DIALPLAN)) {
            site.login("1001");
            Peer.Call call = talk(site, site.login("1002"));
            refer(site, call, "<sip:1001@192.0.2.1>");

            refer(site, call, "<sip:1003@192.0.2.1>");

            assertThat(call.statuses()).containsExactly(491);
        }
    }

    @Test
    void aTelephoneThatHangsUpAtOnceAfterItsReferIsGoneAndThePartnerGoesOn() {
        try (Site site = site(DIALPLAN)) {
            Browser bob = site.login("1001");
            Browser ada = site.login("1002");
            Peer.Call call = talk(site, ada);
            refer(site, call, "<sip:1001@192.0.2.1>");

            call.request("BYE", "", "");
            bob.answer();
            site.advance(200);

            assertThat(call.statuses()).containsExactly(200);
            assertThat(ada.ended()).isEmpty();
            assertThat(bob.ended()).isEmpty();
        }
    }

    @Test
    void aReferOfACallThatTalksWithNobodyIsRefused() {
        try (Site site = site(PARK)) {
            Peer.Call call = takes(site, "");
            call.ack();

            refer(site, call, "<sip:1002@192.0.2.1>");

            assertThat(call.statuses()).containsExactly(403);
        }
    }

    @Test
    void aReferToNowhereIsRefused() {
        try (Site site = site(DIALPLAN)) {
            Peer.Call call = talk(site, site.login("1002"));
            String[][] all = {{"<tel:+4930>", "416"}, {"<sip:192.0.2.1>", "404"}, {"<sip:x@192.0.2.1?Replaces=nothing>", "400"}};
            for (String[] one : all) {
                refer(site, call, one[0]);
                assertThat(call.statuses()).containsExactly(Integer.parseInt(one[1]));
            }
        }
    }

    @Test
    void aTelephoneJoinsItsTwoPartnersByReplaces() {
        try (Site site = site(DIALPLAN)) {
            Peer itsp = itsp(site);
            Browser ada = site.login("1002");
            Browser bob = site.login("1003");
            Peer.Call first = talk(site, ada);
            bob.call("b", "95559999");
            itsp.answer(itsp.last("INVITE"), Peer.SDP);
            String other = itsp.last("INVITE").envelope().callId();

            refer(site, first, "<sip:x@192.0.2.1?Replaces=" + other.replace("@", "%40") + "%3Bto-tag%3Dpeer%3Bfrom-tag%3Dx>");

            assertThat(first.statuses()).containsExactly(202);
            assertThat(fragments(itsp)).endsWith("200 OK");
            assertThat(itsp.requests("BYE")).hasSize(2);
            assertThat(ada.ended()).isEmpty();
            assertThat(bob.ended()).isEmpty();
        }
    }

    private static final String BOB = "<extension name=\"bob\"><condition field=\"destination_number\" expression=\"^1001$\">"
            + "<action application=\"bridge\" data=\"user/1001@127.0.0.1\"/></condition></extension>";

    @Test
    void whomItsOtherCallRingsIsThePartnersAndTheTelephoneHearsThatHeAnswered() {
        try (Site site = site(DIALPLAN + BOB)) {
            Browser bob = site.login("1001");
            Browser ada = site.login("1002");
            Peer.Call first = talk(site, ada);
            Peer.Call second = takes(site, "");
            assertThat(bob.rings()).isTrue();

            refer(site, first, "<sip:x@192.0.2.1?Replaces=" + second.callId() + "%3Bto-tag%3Da%3Bfrom-tag%3Dmine>");
            assertThat(first.statuses()).containsExactly(202);
            assertThat(fragments(itsp(site))).endsWith("180 Ringing");
            assertThat(subscription(itsp(site))).startsWith("active");
            assertThat(itsp(site).requests("BYE")).isEmpty();
            bob.answer();
            site.advance(200);

            assertThat(fragments(itsp(site))).endsWith("200 OK");
            assertThat(subscription(itsp(site))).startsWith("terminated");
            assertThat(itsp(site).requests("BYE")).hasSize(1);
            assertThat(ada.ended()).isEmpty();
            assertThat(bob.ended()).isEmpty();
            assertThat(site.server.calls()).hasSize(2);
        }
    }

    @Test
    void whenHeDoesNotAnswerTheTelephoneHearsThatAndHasItsPartnerBack() {
        try (Site site = site(DIALPLAN + BOB)) {
            Browser bob = site.login("1001");
            Browser ada = site.login("1002");
            Peer.Call first = talk(site, ada);
            Peer.Call second = takes(site, "");
            refer(site, first, "<sip:x@192.0.2.1?Replaces=" + second.callId() + "%3Bto-tag%3Da%3Bfrom-tag%3Dmine>");

            site.run("uuid_kill " + bob.rung() + " USER_BUSY");
            site.advance(200);

            assertThat(fragments(itsp(site))).endsWith("486 Busy Here");
            assertThat(subscription(itsp(site))).startsWith("terminated");
            assertThat(itsp(site).requests("BYE")).isEmpty();
            assertThat(ada.ended()).isEmpty();
            assertThat(site.run("show calls")).contains("1 total.");
        }
    }

    @Test
    void nobodyReplacesACallOfSomebodyElse() {
        try (Site site = site(DIALPLAN)) {
            Browser ada = site.login("1002");
            Peer.Call call = talk(site, ada);

            refer(site, call, "<sip:x@192.0.2.1?Replaces=unknown-call%3Bto-tag%3Da%3Bfrom-tag%3Db>");

            assertThat(call.statuses()).containsExactly(480);
            assertThat(ada.ended()).isEmpty();
        }
    }

    @Test
    void aDialogOfSomebodyElseIsReplacedByAnInviteThatNamesIt() {
        try (Site site = site(DIALPLAN)) {
            Peer itsp = itsp(site);
            Browser ada = site.login("1002");
            Peer.Call call = talk(site, ada);

            refer(site, call, "<sip:95559999@pbx.example.org?Replaces=theirs%40pbx%3Bto-tag%3Da%3Bfrom-tag%3Db>");
            SipRequest invite = itsp.last("INVITE");
            assertThat(invite.uri().toString()).isEqualTo("sip:5559999@itsp.example.org");
            assertThat(invite.headers().first("Replaces")).contains("theirs@pbx;to-tag=a;from-tag=b");
            assertThat(invite.headers().first("Referred-By")).contains("<sip:5551234@itsp.example.org>");
            itsp.answer(invite, Peer.SDP);
            site.advance(200);
            assertThat(fragments(itsp)).endsWith("200 OK");
            assertThat(ada.ended()).isEmpty();

            // It is over with that transfer: the next call does not name it again.
            site.login("1003").call("b", "95557777");
            assertThat(itsp.last("INVITE").headers().has("Replaces")).isFalse();
        }
    }

    @Test
    void aDialogOfSomebodyElseThatIsGoneLeavesTheCallAsItWas() {
        try (Site site = site(DIALPLAN)) {
            Peer itsp = itsp(site);
            Browser ada = site.login("1002");
            Peer.Call call = talk(site, ada);
            refer(site, call, "<sip:95559999@pbx.example.org?Replaces=theirs%40pbx%3Bto-tag%3Da%3Bfrom-tag%3Db>");

            itsp.respond(itsp.last("INVITE"), 481);
            site.advance(200);

            assertThat(fragments(itsp)).endsWith("503 Service Unavailable");
            assertThat(itsp.requests("BYE")).isEmpty();
            assertThat(ada.ended()).isEmpty();
        }
    }

    @Test
    void anInviteWithReplacesTakesTheCallOfTheDialogThatItNames() {
        try (Site site = site(DIALPLAN)) {
            Peer itsp = itsp(site);
            Browser ada = site.login("1002");
            talk(site, ada);

            Peer.Call taken = takes(site, replaces(itsp.last("INVITE")));
            assertThat(taken.response().status()).isEqualTo(200);
            taken.ack();
            assertThat(itsp.requests("BYE")).hasSize(1);
            assertThat(ada.ended()).isEmpty();

            taken.request("BYE", "", "");
            assertThat(ada.ended()).isEqualTo("NORMAL_CLEARING");
        }
    }

    @Test
    void anInviteWithReplacesAnswersACallThatRingsElsewhere() {
        try (Site site = site(DIALPLAN)) {
            Peer itsp = itsp(site);
            Browser ada = site.login("1002");
            ada.call("a", "95551234");
            SipRequest invite = itsp.last("INVITE");
            itsp.respond(invite, 180);

            Peer.Call taken = takes(site, replaces(invite));

            assertThat(taken.response().status()).isEqualTo(200);
            assertThat(itsp.last("CANCEL").headers().first("Reason").orElse("")).contains("SIP;cause=200");
            assertThat(ada.heard()).contains("verto.answer");
            assertThat(ada.ended()).isEmpty();
        }
    }

    @Test
    void anInviteWithReplacesTakesThePlaceInAnApplication() {
        try (Site site = site(PARK)) {
            Peer.Call first = takes(site, "");
            first.ack();
            String dialog = "Replaces: " + first.callId() + ";to-tag=" + first.tag() + ";from-tag=mine\r\n";

            Peer.Call second = takes(site, dialog);

            assertThat(second.response().status()).isEqualTo(200);
            assertThat(itsp(site).requests("BYE")).hasSize(1);
            assertThat(site.server.calls()).hasSize(1);
        }
    }

    @Test
    void anInviteWhoseReplacesFitsNothingIsRefused() {
        try (Site site = site(DIALPLAN)) {
            Peer itsp = itsp(site);
            Browser ada = site.login("1002");
            Peer.Call call = talk(site, ada);
            String dialog = replaces(itsp.last("INVITE"));

            assertThat(takes(site, "Replaces: nobody;to-tag=a;from-tag=b\r\n").statuses()).containsExactly(481);
            assertThat(takes(site, dialog.replace("=peer", "=other")).statuses()).containsExactly(481);
            assertThat(takes(site, dialog.replace("\r\n", ";early-only\r\n")).statuses()).containsExactly(486);
            assertThat(takes(site, "Replaces: nobody\r\n").statuses()).containsExactly(400);
            assertThat(takes(site, dialog + dialog).statuses()).containsExactly(400);
            assertThat(ada.ended()).isEmpty();
            call.request("BYE", "", "");
            assertThat(takes(site, dialog).statuses()).containsExactly(603);
            assertThat(site.server.calls()).isEmpty();
        }
    }

    /// An address that is trusted with calls is not trusted with those of others.
    @Test
    void s28WhoIsNotPartOfACallDoesNotGetItByItsTags() {
        try (Site site = site(DIALPLAN, "<param name=\"apply-inbound-acl\" value=\"198.51.100.66/32\"/>")) {
            Browser ada = site.login("1002");
            talk(site, ada);

            Peer.Call taken = site.peers.peer(66).invite("sip:1001@192.0.2.1:5080", "66", replaces(itsp(site).last("INVITE")), Peer.SDP);
            site.advance(100);

            assertThat(taken.statuses()).containsExactly(403);
            assertThat(itsp(site).requests("BYE")).isEmpty();
            assertThat(ada.ended()).isEmpty();
        }
    }

    private static final String DEFLECTS = """
            <extension name="away"><condition field="destination_number" expression="^1001$"><action application="answer"/>
              <action application="deflect" data="sip:5559@other.example.org;transport=udp"/>
              <action application="set" data="after=${sip_refer_status_code}"/><action application="park"/></condition></extension>
            """;

    private static void notify(Site site, Peer.Call call, String state, String fragment) {
        call.request("NOTIFY", "Event: refer\r\nSubscription-State: " + state + "\r\nContent-Type: message/sipfrag;version=2.0\r\n", fragment + "\r\n");
        site.advance(200);
    }

    @Test
    void theDialplanAsksATelephoneToCallSomebodyElse() {
        try (Site site = site(DEFLECTS)) {
            Peer.Call call = takes(site, "");
            call.ack();
            site.advance(200);

            SipRequest refer = itsp(site).last("REFER");
            assertThat(refer.headers().first("Refer-To")).contains("<sip:5559@other.example.org;transport=udp>");
            itsp(site).respond(refer, 202);
            notify(site, call, "active;expires=60", "SIP/2.0 180 Ringing");
            assertThat(call.statuses()).containsExactly(200);
            assertThat(itsp(site).requests("BYE")).isEmpty();
            notify(site, call, "terminated;reason=noresource", "SIP/2.0 200 OK");

            assertThat(itsp(site).requests("BYE")).hasSize(1);
        }
    }

    @Test
    void aTelephoneThatDoesNotGetThereGoesOnInTheDialplan() {
        try (Site site = site(DEFLECTS)) {
            Peer.Call call = takes(site, "");
            call.ack();
            site.advance(200);
            itsp(site).respond(itsp(site).last("REFER"), 202);
            notify(site, call, "terminated;reason=noresource", "SIP/2.0 486 Busy Here");
            assertThat(site.run("uuid_getvar " + site.server.calls().getFirst() + " after")).isEqualTo("486");

            Peer.Call other = takes(site, "");
            other.ack();
            site.advance(200);
            itsp(site).respond(itsp(site).last("REFER"), 405);
            site.advance(200);

            assertThat(site.server.calls()).extracting(one -> site.run("uuid_getvar " + one + " after")).containsExactlyInAnyOrder("486", "405");
            assertThat(itsp(site).requests("BYE")).isEmpty();
        }
    }
}
