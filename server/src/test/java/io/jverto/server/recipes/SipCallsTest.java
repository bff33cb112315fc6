package io.jverto.server.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.server.recipes.SipPeers.Peer;
import io.jverto.server.recipes.Site.Browser;
import io.jverto.sip.message.SipRequest;
import org.junit.jupiter.api.Test;

/// Calls between browsers and SIP peers through the whole server, in virtual time.
class SipCallsTest extends SipSite {
    @Test
    void aBrowsersCallRingsHasEarlyMediaIsAnsweredAndEndedByTheTelephone() {
        try (Site site = site(DIALPLAN)) {
            Peer itsp = itsp(site);
            Browser ada = site.login("1002");
            ada.call("a", "95551234");

            SipRequest invite = itsp.last("INVITE");
            assertThat(invite.uri().toString()).isEqualTo("sip:5551234@itsp.example.org");
            assertThat(invite.envelope().from().uri().toString()).isEqualTo("sip:acme@itsp.example.org");
            assertThat(invite.headers().first("Remote-Party-ID").orElse("")).contains("<sip:1002@itsp.example.org>", "privacy=off");
            assertThat(invite.body().text()).contains(" RTP/AVP ", "PCMU/8000", "telephone-event/8000").doesNotContain("candidate");
            itsp.respond(invite, 180);
            assertThat(ada.heard()).doesNotContain("verto.answer");
            itsp.respond(invite, 183, Peer.SDP);
            assertThat(ada.heard()).contains("verto.media");
            Peer.Call call = itsp.answer(invite, Peer.SDP);
            assertThat(itsp.requests("ACK")).hasSize(1);
            assertThat(ada.heard()).contains("verto.answer");

            call.request("BYE", "", "");
            assertThat(call.statuses()).containsExactly(200);
            assertThat(ada.ended()).isEqualTo("NORMAL_CLEARING");
        }
    }

    @Test
    void whatTheBrowserEndsIsEndedAtTheTelephoneWithItsCause() {
        try (Site site = site(DIALPLAN)) {
            Peer itsp = itsp(site);
            Browser ada = site.login("1002");
            ada.call("a", "95551234");
            itsp.answer(itsp.last("INVITE"), Peer.SDP);

            ada.hangup("a");

            assertThat(itsp.last("BYE").headers().first("Reason").orElse("")).isEqualTo("Q.850;cause=16;text=\"NORMAL_CLEARING\"");
        }
    }

    @Test
    void aBrowserThatGivesUpCancels() {
        try (Site site = site(DIALPLAN)) {
            Peer itsp = itsp(site);
            Browser ada = site.login("1002");
            ada.call("a", "95551234");
            itsp.respond(itsp.last("INVITE"), 180);

            ada.hangup("a");

            assertThat(itsp.requests("CANCEL")).hasSize(1);
            itsp.respond(itsp.last("INVITE"), 487);
            assertThat(itsp.requests("ACK")).hasSize(1);
            assertThat(itsp.requests("BYE")).isEmpty();
        }
    }

    @Test
    void anAnswerThatCrossesTheCancelIsHungUpOn() {
        try (Site site = site(DIALPLAN)) {
            Peer itsp = itsp(site);
            Browser ada = site.login("1002");
            ada.call("a", "95551234");
            itsp.respond(itsp.last("INVITE"), 180);
            ada.hangup("a");

            itsp.answer(itsp.last("INVITE"), Peer.SDP);

            assertThat(itsp.requests("ACK")).hasSize(1);
            assertThat(itsp.requests("BYE")).hasSize(1);
        }
    }

    @Test
    void whoCallsThroughAGatewayIsShownTheNumberAndNotTheWayThere() {
        try (Site site = site(DIALPLAN)) {
            Peer itsp = itsp(site);
            Browser ada = site.login("1002");
            ada.call("a", "95551234");
            itsp.answer(itsp.last("INVITE"), Peer.SDP);

            assertThat(ada.last("verto.display").flatMap(params -> params.string("display_number"))).contains("5551234");
            String leg = site.run("uuid_getvar a last_bridge_to").strip();
            assertThat(site.run("uuid_dump " + leg)).contains("Caller-Destination-Number: 5551234").contains("Caller-Callee-ID-Number: 5551234");
        }
    }

