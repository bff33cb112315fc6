package io.jverto.server.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.server.recipes.SipPeers.Peer;
import io.jverto.server.recipes.Site.Browser;
import io.jverto.sip.message.SipRequest;
import org.junit.jupiter.api.Test;

/// What descriptions say of the sound of SIP calls, through the whole server, in virtual time.
class SipMediaTest extends SipSite {
    private static final String BY_DTLS = Peer.SDP.replace("RTP/AVP", "UDP/TLS/RTP/SAVP") + "a=rtcp-mux\r\na=setup:active\r\na=fingerprint:sha-256 " + "AB:".repeat(31) + "AB\r\n";

    private static final String SECURE = """
            <extension name="secure"><condition field="destination_number" expression="^8$">
              <action application="bridge" data="{rtp_use_dtls=true}sofia/gateway/itsp/5551234"/></condition></extension>
            """;

    @Test
    void aCallByDtlsIsOfferedAndAnsweredSo() {
        try (Site site = site(SECURE)) {
            Browser ada = site.login("1002");
            ada.call("a", "8");
            SipRequest invite = itsp(site).last("INVITE");
            assertThat(invite.body().text()).contains(" UDP/TLS/RTP/SAVP ", "a=setup:actpass", "a=fingerprint:sha-256 ", "a=rtcp-mux").doesNotContain("a=crypto", "a=ice-");

            itsp(site).answer(invite, BY_DTLS);

            assertThat(ada.heard()).contains("verto.answer");
            String leg = site.server.calls().stream().filter(id -> !id.equals("a")).findFirst().orElseThrow();
            assertThat(site.run("explain " + leg)).contains("DTLS role of the server: server");
        }
    }

    @Test
    void whatIsOfferedByDtlsIsNotTakenPlain() {
        try (Site site = site(SECURE)) {
            Browser ada = site.login("1002");
            ada.call("a", "8");

            itsp(site).answer(itsp(site).last("INVITE"), Peer.SDP);

            assertThat(ada.ended()).isEqualTo("INCOMPATIBLE_DESTINATION");
        }
    }
}
