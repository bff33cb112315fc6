package io.jverto.server.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.server.recipes.SipPeers.Peer;
import io.jverto.server.recipes.Site.Browser;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Reliable provisional responses (RFC 3262) and session timers (RFC 4028) of calls, through the whole server, in virtual time.
class SipTimersTest extends SipSite {
    /// Nobody has to be there who does something meanwhile.
    private static final String PARK = """
            <extension name="park"><condition field="destination_number" expression="^1001$"><action application="answer"/>
              <action application="park"/></condition></extension>
            """;
    private static final String USER = """
            <extension name="user"><condition field="destination_number" expression="^1001$"><action application="bridge" data="user/1001@127.0.0.1"/></condition></extension>
            """;
    private static final String ENDS = """
            <extension name="out"><condition field="destination_number" expression="^9(\\d+)$"><action application="set" data="hangup_after_bridge=true"/>
              <action application="bridge" data="sofia/gateway/itsp/$1"/></condition></extension>
            """;
    private static final String RELIABLE = "<param name=\"enable-100rel\" value=\"true\"/>";

    private static Peer.Call rings(Site site, String lines) {
        Peer.Call call = itsp(site).invite("sip:gw+itsp@192.0.2.1:5080", "4930123", lines, Peer.SDP);
        site.advance(100);
        return call;
    }

    private static List<SipResponse> reliable(Peer.Call call) {
        return call.responses("INVITE").stream().filter(response -> response.headers().words("Require").contains("100rel")).toList();
    }

    private static String acknowledges(SipResponse response) {
        return "RAck: " + response.headers().first("RSeq").orElseThrow() + " " + response.envelope().cseq() + "\r\n";
    }

    @Test
    void whatATelephoneSaysReliablyIsAcknowledgedOnceAndHeardOnce() {
        try (Site site = site(DIALPLAN)) {
            Peer itsp = itsp(site);
            Browser ada = site.login("1002");
            ada.call("a", "95551234");
            SipRequest invite = itsp.last("INVITE");
            assertThat(invite.headers().words("Supported")).contains("100rel", "timer");

            itsp.respond(invite, 183, "Require: 100rel\r\nRSeq: 776\r\n", Peer.SDP);
            itsp.respond(invite, 183, "Require: 100rel\r\nRSeq: 776\r\n", Peer.SDP);
            itsp.respond(invite, 180, "Require: 100rel\r\nRSeq: 778\r\n", "");

            assertThat(itsp.requests("PRACK")).hasSize(1);
            assertThat(itsp.last("PRACK").headers().first("RAck")).contains("776 1 INVITE");
            assertThat(itsp.last("PRACK").uri().toString()).isEqualTo("sip:peer@198.51.100.7");
            assertThat(ada.heard()).filteredOn("verto.media"::equals).hasSize(1);
            itsp.respond(itsp.last("PRACK"), 200);
            itsp.answer(invite, Peer.SDP);
            assertThat(ada.heard()).contains("verto.answer");
        }
    }

    @Test
    void whoRequiresItIsToldReliablyThatItRingsAgainAndAgainUntilItSaysThatItHeard() {
        try (Site site = site(USER)) {
            Browser bob = site.login("1001");
            Peer.Call call = rings(site, "Require: 100rel\r\n");
            assertThat(reliable(call)).hasSize(1);

            site.advance(1_600);
            assertThat(reliable(call)).hasSize(3);
            SipResponse ringing = call.learn();
            call.request("PRACK", acknowledges(ringing), "");
            assertThat(call.statuses()).containsExactly(200);
            site.advance(5_000);
            assertThat(reliable(call)).hasSize(3);

            bob.answer();
            assertThat(call.responses("INVITE").getLast().status()).isEqualTo(200);
        }
    }

    @Test
    void aCallerWhoNeverSaysSoLosesTheCall() {
        try (Site site = site(USER)) {
            Browser bob = site.login("1001");
            Peer.Call call = rings(site, "Require: 100rel\r\n");

            site.advance(33_000);

            assertThat(call.responses("INVITE").getLast().status()).isEqualTo(504);
            assertThat(bob.ended()).isEqualTo("ORIGINATOR_CANCEL");
            assertThat(site.server.calls()).isEmpty();
        }
    }