    @Test
    void aRefusalBecomesItsCause() {
        try (Site site = site(DIALPLAN)) {
            Peer itsp = itsp(site);
            for (String[] one : new String[][] {{"486", "USER_BUSY"}, {"404", "UNALLOCATED_NUMBER"}, {"503", "NORMAL_TEMPORARY_FAILURE"}, {"488", "INCOMPATIBLE_DESTINATION"}}) {
                Browser ada = site.login("1002");
                ada.call("a" + one[0], "95551234");
                itsp.respond(itsp.last("INVITE"), Integer.parseInt(one[0]));
                assertThat(ada.ended()).isEqualTo(one[1]);
            }
            Browser ada = site.login("1002");
            ada.call("b", "95551234");
            itsp.respond(itsp.last("INVITE"), 480, "Reason: Q.850;cause=20\r\n", "");
            assertThat(ada.ended()).isEqualTo("SUBSCRIBER_ABSENT");
        }
    }

    @Test
    void aCauseInTheByeOfTheTelephoneIsTheCallersAfterTheBridge() {
        String dialplan = """
                <extension name="ends"><condition field="destination_number" expression="^9(\\d+)$">
                  <action application="set" data="hangup_after_bridge=true"/><action application="bridge" data="sofia/gateway/itsp/$1"/></condition></extension>
                <extension name="goes on"><condition field="destination_number" expression="^8(\\d+)$">
                  <action application="bridge" data="sofia/gateway/itsp/$1"/><action application="park"/></condition></extension>
                """;
        try (Site site = site(dialplan)) {
            Peer itsp = itsp(site);
            Browser ada = site.login("1002");
            ada.call("a", "95551234");
            itsp.answer(itsp.last("INVITE"), Peer.SDP).request("BYE", "Reason: Q.850;cause=38;text=\"Network out of order\"\r\n", "");
            assertThat(ada.ended()).isEqualTo("NETWORK_OUT_OF_ORDER");

            Browser bob = site.login("1003");
            bob.call("b", "85551234");
            itsp.answer(itsp.last("INVITE"), Peer.SDP).request("BYE", "Reason: Q.850;cause=38\r\n", "");
            assertThat(bob.ended()).isEmpty();
            assertThat(site.run("uuid_getvar b last_bridge_hangup_cause")).isEqualTo("NETWORK_OUT_OF_ORDER");
            assertThat(site.run("uuid_getvar b bridge_hangup_cause")).isEqualTo("NETWORK_OUT_OF_ORDER");
        }
    }

    @Test
    void aFailedBridgeLeavesTheStatusOfTheTelephoneWithTheCaller() {
        String dialplan = """
                <extension name="goes on"><condition field="destination_number" expression="^8(\\d+)$">
                  <action application="set" data="continue_on_fail=true"/><action application="bridge" data="sofia/gateway/itsp/$1"/>
                  <action application="park"/></condition></extension>
                """;
        try (Site site = site(dialplan)) {
            Peer itsp = itsp(site);
            Browser ada = site.login("1002");
            ada.call("a", "85551234");
            itsp.respond(itsp.last("INVITE"), 486, "Reason: Q.850;cause=34\r\n", "");

            assertThat(ada.ended()).isEmpty();
            assertThat(site.run("uuid_getvar a originate_disposition")).isEqualTo("NORMAL_CIRCUIT_CONGESTION");
            assertThat(site.run("uuid_getvar a sip_invite_failure_status")).isEqualTo("486");
            assertThat(site.run("uuid_getvar a sip_invite_failure_phrase")).isEqualTo("Whatever");
            assertThat(site.run("uuid_getvar a sip_term_status")).isEqualTo("486");
            assertThat(site.run("uuid_getvar a last_bridge_proto_specific_hangup_cause")).isEqualTo("sip:486");

            ada.call("b", "85551234");
            site.advance(32_100);
            assertThat(site.run("uuid_getvar b sip_invite_failure_status")).isEqualTo("408");
            assertThat(site.run("uuid_getvar b sip_invite_failure_phrase")).isEqualTo("Request Timeout");
        }
    }

    @Test
    void aGatewayThatNeverAnswersEndsTheCallInTime() {
        try (Site site = site(DIALPLAN)) {
            itsp(site);
            Browser ada = site.login("1002");
            ada.call("a", "95551234");

            site.advance(32_100);

            assertThat(ada.ended()).isEqualTo("RECOVERY_ON_TIMER_EXPIRE");
        }
    }

