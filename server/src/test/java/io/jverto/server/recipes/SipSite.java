package io.jverto.server.recipes;

import io.jverto.server.recipes.SipPeers.Peer;
import io.jverto.server.recipes.Site.Browser;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// What tests of calls between browsers and SIP peers have in common: a gateway `itsp`, which numbers that begin with 9 go to.
abstract class SipSite {
    static final String DIALPLAN = """
            <extension name="out"><condition field="destination_number" expression="^9(\\d+)$">
              <action application="bridge" data="sofia/gateway/itsp/$1"/></condition></extension>
            """;
    private static final String GATEWAYS = """
              <gateways>
                <gateway name="itsp">
                  <param name="username" value="acme"/><param name="password" value="secret"/><param name="realm" value="itsp.example.org"/>
                  <param name="proxy" value="itsp.example.org"/><param name="register" value="false"/><param name="extension" value="1001"/>
                  <param name="context" value="default"/>
                </gateway>
              </gateways>
            """;

    @TempDir
    private Path folder;

    private int sites;

    final Site site(String dialplan) {
        return site(dialplan, "<param name=\"enable-3pcc\" value=\"true\"/>");
    }

    /// @param settings further ones of the profile
    final Site site(String dialplan, String settings) {
        return site(dialplan, settings, GATEWAYS);
    }

    final Site site(String dialplan, String settings, String gateways) {
        return Site.withSip(folder.resolve("site" + ++sites), dialplan, "<profile name=\"external\">" + gateways
                + "<settings><param name=\"sip-ip\" value=\"192.0.2.1\"/><param name=\"context\" value=\"public\"/>" + settings + "</settings></profile>");
    }

    static Peer itsp(Site site) {
        return site.peers.itsp;
    }

    /// Somebody calls a telephone of the provider, which answers.
    static Peer.Call talk(Site site, Browser caller) {
        caller.call("a", "95551234");
        return itsp(site).answer(itsp(site).last("INVITE"), Peer.SDP);
    }
}
