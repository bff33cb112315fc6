package io.jverto.server.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.server.recipes.SipPeers.Peer;
import io.jverto.server.recipes.Site.Browser;
import io.jverto.sip.message.SipRequest;
import org.junit.jupiter.api.Test;

/// Which way calls go and who may come in: hosts of several addresses, proxies, variables of gateways, lists, through the whole server, in virtual time.
class SipWaysTest extends SipSite {
    private static String gateway(String more) {
        return "<gateways><gateway name=\"itsp\"><param name=\"username\" value=\"acme\"/><param name=\"password\" value=\"secret\"/>"
                + "<param name=\"proxy\" value=\"itsp.example.org\"/><param name=\"register\" value=\"false\"/><param name=\"extension\" value=\"1001\"/>"
                + "<param name=\"context\" value=\"default\"/>" + more + "</gateway></gateways>";
    }

    /// Who is called hears where the call came in.
    private static final String CONTEXTS = """
            <extension name="busy"><condition field="destination_number" expression="^4711$"><action application="hangup" data="USER_BUSY"/></condition></extension>
            """;

    private static int call(Site site, int peer) {
        Peer.Call call = site.peers.peer(peer).invite("sip:4711@192.0.2.1:5080", "77", "", Peer.SDP);
        site.advance(100);
        return call.statuses().getFirst();
    }

    @Test
    void anotherAddressOfTheGatewayIsTriedWhenOneIsOverloadedOrSilent() {
        try (Site site = site(DIALPLAN)) {
            Peer second = site.peers.peer(8, "itsp.example.org");
            Peer third = site.peers.peer(9, "itsp.example.org");
            Browser ada = site.login("1002");
            ada.call("a", "95551234");
            itsp(site).respond(itsp(site).last("INVITE"), 503);
            assertThat(second.requests("INVITE")).hasSize(1);
            site.advance(32_100);
            assertThat(third.requests("INVITE")).hasSize(1);

            third.answer(third.last("INVITE"), Peer.SDP);

            assertThat(ada.heard()).contains("verto.answer");
        }
    }

    @Test
    void whoHasBeenHeardIsNotPassedOver() {
        try (Site site = site(DIALPLAN)) {
            Peer second = site.peers.peer(8, "itsp.example.org");
            Browser ada = site.login("1002");
            ada.call("a", "95551234");
            itsp(site).respond(itsp(site).last("INVITE"), 180);

            itsp(site).respond(itsp(site).last("INVITE"), 503);

            assertThat(second.requests("INVITE")).isEmpty();
            assertThat(ada.ended()).isEqualTo("NORMAL_TEMPORARY_FAILURE");
        }
    }

    @Test
    void anOutboundProxyGetsTheCallAndTheHostStaysInIt() {
        try (Site site = site(DIALPLAN, "", gateway("<param name=\"outbound-proxy\" value=\"edge.example.org;transport=udp\"/>"))) {
            Peer edge = site.peers.peer(20, "edge.example.org");
            site.login("1002").call("a", "95551234");

            SipRequest invite = edge.last("INVITE");
            assertThat(invite.uri().toString()).isEqualTo("sip:5551234@itsp.example.org");
            assertThat(invite.headers().first("Route")).contains("<sip:edge.example.org;transport=udp;lr>");
            assertThat(itsp(site).requests("INVITE")).isEmpty();
        }
    }

    @Test
    void anOutboundProxyOfTheProfileGetsWhatHasNoOtherWay() {
        String direct = """
                <extension name="direct"><condition field="destination_number" expression="^8$"><action application="bridge" data="sofia/external/x@far.example.org"/></condition></extension>
                """;
        try (Site site = site(DIALPLAN + direct, "<param name=\"outbound-proxy\" value=\"198.51.100.20\"/>")) {
            Peer edge = site.peers.peer(20);
            site.login("1002").call("a", "8");
            assertThat(edge.last("INVITE").uri().toString()).isEqualTo("sip:x@far.example.org");
            site.login("1003").call("b", "95551234");
            assertThat(edge.last("INVITE").headers().first("Route")).contains("<sip:198.51.100.20;lr>");
        }
    }

    @Test
    void variablesOfAGatewayAreThoseOfItsCalls() {
        String variables = "<variables><variable name=\"sip_cid_type\" value=\"pid\" direction=\"outbound\"/>"
                + "<variable name=\"p:line\" value=\"trunk\"/><variable name=\"tariff\" value=\"in\" direction=\"inbound\"/></variables>";
        String park = """
                <extension name="park"><condition field="destination_number" expression="^1001$"><action application="answer"/>
                  <action application="park"/></condition></extension>
                """;
        try (Site site = site(DIALPLAN + park, "", gateway(variables))) {
            assertThat(site.run("sofia_gateway_data itsp ivar tariff")).isEqualTo("in");
            assertThat(site.run("sofia_gateway_data itsp ovar tariff")).isEmpty();
            assertThat(site.run("sofia_gateway_data itsp var line")).isEqualTo("trunk");
            site.login("1002").call("a", "95551234");
            SipRequest invite = itsp(site).last("INVITE");
            assertThat(invite.headers().has("P-Asserted-Identity")).isTrue();
            String leg = site.server.calls().stream().filter(id -> !id.equals("a")).findFirst().orElseThrow();
            assertThat(site.run("uuid_getvar " + leg + " line")).isEqualTo("trunk");
            assertThat(site.run("uuid_getvar " + leg + " tariff")).isEqualTo("_undef_");
            itsp(site).respond(invite, 486);

            itsp(site).invite("sip:gw+itsp@192.0.2.1:5080", "4930123", "", Peer.SDP);
            String in = site.server.calls().getFirst();
            assertThat(site.run("uuid_getvar " + in + " tariff")).isEqualTo("in");
            assertThat(site.run("uuid_getvar " + in + " line")).isEqualTo("trunk");
            assertThat(site.run("uuid_getvar " + in + " sip_cid_type")).isEqualTo("_undef_");
        }
    }