    @Test
    void aChallengeOfTheConfiguredRealmIsAnsweredAndThatOfAStrangersIsNot() {
        try (Site site = site(DIALPLAN)) {
            Peer itsp = itsp(site);
            site.login("1002").call("a", "95551234");
            itsp.respond(itsp.last("INVITE"), 407, "Proxy-Authenticate: Digest realm=\"itsp.example.org\", nonce=\"n1\", qop=\"auth\"\r\n", "");
            SipRequest again = itsp.last("INVITE");
            assertThat(again.envelope().cseq().number()).isEqualTo(2);
            assertThat(again.headers().first("Proxy-Authorization").orElse("")).contains("username=\"acme\"", "realm=\"itsp.example.org\"", "nonce=\"n1\"");
            assertThat(again.headers().first("Proxy-Authorization").orElse("")).doesNotContain("secret");

            Browser bob = site.login("1003");
            bob.call("b", "95551234");
            itsp.respond(itsp.last("INVITE"), 407, "Proxy-Authenticate: Digest realm=\"evil.example.org\", nonce=\"n1\", qop=\"auth\"\r\n", "");
            assertThat(itsp.last("INVITE").headers().has("Proxy-Authorization")).isFalse();
            assertThat(bob.ended()).isEqualTo("CALL_REJECTED");
        }
    }

    @Test
    void aWrongPasswordIsNotTriedForEver() {
        try (Site site = site(DIALPLAN)) {
            Peer itsp = itsp(site);
            Browser ada = site.login("1002");
            ada.call("a", "95551234");
            for (int i = 0; i < 5; i++) {
                if (ada.ended().isEmpty()) {
                    itsp.respond(itsp.last("INVITE"), 407, "Proxy-Authenticate: Digest realm=\"itsp.example.org\", nonce=\"n" + i + "\", qop=\"auth\"\r\n", "");
                }
            }

            assertThat(ada.ended()).isEqualTo("CALL_REJECTED");
            assertThat(itsp.requests("INVITE")).hasSize(2);
        }
    }

    @Test
    void aRedirectedCallGoesOnAtTheSameGateway() {
        try (Site site = site(DIALPLAN)) {
            Peer itsp = itsp(site);
            Peer stranger = site.peers.peer(66, "elsewhere.example.org");
            Browser ada = site.login("1002");
            ada.call("a", "95551234");

            itsp.respond(itsp.last("INVITE"), 302, "Contact: <sip:777@elsewhere.example.org>\r\n", "");

            assertThat(stranger.received).isEmpty();
            assertThat(itsp.requests("INVITE")).hasSize(2);
            assertThat(ada.ended()).isEmpty();
        }
    }

    @Test
    void aHoldOfTheTelephoneAndItsEndAreAnswered() {
        try (Site site = site(DIALPLAN)) {
            Peer itsp = itsp(site);
            Peer.Call call = talk(site, site.login("1002"));

            call.request("INVITE", "", Peer.SDP + "a=sendonly\r\n");
            assertThat(call.response().status()).isEqualTo(200);
            assertThat(call.response().body().text()).contains("a=recvonly\r\n");
            call.ack();
            assertThat(held(site)).isTrue();

            call.request("INVITE", "", Peer.SDP);
            assertThat(call.response().body().text()).contains("a=sendrecv\r\n");
            call.ack();
            assertThat(held(site)).isFalse();
            assertThat(itsp.requests("INVITE")).hasSize(1);
        }
    }

    private static boolean held(Site site) {
        return site.run("show channels as xml").contains("HELD");
    }

    @Test
    void aFaxIsRefusedAndTheCallGoesOn() {
        try (Site site = site(DIALPLAN)) {
            Browser ada = site.login("1002");
            Peer.Call call = talk(site, ada);
            String image = "m=image 6004 udptl t38\r\na=T38FaxVersion:0\r\n";
            String session = Peer.SDP.substring(0, Peer.SDP.indexOf("m=audio"));

            call.request("INVITE", "", session + image);
            assertThat(call.statuses()).containsExactly(488);
            call.ack();
            call.request("INVITE", "", Peer.SDP + image);
            assertThat(call.statuses()).containsExactly(200);
            assertThat(call.response().body().text()).contains("m=audio 50000 ", "m=image 0 udptl");
            call.ack();

            assertThat(ada.ended()).isEmpty();
        }
    }

    @Test
    void aPeerThatIsABrowserIsOfferedIceAndDtls() {
        String dialplan = """
                <extension name="out"><condition field="destination_number" expression="^9(\\d+)$">
                  <action application="bridge" data="{media_webrtc=true}sofia/gateway/itsp/$1"/></condition></extension>
                """;
        try (Site site = site(dialplan)) {
            Browser ada = site.login("1002");
            ada.call("a", "95551234");

            String offer = itsp(site).last("INVITE").body().text();
            assertThat(offer).contains("UDP/TLS/RTP/SAVPF", "a=fingerprint:", "a=ice-ufrag:").doesNotContain("RTP/AVP ");
            itsp(site).answer(itsp(site).last("INVITE"), Site.text("browser-answer.sdp"));
            assertThat(ada.heard()).contains("verto.answer");
        }
    }

