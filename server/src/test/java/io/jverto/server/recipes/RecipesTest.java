package io.jverto.server.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.server.recipes.Site.Browser;
import io.jverto.sip.message.SipRequest;
import io.jverto.wire.sdp.SdpText;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The recipes of checklist.md 58 to 71 as they are written there. 63, gateways, needs SIP; here trunks are a double.
class RecipesTest {
    private static final String DIAL_STRING = "{^^:presence_id=${dialed_user}@${dialed_domain}}${sofia_contact(*/${dialed_user}@${dialed_domain})},${verto_contact(${dialed_user}@${dialed_domain})}";
    private static final String OWN = "directory/default/1001.xml";
    private static final String ITSP = """
            <extension name="itsp">
              <condition field="destination_number" expression="^9(1[0-9]{10})$">
                <action application="answer"/>
                <action application="playback" data="silence_stream://2000"/>
                <action application="set" data="effective_caller_id_number=15551234567"/>
                <action application="set" data="effective_caller_id_name=Example Inc"/>
                <action application="bridge" data="{absolute_codec_string=pcmu}sofia/gateway/itsp/$1"/>
              </condition>
            </extension>
            """;

    @TempDir
    Path folder;

    private static String to(String number, String dialString) {
        return "<extension name=\"recipe\"><condition field=\"destination_number\" expression=\"^" + number + "$\">"
                + "<action application=\"set\" data=\"dialed_user=1001\"/><action application=\"set\" data=\"dialed_domain=127.0.0.1\"/>"
                + "<action application=\"bridge\" data=\"" + dialString + "\"/></condition></extension>\n";
    }

    @Test
    void recipe58AConditionSeesThatACallComesFromVerto() {
        String dialplan = """
                <extension name="verto"><condition field="caller-source" expression="^mod_verto$"/>
                  <condition field="destination_number" expression="^7000$"><action application="hangup" data="USER_BUSY"/></condition></extension>
                <extension name="other"><condition field="destination_number" expression="^7000$"><action application="hangup" data="CALL_REJECTED"/></condition></extension>
                """;
        try (Site site = new Site(folder, dialplan)) {
            Browser ada = site.login("1002");
            ada.call("a", "7000");
            assertThat(ada.ended()).isEqualTo("USER_BUSY");
        }
    }

    @Test
    void aDialplanAsksWhichModulesThereAre() {
        String dialplan = """
                <extension name="enum"><condition field="${module_exists(mod_enum)}" expression="true"/>
                  <condition field="destination_number" expression="^7000$"><action application="hangup" data="CALL_REJECTED"/></condition></extension>
                <extension name="verto"><condition field="${module_exists(mod_verto)}" expression="true"/>
                  <condition field="destination_number" expression="^7000$"><action application="hangup" data="USER_BUSY"/></condition></extension>
                """;
        try (Site site = new Site(folder, dialplan)) {
            Browser ada = site.login("1002");
            ada.call("a", "7000");
            assertThat(ada.ended()).isEqualTo("USER_BUSY");
            assertThat(site.run("module_exists mod_spandsp")).isEqualTo("false");
        }
    }

    @Test
    void recipe59ATrunksLegKnowsThatItsPartnerIsVerto() {
        try (Site site = new Site(folder, to("7000", "sofia/gateway/itsp/1")).withTrunks()) {
            site.login("1002").call("a", "7000");
            answers(site);

            assertThat(site.run("uuid_getvar " + site.trunk.last().channel().id() + " Other-Leg-Source")).isEqualTo("mod_verto");
        }
    }

    private static void answers(Site site) {
        String sdp = Site.sdp("browser-answer.sdp").replace("\\r\\n", "\r\n");
        site.trunk.last().channel().answer(new SdpText(sdp), "Trunk", "1");
        site.time.settle();
    }

    @Test
    void recipe60LogContinueAndCaptures() {
        String dialplan = """
                <extension name="note" continue="true"><condition field="destination_number" expression="^7(\\d)(\\d+)$">
                  <action application="log" data="INFO $1 and $2"/><action application="set" data="noted=$2-$1"/></condition></extension>
                <extension name="go"><condition field="destination_number" expression="^7"><action application="answer"/><action application="park"/></condition></extension>
                """;
        try (Site site = new Site(folder, dialplan)) {
            site.login("1002").call("a", "7123");
            assertThat(site.run("uuid_getvar a noted")).isEqualTo("23-1");
        }
    }

    /// With the provider of the recipe: the switch registers there.
    private static String provider(String more) {
        return """
                <profile name="external"><gateways><gateway name="itsp">
                  <param name="username" value="acme"/><param name="password" value="secret"/><param name="realm" value="itsp.example.org"/>
                  <param name="proxy" value="itsp.example.org"/><param name="expire-seconds" value="600"/>%s
                </gateway></gateways><settings><param name="sip-ip" value="192.0.2.1"/></settings></profile>
                """.formatted(more);
    }

