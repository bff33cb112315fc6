package io.jverto.server.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.server.recipes.SipPeers.Peer;
import io.jverto.server.recipes.Site.Browser;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How calls over SIP end: statuses and causes both ways, several callees of one call, races, through the whole server, in virtual time.
class SipEndsTest extends SipSite {
    private static final String OTHER_SDP = Peer.SDP.replace("198.51.100.200", "198.51.100.201").replace("m=audio 6000", "m=audio 6100");
    private static final String BUSY_SDP = Peer.SDP.replace("198.51.100.200", "198.51.100.202").replace("m=audio 6000", "m=audio 6200");

    /// What a call to 1001 of the gateway does.
    private static String to1001(String... applications) {
        StringBuilder text = new StringBuilder("<extension name=\"in\"><condition field=\"destination_number\" expression=\"^1001$\">");
        for (String application : applications) {
            String[] words = application.split(" ", 2);
            text.append("<action application=\"").append(words[0]).append("\" data=\"").append(words.length > 1 ? words[1] : "").append("\"/>");
        }
        return text + "</condition></extension>";
    }

    private static Peer.Call comes(Site site) {
        Peer.Call call = itsp(site).invite("sip:gw+itsp@192.0.2.1:5080", "4930123", "", Peer.SDP);
        site.advance(100);
        return call;
    }

    private static String reason(SipResponse response) {
        return response.headers().first("Reason").orElse("");
    }

    @Test
    void whatTheCalledTelephoneAnswersIsWhatTheCallerHears() {
        try (Site site = site(to1001("bridge sofia/gateway/itsp/5551234"))) {
            String[][] all = {{"486", "486"}, {"480", "480"}, {"503", "503"}, {"603", "603"}, {"488", "488"}, {"407", "603"}};
            for (String[] one : all) {
                Peer.Call call = comes(site);
                itsp(site).respond(itsp(site).last("INVITE"), Integer.parseInt(one[0]));
                assertThat(call.statuses()).containsExactly(Integer.parseInt(one[1]));
            }
        }
    }

    @Test
    void whoDoesNotWantThatHearsTheStatusOfTheCause() {
        try (Site site = site(to1001("set sip_ignore_remote_cause=true", "bridge sofia/gateway/itsp/5551234"))) {
            Peer.Call call = comes(site);
            itsp(site).respond(itsp(site).last("INVITE"), 502); // NETWORK_OUT_OF_ORDER

            assertThat(call.statuses()).containsExactly(503);
            assertThat(reason(call.response())).contains("Q.850;cause=38");
        }
    }

    @Test
    void theDialplanRespondsWithAStatusAndItsOwnWords() {
        try (Site site = site(to1001("set sip_rh_X-Why=closed", "respond 480 Gone Fishing"))) {
            SipResponse response = comes(site).response();

            assertThat(response.status()).isEqualTo(480);
            assertThat(response.reason()).isEqualTo("Gone Fishing");
            assertThat(response.headers().first("X-Why")).contains("closed");
        }
    }

    @Test
    void theDialplanSendsACallerElsewhere() {
        try (Site site = site(to1001("redirect sip:1001@pbx.example.org,sip:1002@pbx.example.org"))) {
            SipResponse response = comes(site).response();

            assertThat(response.status()).isEqualTo(302);
            assertThat(response.headers().addresses("Contact")).extracting(Object::toString)
                    .containsExactly("<sip:1001@pbx.example.org>", "<sip:1002@pbx.example.org>");
        }
    }

    @Test
    void aReasonIsWhatTheVariableSaysOrNone() {
        String[][] all = {{"sip_reason=SIP;cause=600", "SIP;cause=600"}, {"disable_q850_reason=true", ""}, {"x=y", "Q.850;cause=17;text=\"USER_BUSY\""}};
        for (String[] one : all) {
            try (Site site = site(to1001("set " + one[0], "hangup USER_BUSY"))) {
                assertThat(reason(comes(site).response())).isEqualTo(one[1]);
            }
        }
    }