    @Test
    void aNewOfferThatCannotBeUsedIsRefusedAndTheCallGoesOn() {
        try (Site site = site(DIALPLAN)) {
            Browser ada = site.login("1002");
            Peer.Call call = talk(site, ada);

            call.request("INVITE", "", Peer.SDP.replace("RTP/AVP 0 101", "RTP/AVP 18"));

            assertThat(call.statuses()).containsExactly(488);
            assertThat(ada.ended()).isEmpty();
        }
    }

    @Test
    void aCallThatTheSwitchPutsOnHoldIsOfferedSo() {
        try (Site site = site(DIALPLAN)) {
            Peer itsp = itsp(site);
            Peer.Call call = talk(site, site.login("1002"));
            String leg = site.server.calls().stream().filter(id -> !id.equals("a")).findFirst().orElseThrow();

            site.run("uuid_hold " + leg);
            SipRequest held = itsp.last("INVITE");
            assertThat(held.body().text()).contains("a=sendonly\r\n");
            itsp.respond(held, 200, Peer.SDP + "a=recvonly\r\n");
            assertThat(site.run("uuid_hold off " + leg)).startsWith("+OK");
            SipRequest back = itsp.last("INVITE");
            assertThat(back.body().text()).contains("a=sendrecv\r\n");
            itsp.respond(back, 200, Peer.SDP);
            assertThat(itsp.requests("ACK")).hasSize(3);
        }
    }

    @Test
    void aHoldThatIsOverBeforeItIsAnsweredIsOfferedOneAfterTheOther() {
        try (Site site = site(DIALPLAN)) {
            Peer itsp = itsp(site);
            Browser ada = site.login("1002");
            ada.call("a", "95551234");
            itsp.answer(itsp.last("INVITE"), Peer.SDP);
            String leg = site.server.calls().stream().filter(id -> !id.equals("a")).findFirst().orElseThrow();

            site.run("uuid_hold " + leg);
            site.run("uuid_hold off " + leg);
            assertThat(itsp.last("INVITE").body().text()).contains("a=sendonly\r\n");
            itsp.respond(itsp.last("INVITE"), 200, Peer.SDP + "a=recvonly\r\n");
            assertThat(itsp.last("INVITE").body().text()).contains("a=sendrecv\r\n");
            itsp.respond(itsp.last("INVITE"), 200, Peer.SDP);

            assertThat(itsp.requests("ACK")).hasSize(3);
            assertThat(ada.ended()).isEmpty();
        }
    }

    @Test
    void digitsByInfoReachTheSwitch() {
        String dialplan = """
                <extension name="collect"><condition field="destination_number" expression="^1001$">
                  <action application="answer"/><action application="read" data="2 2 silence_stream://5000 digits 5000 #"/><action application="park"/></condition></extension>
                """;
        try (Site site = site(dialplan)) {
            Peer.Call call = itsp(site).invite("sip:gw+itsp@192.0.2.1:5080", "4930123", "", Peer.SDP);
            assertThat(call.response().status()).isEqualTo(200);
            call.ack();

            call.request("INFO", "Content-Type: application/dtmf-relay\r\n", "Signal=4\r\nDuration=160\r\n");
            call.request("INFO", "Content-Type: application/dtmf\r\n", "2");
            site.advance(1_000);

            assertThat(site.run("uuid_getvar " + site.server.calls().getFirst() + " digits")).isEqualTo("42");
        }
    }

    @Test
    void aCallOfTheGatewayRingsTheBrowserAndIsAnswered() {
        try (Site site = site("")) {
            Browser bob = site.login("1001");
            Peer itsp = itsp(site);
            Peer.Call call = itsp.invite("sip:gw+itsp@192.0.2.1:5080", "4930123", "P-Asserted-Identity: \"Max\" <sip:4930999@itsp.example.org>\r\n", Peer.SDP);
            site.advance(100);

            assertThat(bob.rings()).isTrue();
            assertThat(bob.last("verto.invite").orElseThrow().toString()).contains("4930999", "Max");
            assertThat(call.statuses()).containsAnyOf(180, 183);
            bob.answer();
            assertThat(call.response().status()).isEqualTo(200);
            assertThat(call.responses().stream().anyMatch(response -> response.body().text().contains("m=audio 50000 RTP/AVP 0 101"))).isTrue();
            call.ack();

            call.request("BYE", "", "");
            assertThat(bob.ended()).isEqualTo("NORMAL_CLEARING");
        }
    }