    private static void challenge(Peer peer, SipRequest invite) {
        peer.respond(invite, 407, "Proxy-Authenticate: Digest realm=\"far\", nonce=\"abc\", qop=\"auth\"\r\n", "");
    }

    @Test
    void aCallHasAnAccountOfItsOwnWhichOnlyItsHostIsTold() {
        String direct = """
                <extension name="direct"><condition field="destination_number" expression="^8$">
                  <action application="bridge" data="{sip_auth_username=guest,sip_auth_password=pw}sofia/external/x@198.51.100.20"/></condition></extension>
                <extension name="trunk"><condition field="destination_number" expression="^7$">
                  <action application="bridge" data="{sip_auth_username=guest,sip_auth_password=pw}sofia/gateway/itsp/5551234"/></condition></extension>
                """;
        try (Site site = site(direct)) {
            Peer far = site.peers.peer(20);
            site.login("1002").call("a", "8");
            challenge(far, far.last("INVITE"));
            assertThat(far.last("INVITE").headers().first("Proxy-Authorization").orElse("")).contains("username=\"guest\"");
            assertThat(far.last("INVITE").headers().all().toString()).doesNotContain("pw");

            Peer other = site.peers.peer(21);
            far.respond(far.last("INVITE"), 302, "Contact: <sip:y@198.51.100.21>\r\n", "");
            assertThat(other.requests("INVITE")).hasSize(1);
            challenge(other, other.last("INVITE"));
            assertThat(other.requests("INVITE")).hasSize(1);

            site.login("1003").call("b", "7");
            itsp(site).respond(itsp(site).last("INVITE"), 407, "Proxy-Authenticate: Digest realm=\"itsp.example.org\", nonce=\"abc\"\r\n", "");
            assertThat(itsp(site).last("INVITE").headers().first("Proxy-Authorization").orElse("")).contains("username=\"guest\"");
        }
    }

    @Test
    void headersOfACallersOwnGoOnToWhomIsCalledUnlessTheDialplanKeepsThem() {
        String out = """
                <extension name="through"><condition field="destination_number" expression="^1001$">
                  <action application="set" data="hangup_after_bridge=true"/>
                  <action application="bridge" data="sofia/external/x@198.51.100.20"/></condition></extension>
                """;
        String keeps = out.replace("<action application=\"set\"", "<action application=\"set\" data=\"sip_copy_custom_headers=false\"/><action application=\"set\"");
        String lines = "X-Ticket: 4711\r\nP-Charge: 5\r\n";
        try (Site site = site(out)) {
            Peer far = site.peers.peer(20);
            itsp(site).invite("sip:gw+itsp@192.0.2.1:5080", "4930123", lines, Peer.SDP);
            SipRequest invite = far.last("INVITE");
            assertThat(invite.headers().first("X-Ticket")).contains("4711");
            assertThat(invite.headers().has("P-Charge")).isFalse();
        }
        try (Site site = site(keeps)) {
            Peer far = site.peers.peer(20);
            itsp(site).invite("sip:gw+itsp@192.0.2.1:5080", "4930123", lines, Peer.SDP);
            assertThat(far.last("INVITE").headers().has("X-Ticket")).isFalse();
        }
    }

    @Test
    void listsSayWhoMayCallWithoutAPasswordAndWhere() {
        String lists = "<param name=\"apply-inbound-acl\" value=\"198.51.100.30/32,198.51.100.31/32:default\"/>"
                + "<param name=\"apply-inbound-acl\" value=\"198.51.100.32/32:default\"/>";
        try (Site site = site(CONTEXTS, lists)) {
            assertThat(call(site, 30)).isEqualTo(404); // public knows no such number
            assertThat(call(site, 31)).isEqualTo(486);
            assertThat(call(site, 32)).isEqualTo(486);
            assertThat(call(site, 33)).isEqualTo(407);
        }
    }

    @Test
    void whereNobodyIsChallengedWhoIsInNoListIsRefusedOrGoesElsewhere() {
        String open = "<param name=\"auth-calls\" value=\"false\"/><param name=\"apply-inbound-acl\" value=\"198.51.100.30/32";
        try (Site site = site(CONTEXTS, open + "\"/>")) {
            assertThat(call(site, 33)).isEqualTo(403);
            assertThat(site.server.calls()).isEmpty();
        }
        try (Site site = site(CONTEXTS, open + ":public:default\"/>")) {
            assertThat(call(site, 30)).isEqualTo(404);
            assertThat(call(site, 33)).isEqualTo(486);
        }
        try (Site site = site(CONTEXTS, "<param name=\"auth-calls-acl-only\" value=\"true\"/>")) {
            assertThat(call(site, 33)).isEqualTo(403);
        }
    }

    @Test
    void whoAcceptsEverybodysWordAsksForNoPassword() {
        try (Site site = site(CONTEXTS, "<param name=\"accept-blind-auth\" value=\"true\"/><param name=\"context\" value=\"default\"/>")) {
            assertThat(call(site, 33)).isEqualTo(486);
        }
    }
}
