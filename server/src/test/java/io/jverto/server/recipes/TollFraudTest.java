package io.jverto.server.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.server.recipes.SipPeers.Peer;
import io.jverto.server.recipes.Site.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Attack S31: somebody calls at the expense of whoever runs the server. The whole server, in virtual time.
class TollFraudTest {
    private static final String USER = "directory/default/1002.xml";

    @TempDir
    private Path folder;

    private static String profile(String limits) {
        return """
                <profile name="external">
                  <gateways>
                    <gateway name="itsp"><param name="proxy" value="itsp.example.org"/><param name="register" value="false"/>%s</gateway>
                  </gateways>
                  <settings><param name="sip-ip" value="192.0.2.1"/><param name="context" value="public"/><param name="auth-calls" value="false"/></settings>
                </profile>
                """.formatted(limits);
    }

    private static String param(String name, int value) {
        return "<param name=\"" + name + "\" value=\"" + value + "\"/>";
    }

    private static String out(String before, String after) {
        return "<extension name=\"out\"><condition field=\"destination_number\" expression=\"^9(\\d+)$\">" + before
                + "<action application=\"bridge\" data=\"sofia/gateway/itsp/$1\"/>" + after + "</condition></extension>";
    }

    @Test
    void s31AUserOfManyCallsIsRefusedAndOthersAreNot() {
        try (Site site = Site.withSip(folder, out("", ""), profile(param("jverto-max-user-calls", 2)))) {
            Peer itsp = site.peers.itsp;
            Browser ada = site.login("1002");
            ada.call("a", "95551234");
            ada.call("b", "95551234");
            Peer.Call first = itsp.answer(itsp.requests("INVITE").getFirst(), Peer.SDP);
            assertThat(ada.ended()).isEmpty();

            site.login("1002").call("c", "95551234"); // another browser of the same user
            assertThat(itsp.requests("INVITE")).hasSize(2);
            assertThat(site.server.calls()).doesNotContain("c");
            assertThat(site.run("counters")).containsPattern("(?i)user_limited\\D+1\\b");

            Browser bob = site.login("1003");
            bob.call("d", "95551234");
            assertThat(itsp.requests("INVITE")).hasSize(3);
            first.request("BYE", "", "");
            ada.call("e", "95551234");
            assertThat(itsp.requests("INVITE")).hasSize(4);
        }
    }

    @Test
    void s31TheRefusedUserHearsWhy() {
        try (Site site = Site.withSip(folder, out("", ""), profile(param("jverto-max-user-calls-per-minute", 1)))) {
            Browser ada = site.login("1002");
            ada.call("a", "95551234");
            ada.hangup("a");
            ada.call("b", "95551234");
            assertThat(ada.ended()).isEqualTo("CALL_REJECTED");

            site.advance(60_000);
            ada.call("c", "95551234");
            assertThat(site.peers.itsp.requests("INVITE").stream().map(invite -> invite.envelope().callId()).distinct()).hasSize(2); // some come again
        }
    }

    @Test
    void s31WhoWasCalledAndIsSentOnToATrunkHasThatCallHimself() {
        try (Site site = Site.withSip(folder, out("", ""), profile(param("jverto-max-user-calls", 1)))) {
            Browser bob = site.login("1003");
            site.login("1002").call("a", "1003");
            bob.answer();
            site.run("uuid_transfer " + bob.rung() + " 95551234 XML default");
            assertThat(site.peers.itsp.requests("INVITE")).hasSize(1);

            Browser again = site.login("1003");
            again.call("b", "95551234");
            assertThat(again.ended()).isEqualTo("CALL_REJECTED");
            assertThat(site.peers.itsp.requests("INVITE")).hasSize(1);
        }
    }

    @Test
    void s31AGatewayThatIsFullLetsTheDialplanGoOn() {
        String dialplan = out("<action application=\"set\" data=\"continue_on_fail=true\"/>", "<action application=\"park\"/>");
        try (Site site = Site.withSip(folder, dialplan, profile(param("jverto-max-calls", 1)))) {
            site.login("1002").call("a", "95551234");
            site.login("1003").call("b", "95551234");

            assertThat(site.peers.itsp.requests("INVITE")).hasSize(1);
            assertThat(site.run("uuid_getvar b originate_disposition")).isEqualTo("NORMAL_CIRCUIT_CONGESTION");
            assertThat(site.run("counters")).containsPattern("(?i)gateway_limited\\D+1\\b");
        }
    }

    @Test
    void s31WhoseTollAllowDoesNotNameTheKindOfNumberIsBarred() throws IOException {
        String toll = "<variables><variable name=\"toll_allow\" value=\"domestic,local\"/>";
        try (Site site = Site.withSip(folder, shownInTheDialplan(), profile(""), USER, "<variables>", toll)) {
            Browser ada = site.login("1002");
            ada.call("a", "90044123456789");
            assertThat(ada.ended()).isEqualTo("OUTGOING_CALL_BARRED");
            Browser bob = site.login("1003");
            bob.call("b", "95551234");
            assertThat(bob.ended()).isEqualTo("OUTGOING_CALL_BARRED");
            assertThat(site.peers.itsp.requests("INVITE")).isEmpty();

            ada.call("c", "95551234");
            assertThat(site.peers.itsp.last("INVITE").uri().toString()).isEqualTo("sip:5551234@itsp.example.org");
        }
    }

    @Test
    void s31AStrangerReachesNoTrunk() {
        try (Site site = Site.withSip(folder, out("", ""), profile(""))) {
            Peer stranger = site.peers.peer(66);

            Peer.Call call = stranger.invite("sip:95551234@192.0.2.1:5080", "1002", "", Peer.SDP);

            assertThat(call.statuses()).containsExactly(404);
            assertThat(site.peers.itsp.requests("INVITE")).isEmpty();
        }
    }

    /// What the dialplan that comes along has in a comment.
    private static String shownInTheDialplan() throws IOException {
        String all = Files.readString(Path.of("..", "conf", "dialplan", "default.xml"));
        int end = all.lastIndexOf("</extension>") + "</extension>".length();
        return all.substring(all.indexOf("<extension name=\"outside_local\">"), end);
    }
}