    /// The provider challenges the registration, and takes it.
    private static SipRequest registered(Site site, int expires) {
        SipPeers.Peer itsp = site.peers.itsp;
        itsp.respond(itsp.last("REGISTER"), 401, "WWW-Authenticate: Digest realm=\"itsp.example.org\", nonce=\"r" + expires + "\", qop=\"auth\"\r\n", "");
        SipRequest register = itsp.last("REGISTER");
        itsp.respond(register, 200, "Contact: " + register.contact().orElseThrow() + ";expires=" + expires + "\r\n", "");
        return register;
    }

    @Test
    void recipe61ACallToAProviderIsAnsweredFirstOffersOnlyPcmuAndShowsTheCompany() {
        try (Site site = Site.withSip(folder, ITSP, provider(""))) {
            registered(site, 600);
            SipPeers.Peer itsp = site.peers.itsp;
            Browser ada = site.login("1002");
            ada.call("a", "918005551234");
            assertThat(ada.heard()).containsExactly("verto.answer");
            site.advance(1_900);
            assertThat(itsp.requests("INVITE")).isEmpty();
            site.advance(200);

            SipRequest invite = itsp.last("INVITE");
            assertThat(invite.uri().toString()).isEqualTo("sip:18005551234@itsp.example.org");
            assertThat(invite.envelope().from().name()).isEqualTo("Example Inc");
            assertThat(invite.headers().first("Remote-Party-ID").orElse("")).contains("Example Inc", "15551234567");
            assertThat(invite.body().text()).contains("PCMU/8000").doesNotContainIgnoringCase("opus").doesNotContain("PCMA", "G722");
            itsp.answer(invite, SipPeers.Peer.SDP);
            assertThat(itsp.requests("ACK")).hasSize(1);
            assertThat(ada.ended()).isEmpty();
        }
    }

    @Test
    void recipe63AGatewayRegistersRefreshesPingsAndIsDownWhenNobodyIsThere() {
        try (Site site = Site.withSip(folder, to("7000", "sofia/gateway/itsp/1"), provider("<param name=\"ping\" value=\"30\"/>"))) {
            SipPeers.Peer itsp = site.peers.itsp;
            SipRequest register = registered(site, 120);
            assertThat(register.headers().first("Authorization").orElse("")).contains("username=\"acme\"", "realm=\"itsp.example.org\"");
            assertThat(site.run("sofia status gateway itsp")).contains("REGED");

            site.advance(40_000);
            assertThat(itsp.requests("OPTIONS")).isNotEmpty();
            itsp.respond(itsp.last("OPTIONS"), 200);
            int before = itsp.requests("REGISTER").size();
            site.advance(75_000);
            assertThat(itsp.requests("REGISTER")).hasSizeGreaterThan(before);
            registered(site, 120);

            site.advance(120_000); // no ping and no registration is answered any more
            Browser ada = site.login("1002");
            ada.call("a", "7000");
            assertThat(ada.ended()).isEqualTo("GATEWAY_DOWN");
        }
    }

    @Test
    void recipe62EarlyMediaComesBeforeTheAnswerAndAtOnce() {
        try (Site site = new Site(folder, to("7000", "user/1001"))) {
            Browser bob = site.login("1001");
            Browser ada = site.login("1002");
            ada.call("a", "1001");
            site.advance(300);

            assertThat(bob.rings()).isTrue();
            assertThat(ada.heard()).containsExactly("verto.media");
            bob.answer();
            assertThat(ada.heard()).startsWith("verto.media", "verto.answer");
        }
    }

    @Test
    void recipe64VariablesInBracketsTogetherAndOneAfterTheOther() {
        String dialplan = to("7001", "{a=b,c=d}user/1001,user/1003") + to("7002", "{^^:a=b,c:c=d}user/1001|user/1003");
        try (Site site = new Site(folder, dialplan)) {
            Browser bob = site.login("1001");
            Browser cy = site.login("1003");
            Browser ada = site.login("1002");
            ada.call("a", "7001");
            assertThat(bob.rings() && cy.rings()).isTrue();
            assertThat(site.run("uuid_getvar " + bob.rung() + " a") + site.run("uuid_getvar " + cy.rung() + " c")).isEqualTo("bd");
            ada.hangup("a");
            bob.received.clear();
            cy.received.clear();

            ada.call("b", "7002");
            assertThat(bob.rings()).isTrue();
            assertThat(cy.rings()).isFalse();
            assertThat(site.run("uuid_getvar " + bob.rung() + " a")).isEqualTo("b,c");
            bob.hangup(bob.rung());
            assertThat(cy.rings()).isTrue();
        }
    }

    @Test
    void recipe65EveryTabRingsAndTheFirstAnswerWins() {
        try (Site site = new Site(folder, to("7000", "${verto_contact ${dialed_user}@${dialed_domain}}"))) {
            Browser one = site.login("1001");
            Browser two = site.login("1001");
            Browser three = site.login("1001");
            Browser ada = site.login("1002");
            ada.call("a", "7000");
            assertThat(one.rings() && two.rings() && three.rings()).isTrue();

            two.answer();
            assertThat(ada.heard()).contains("verto.answer");
            assertThat(one.ended()).isIn("LOSE_RACE", "PICKED_OFF");
            assertThat(three.ended()).isEqualTo(one.ended());
            assertThat(two.ended()).isEmpty();
        }
    }