    @Test
    void aByeHasTheHeadersOfVariables() {
        try (Site site = site(to1001("answer", "set sip_bye_h_X-Bill=4711", "park"))) {
            comes(site).ack();

            site.run("uuid_kill " + site.server.calls().getFirst());

            assertThat(itsp(site).last("BYE").headers().first("X-Bill")).contains("4711");
        }
    }

    @Test
    void theLatestCalleeIsHeardAndTheOneWhoAnswersIsTheOne() {
        try (Site site = site(DIALPLAN)) {
            Peer itsp = itsp(site);
            Browser ada = site.login("1002");
            ada.call("a", "95551234");
            SipRequest invite = itsp.last("INVITE");
            itsp.respond(invite, 183, "", Peer.SDP, "one");
            itsp.respond(invite, 183, "", OTHER_SDP, "two");
            String leg = site.server.calls().stream().filter(id -> !id.equals("a")).findFirst().orElseThrow();
            assertThat(site.server.remote(leg)).contains(new InetSocketAddress("198.51.100.201", 6_100));

            itsp.respond(invite, 200, "", "", "one");
            itsp.respond(invite, 200, "", BUSY_SDP, "two");

            assertThat(itsp.requests("ACK")).hasSize(2);
            assertThat(itsp.requests("BYE")).singleElement().satisfies(bye -> assertThat(bye.envelope().to().tag()).contains("two"));
            assertThat(ada.heard()).contains("verto.answer");
            assertThat(ada.ended()).isEmpty();
            assertThat(site.server.remote(leg)).contains(new InetSocketAddress("198.51.100.200", 6_000));
        }
    }

    @Test
    void contactsOfARedirectionAreTriedOneAfterTheOtherTheBestFirst() {
        try (Site site = site(DIALPLAN)) {
            Peer itsp = itsp(site);
            Browser ada = site.login("1002");
            ada.call("a", "95551234");

            itsp.respond(itsp.last("INVITE"), 302, "Contact: <sip:2@x.example.org>;q=0.2, <sip:1@x.example.org>;q=0.9\r\nContact: <tel:+4930>\r\n", "");
            assertThat(itsp.last("INVITE").uri().toString()).isEqualTo("sip:1@x.example.org");
            itsp.respond(itsp.last("INVITE"), 486);
            assertThat(itsp.last("INVITE").uri().toString()).isEqualTo("sip:2@x.example.org");
            itsp.answer(itsp.last("INVITE"), Peer.SDP);

            assertThat(ada.heard()).contains("verto.answer");
        }
    }

    @Test
    void aRedirectionThatGoesRoundComesToAnEnd() {
        try (Site site = site(DIALPLAN)) {
            Peer itsp = itsp(site);
            Browser ada = site.login("1002");
            ada.call("a", "95551234");

            itsp.respond(itsp.last("INVITE"), 302, "Contact: <sip:1@x.example.org>\r\n", "");
            itsp.respond(itsp.last("INVITE"), 302, "Contact: <sip:1@x.example.org>, <sip:5551234@itsp.example.org>\r\n", "");
            assertThat(ada.ended()).isNotEmpty();
            assertThat(itsp.requests("INVITE")).hasSize(2);

            Browser bob = site.login("1003");
            bob.call("b", "95551234");
            for (int i = 0; bob.ended().isEmpty(); i++) {
                itsp.respond(itsp.last("INVITE"), 302, "Contact: <sip:" + i + "@x.example.org>\r\n", "");
            }
            assertThat(itsp.requests("INVITE")).hasSize(2 + 6);
        }
    }