    @Test
    void aCallerWhoGivesUpEndsTheRingingWithoutABye() {
        try (Site site = site("")) {
            Browser bob = site.login("1001");
            Peer.Call call = itsp(site).invite("sip:gw+itsp@192.0.2.1:5080", "4930123", "", Peer.SDP);
            site.advance(100);
            assertThat(bob.rings()).isTrue();

            call.request("CANCEL", "", "");

            assertThat(call.statuses()).contains(487);
            assertThat(bob.ended()).isEqualTo("ORIGINATOR_CANCEL");
        }
    }

    @Test
    void aBrowserThatDoesNotWantTheCallRefusesItWithItsStatus() {
        try (Site site = site("<extension name=\"busy\"><condition field=\"destination_number\" expression=\"^1001$\"><action application=\"hangup\" data=\"USER_BUSY\"/>"
                + "</condition></extension>")) {
            Peer.Call call = itsp(site).invite("sip:gw+itsp@192.0.2.1:5080", "4930123", "", Peer.SDP);

            assertThat(call.statuses()).containsExactly(486);
            assertThat(call.response().headers().first("Reason").orElse("")).contains("Q.850;cause=17");
        }
    }

    @Test
    void aCallWithoutAnOfferIsAnsweredWithOursAndItsAckBringsTheAnswer() {
        try (Site site = site("<extension name=\"echo\"><condition field=\"destination_number\" expression=\"^1001$\"><action application=\"answer\"/>"
                + "<action application=\"park\"/></condition></extension>")) {
            Peer.Call call = itsp(site).invite("sip:gw+itsp@192.0.2.1:5080", "4930123", "", "");
            assertThat(call.response().status()).isEqualTo(200);
            assertThat(call.response().body().text()).contains("RTP/AVP", "PCMU/8000");

            call.ack(Peer.SDP);

            assertThat(site.run("show channels count")).contains("1 total");
            assertThat(site.run("uuid_dump " + site.server.calls().getFirst())).contains("PCMU");
        }
    }

    @Test
    void aStrangerIsChallengedAndNeverReachesTheDialplan() {
        try (Site site = site("")) {
            Browser bob = site.login("1001");
            Peer.Call call = site.peers.peer(99).invite("sip:1001@192.0.2.1:5080", "1002", "", Peer.SDP);

            assertThat(call.statuses()).containsExactly(407);
            assertThat(bob.rings()).isFalse();
            assertThat(site.server.calls()).isEmpty();
        }
    }

    @Test
    void headersOfVariablesGoOutAndThoseOfTheStackAreNotTouched() {
        String dialplan = """
                <extension name="out"><condition field="destination_number" expression="^9(\\d+)$">
                  <action application="bridge" data="{sip_h_X-Ticket=4711,sip_h_Call-ID=evil,sip_cid_type=pid,origination_caller_id_name=Acme}sofia/gateway/itsp/$1"/></condition></extension>
                """;
        try (Site site = site(dialplan)) {
            site.login("1002").call("a", "95551234");

            SipRequest invite = itsp(site).last("INVITE");
            assertThat(invite.headers().first("X-Ticket")).contains("4711");
            assertThat(invite.envelope().callId()).isNotEqualTo("evil");
            assertThat(invite.headers().first("P-Asserted-Identity").orElse("")).contains("Acme", "<sip:1002@itsp.example.org>");
            assertThat(invite.headers().first("Privacy")).contains("none");
        }
    }

    @Test
    void whoIsNotThereIsToldApart() {
        String dialplan = """
                <extension name="a"><condition field="destination_number" expression="^91$"><action application="bridge" data="sofia/gateway/nowhere/1"/></condition></extension>
                <extension name="b"><condition field="destination_number" expression="^92$"><action application="bridge" data="sofia/nowhere/1@example.org"/></condition></extension>
                <extension name="c"><condition field="destination_number" expression="^93$"><action application="bridge" data="sofia/external/1009%127.0.0.1"/></condition></extension>
                <extension name="d"><condition field="destination_number" expression="^94$"><action application="bridge" data="sofia/external/x@no.such.host.example.org"/></condition></extension>
                """;
        try (Site site = site(dialplan)) {
            String[][] all = {{"91", "INVALID_GATEWAY"}, {"92", "INVALID_PROFILE"}, {"93", "USER_NOT_REGISTERED"}, {"94", "NETWORK_OUT_OF_ORDER"}};
            for (String[] one : all) {
                Browser ada = site.login("1002");
                ada.call("a" + one[0], one[0]);
                assertThat(ada.ended()).isEqualTo(one[1]);
            }
        }
    }
}