    @Test
    void recipe65NobodyThereIsNotRegistered() {
        try (Site site = new Site(folder, to("7000", "${verto_contact ${dialed_user}@${dialed_domain}}"))) {
            Browser ada = site.login("1002");
            ada.call("a", "7000");
            assertThat(ada.ended()).isEqualTo("USER_NOT_REGISTERED");
        }
    }

    @Test
    void recipe66TheTelephoneAndTheBrowserRingTogether() {
        String stock = "{^^:sip_invite_domain=${dialed_domain}:presence_id=${dialed_user}@${dialed_domain}}"
                + "${sofia_contact(*/${dialed_user}@${dialed_domain})},${verto_contact(${dialed_user}@${dialed_domain})}";
        try (Site site = new Site(folder, "", "directory/default.xml", DIAL_STRING, stock).withTrunks()) {
            Browser bob = site.login("1001");
            Browser ada = site.login("1002");
            ada.call("a", "1001");

            assertThat(bob.rings()).isTrue();
            assertThat(site.trunk.addresses).containsExactly("*/1001%127.0.0.1");
            assertThat(site.run("uuid_getvar " + bob.rung() + " sip_invite_domain")).isEqualTo("127.0.0.1");
            bob.answer();
            assertThat(site.trunk.ended).hasSize(1);
            assertThat(ada.heard()).contains("verto.answer");
        }
    }

    @Test
    void recipe66WithoutTrunksTheBrowserAloneRings() {
        String stock = "{^^:sip_invite_domain=${dialed_domain}:presence_id=${dialed_user}@${dialed_domain}}"
                + "${sofia_contact(*/${dialed_user}@${dialed_domain})},${verto_contact(${dialed_user}@${dialed_domain})}";
        try (Site site = new Site(folder, "", "directory/default.xml", DIAL_STRING, stock)) {
            Browser bob = site.login("1001");
            site.login("1002").call("a", "1001");

            assertThat(bob.rings()).isTrue();
        }
    }

    @Test
    void recipe67AUsersOwnDialStringCountsBeforeTheDomains() {
        String own = "<params>\n      <param name=\"dial-string\" value=\"${verto_contact(${dialed_user}@${dialed_domain})}\"/>";
        try (Site site = new Site(folder, "", "directory/default.xml", DIAL_STRING, "sofia/desk", OWN, "<params>", own).withTrunks()) {
            Browser bob = site.login("1001");
            site.login("1002").call("a", "1001");

            assertThat(bob.rings()).isTrue();
            assertThat(site.trunk.calls).isEmpty();
        }
    }

    @Test
    void recipe68AUserIsDialledByHisAddress() {
        try (Site site = new Site(folder, to("7000", "verto.rtc/1001@127.0.0.1"))) {
            Browser bob = site.login("1001");
            site.login("1002").call("a", "7000");

            assertThat(bob.rings()).isTrue();
        }
    }

    @Test
    void recipe68AUserWhoIsHisOwnDialStringEndsTheCall() {
        String own = "<params>\n      <param name=\"dial-string\" value=\"user/1001@127.0.0.1\"/>";
        try (Site site = new Site(folder, to("7000", "user/1001"), OWN, "<params>", own)) {
            Browser ada = site.login("1002");
            ada.call("a", "7000");

            assertThat(ada.ended()).isEqualTo("INVALID_IE_CONTENTS");
        }
    }

    @Test
    void recipe69OneSessionRingsByItsId() {
        try (Site site = new Site(folder, to("7000", "verto.rtc/u:session-1001-2"))) {
            Browser one = site.login("1001");
            Browser two = site.login("1001");
            site.login("1002").call("a", "7000");

            assertThat(two.session).isEqualTo("session-1001-2");
            assertThat(two.rings()).isTrue();
            assertThat(one.rings()).isFalse();
        }
    }

    @Test
    void recipe70TheCommandTellsTheSameSessions() {
        try (Site site = new Site(folder, "")) {
            Browser one = site.login("1001");
            Browser two = site.login("1001");

            assertThat(site.run("verto_contact 1001@127.0.0.1").strip().split(",")).containsExactlyInAnyOrder(
                    "verto.rtc/u:" + one.session, "verto.rtc/u:" + two.session);
            assertThat(site.run("verto_contact 1019@127.0.0.1").strip()).isEqualTo("error/user_not_registered");
        }
    }

    @Test
    void recipe71AUserIsDialledByTheDirectorysString() {
        try (Site site = new Site(folder, to("7000", "user/1001"))) {
            Browser bob = site.login("1001");
            site.login("1002").call("a", "7000");

            assertThat(site.run("uuid_getvar " + bob.rung() + " presence_id")).isEqualTo("1001@127.0.0.1");
            bob.answer();
            assertThat(bob.ended()).isEmpty();
        }
    }
}