    @Test
    void aRedirectionIsAnEndWhereTheDialplanSaysSo() {
        String dialplan = """
                <extension name="out"><condition field="destination_number" expression="^9(\\d+)$"><action application="set" data="continue_on_fail=true"/>
                  <action application="bridge" data="{outbound_redirect_fatal=true}sofia/gateway/itsp/$1"/><action application="park"/></condition></extension>
                """;
        try (Site site = site(dialplan)) {
            site.login("1002").call("a", "95551234");

            itsp(site).respond(itsp(site).last("INVITE"), 302, "Contact: <sip:1@x.example.org>\r\n", "");

            assertThat(itsp(site).requests("INVITE")).hasSize(1);
            assertThat(site.run("uuid_getvar a sip_term_status")).isEqualTo("302");
            assertThat(site.run("uuid_getvar a sip_redirected_to")).isEqualTo("<sip:1@x.example.org>");
        }
    }

    @Test
    void aRedirectionIsForTheDialplanWhereTheProfileSaysSo() {
        String dialplan = """
                <extension name="out"><condition field="destination_number" expression="^9(\\d+)$">
                  <action application="bridge" data="sofia/gateway/itsp/$1"/></condition></extension>
                </context><context name="redirected">
                <extension name="follows"><condition field="destination_number" expression="^4711$">
                  <action application="bridge" data="sofia/external/${sip_redirect_contact_user_1}@${sip_redirect_contact_host_1}"/></condition></extension>
                """;
        try (Site site = site(dialplan, "<param name=\"manual-redirect\" value=\"true\"/>")) {
            Peer first = site.peers.peer(20);
            Peer second = site.peers.peer(21);
            Browser ada = site.login("1002");
            ada.call("a", "95551234");

            itsp(site).respond(itsp(site).last("INVITE"), 302, "Contact: <sip:4711@198.51.100.20>, <sip:4712@198.51.100.21>;q=0.5\r\n", "");

            assertThat(itsp(site).requests("INVITE")).hasSize(1);
            assertThat(first.requests("INVITE")).isEmpty();
            assertThat(second.last("INVITE").uri().toString()).isEqualTo("sip:4712@198.51.100.21");
            assertThat(site.run("uuid_getvar a sip_redirect_contact_user_0")).isEqualTo("4711");
            assertThat(site.run("uuid_getvar a sip_redirect_contact_1")).isEqualTo("<sip:4712@198.51.100.21>");
            second.answer(second.last("INVITE"), Peer.SDP);
            assertThat(ada.heard()).contains("verto.answer");
        }
    }

    @Test
    void aCancelBeforeAnyResponseWaitsForOne() {
        try (Site site = site(DIALPLAN)) {
            Peer itsp = itsp(site);
            Browser ada = site.login("1002");
            ada.call("a", "95551234");
            ada.hangup("a");
            assertThat(itsp.requests("CANCEL")).isEmpty();

            itsp.respond(itsp.last("INVITE"), 100);

            assertThat(itsp.requests("CANCEL")).hasSize(1);
            itsp.respond(itsp.last("CANCEL"), 200);
            itsp.respond(itsp.last("INVITE"), 487);
            assertThat(itsp.requests("ACK")).hasSize(1);
        }
    }

    @Test
    void aCancelAfterTheAnswerChangesNothing() {
        try (Site site = site(to1001("answer", "park"))) {
            Peer.Call call = comes(site);

            call.request("CANCEL", "", "");
            call.ack();

            assertThat(call.responses("CANCEL")).extracting(SipResponse::status).containsExactly(200);
            assertThat(call.responses("INVITE")).extracting(SipResponse::status).containsOnly(200);
            assertThat(site.server.calls()).hasSize(1);
        }
    }

    @Test
    void aCallerWhoseCallWasAnsweredElsewhereSaysSo() {
        try (Site site = site(to1001("bridge user/1001@127.0.0.1"))) {
            Browser bob = site.login("1001");
            Peer.Call call = comes(site);
            String channel = site.server.calls().getFirst();
            assertThat(bob.rings()).isTrue();

            call.request("CANCEL", "Reason: SIP;cause=200;text=\"Call completed elsewhere\"\r\n", "");

            assertThat(call.responses("INVITE").getLast().status()).isEqualTo(487);
            assertThat(site.server.calls()).doesNotContain(channel);
            assertThat(List.of(bob.ended())).doesNotContain("");
        }
    }
}