    @Test
    void whoCanIsToldReliablyWhereTheProfileWantsThat() {
        try (Site site = site("", RELIABLE)) {
            site.login("1001");
            assertThat(reliable(rings(site, "Supported: 100rel\r\n"))).isNotEmpty();
            assertThat(reliable(rings(site, ""))).isEmpty();
        }
    }

    @Test
    void whoCanIsNotToldReliablyOtherwise() {
        try (Site site = site("")) {
            site.login("1001");
            assertThat(reliable(rings(site, "Supported: 100rel\r\n"))).isEmpty();
        }
    }

    @Test
    void whatNobodyKnowsAndSomebodyRequiresIsRefused() {
        try (Site site = site("")) {
            Peer.Call call = rings(site, "Require: precondition, 100rel\r\n");

            assertThat(call.statuses()).containsExactly(420);
            assertThat(call.response().headers().first("Unsupported")).contains("precondition");
        }
    }

    private static Peer.Call answered(Site site, String lines) {
        Peer.Call call = rings(site, lines);
        call.ack();
        return call;
    }

    private static String interval(Peer.Call call) {
        return call.responses("INVITE").getLast().headers().first("Session-Expires").orElse("");
    }

    @Test
    void aCallerWhoWantsToRefreshAndDoesNotIsGone() {
        try (Site site = site(PARK)) {
            Peer.Call call = answered(site, "Supported: timer\r\nSession-Expires: 120;refresher=uac\r\n");
            assertThat(interval(call)).isEqualTo("120;refresher=uac");
            assertThat(call.responses("INVITE").getLast().headers().words("Require")).contains("timer");
            site.advance(80_000);
            assertThat(itsp(site).requests("BYE")).isEmpty();

            site.advance(10_000);

            assertThat(itsp(site).last("BYE").headers().first("Reason").orElse("")).contains("cause=408");
            assertThat(site.server.calls()).isEmpty();
        }
    }

    @Test
    void aCallerWhoRefreshesByUpdateOrInviteKeepsTheCall() {
        try (Site site = site(PARK)) {
            Peer.Call call = answered(site, "Supported: timer\r\nSession-Expires: 120;refresher=uac\r\n");

            for (int i = 0; i < 3; i++) {
                site.advance(60_000);
                call.request("UPDATE", "Supported: timer\r\nSession-Expires: 120;refresher=uac\r\n", "");
                assertThat(call.statuses()).containsExactly(200);
                assertThat(call.response().headers().first("Session-Expires")).contains("120;refresher=uac");
                site.advance(60_000);
                call.request("INVITE", "Supported: timer\r\nSession-Expires: 120;refresher=uac\r\n", Peer.SDP);
                assertThat(call.statuses()).containsExactly(200);
                call.ack();
            }

            assertThat(site.server.calls()).hasSize(1);
        }
    }

    @Test
    void weRefreshWhereTheCallerWantsThatByUpdateOrInviteAsHeCan() {
        try (Site site = site(PARK)) {
            for (String method : List.of("UPDATE", "INVITE")) {
                    String allow = "Allow: INVITE, ACK, BYE, CANCEL" + (method.equals("UPDATE") ? ", UPDATE" : "") + "\r\n";
                Peer.Call call = answered(site, allow + "Supported: timer\r\nSession-Expires: 200;refresher=uas\r\n");
                assertThat(interval(call)).isEqualTo("200;refresher=uas");
                assertThat(itsp(site).requests(method)).isEmpty();

                site.advance(100_000);

                SipRequest refresh = itsp(site).last(method);
                assertThat(refresh.headers().first("Session-Expires")).contains("200;refresher=uac");
                assertThat(refresh.body().isEmpty()).isEqualTo(method.equals("UPDATE"));
                itsp(site).respond(refresh, 200, "Session-Expires: 200;refresher=uac\r\n", refresh.body().isEmpty() ? "" : Peer.SDP);
                site.advance(90_000);
                assertThat(site.server.calls()).hasSize(1);
                call.request("BYE", "", "");
            }
        }
    }

    @Test
    void aProfileThatDoesNotRefreshByUpdateDoesSoByInvite() {
        try (Site site = site(PARK, "<param name=\"update-refresher\" value=\"false\"/>")) {
            answered(site, "Allow: INVITE, UPDATE\r\nSupported: timer\r\nSession-Expires: 200;refresher=uas\r\n");

            site.advance(100_000);

            assertThat(itsp(site).requests("UPDATE")).isEmpty();
            assertThat(itsp(site).last("INVITE").headers().first("Session-Expires")).contains("200;refresher=uac");
            assertThat(itsp(site).last("INVITE").body().text()).contains("m=audio ");
        }
    }

    @Test
    void aProfileWithoutTimersNeitherTakesThemNorAsksForThem() {
        try (Site site = site(PARK + DIALPLAN, "<param name=\"enable-timer\" value=\"false\"/><param name=\"session-timeout\" value=\"120\"/>")) {
            Peer.Call call = answered(site, "Supported: timer\r\nSession-Expires: 60;refresher=uac\r\n");
            assertThat(interval(call)).isEmpty();
            assertThat(call.responses("INVITE").getLast().headers().words("Supported")).doesNotContain("timer");

            site.advance(600_000 / 3);

            assertThat(itsp(site).requests("BYE")).isEmpty();
            Peer.Call strict = rings(site, "Require: timer\r\nSession-Expires: 200\r\n");
            assertThat(strict.statuses()).containsExactly(420);
            site.login("1002").call("a", "95551234");
            assertThat(itsp(site).last("INVITE").headers().has("Session-Expires")).isFalse();
        }
    }

    @Test
    void aRefreshMovesThePeersSoundWhereItSaysNow() {
        try (Site site = site(PARK)) {
            answered(site, "Allow: INVITE\r\nSupported: timer\r\nSession-Expires: 200;refresher=uas\r\n");
            String channel = site.server.calls().getFirst();

            site.advance(100_000);
            itsp(site).respond(itsp(site).last("INVITE"), 200, "Session-Expires: 200;refresher=uac\r\n", Peer.SDP.replace("m=audio 6000", "m=audio 6002"));

            assertThat(site.server.remote(channel)).contains(new InetSocketAddress("198.51.100.200", 6_002));
        }
    }

    @Test
    void aRefreshThatNobodyAnswersEndsTheCall() {
        try (Site site = site(PARK)) {
            answered(site, "Allow: UPDATE\r\nSupported: timer\r\nSession-Expires: 200;refresher=uas\r\n");

            site.advance(100_000 + 32_500);

            assertThat(itsp(site).requests("BYE")).isNotEmpty();
            assertThat(site.server.calls()).isEmpty();
        }
    }

    @Test
    void anIntervalThatIsTooShortIsRefusedWithTheLeast() {
        try (Site site = site("", "<param name=\"minimum-session-expires\" value=\"150\"/>")) {
            Peer.Call call = rings(site, "Supported: timer\r\nSession-Expires: 100\r\n");

            assertThat(call.statuses()).containsExactly(422);
            assertThat(call.response().headers().first("Min-SE")).contains("150");
        }
    }

    @Test
    void aCallOfOursAsksForTheIntervalOfItsProfileAndTakesTheLongerOneOfThePeer() {
        try (Site site = site(ENDS, "<param name=\"session-timeout\" value=\"120\"/>")) {
            Peer itsp = itsp(site);
            Browser ada = site.login("1002");
            ada.call("a", "95551234");
            assertThat(itsp.last("INVITE").headers().first("Session-Expires").orElse("")).startsWith("120");
            itsp.respond(itsp.last("INVITE"), 422, "Min-SE: 300\r\n", "");
            SipRequest again = itsp.last("INVITE");
            assertThat(again.envelope().cseq().number()).isEqualTo(2);
            assertThat(again.headers().first("Session-Expires").orElse("")).startsWith("300");

            itsp.respond(again, 200, "Require: timer\r\nAllow: UPDATE\r\nSession-Expires: 300;refresher=uac\r\n", Peer.SDP);
            site.advance(150_000);

            assertThat(itsp.requests("UPDATE")).isNotEmpty();
        }
    }

    @Test
    void aPeerThatWantsToRefreshACallOfOursAndDoesNotIsGone() {
        try (Site site = site(ENDS, "<param name=\"session-timeout\" value=\"120\"/>")) {
            Peer itsp = itsp(site);
            Browser ada = site.login("1002");
            ada.call("a", "95551234");
            itsp.respond(itsp.last("INVITE"), 200, "Require: timer\r\nSession-Expires: 120;refresher=uas\r\n", Peer.SDP);

            site.advance(90_000);

            assertThat(itsp.requests("BYE")).isNotEmpty();
            assertThat(itsp.requests("UPDATE")).isEmpty();
            assertThat(ada.ended()).isEqualTo("RECOVERY_ON_TIMER_EXPIRE");
        }
    }
}
