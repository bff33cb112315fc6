package io.jverto.switchboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.MediaNote;
import io.jverto.media.plan.MediaNote.IceTally;
import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestPhones.Phone;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.CallRef.HoldWish;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.MediaListener;
import io.jverto.switchboard.port.MediaListener.Failure;
import io.jverto.switchboard.port.MediaService.MediaStats;
import io.jverto.switchboard.port.MediaService.Playout;
import io.jverto.switchboard.port.MediaService.Reported;
import io.jverto.switchboard.port.MediaService.Spread;
import io.jverto.wire.sdp.SdpText;
import io.jverto.wire.sdp.TrickledCandidate;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExplainTest {
    private static final InetSocketAddress HOME = new InetSocketAddress("192.0.2.2", 57433);

    private final TestSwitch pbx = new TestSwitch();
    private final Phone bob = pbx.phones.add("1001@example.org", "bob");

    @BeforeEach
    void likeTheDefaultDialplan() {
        pbx.media.stats = new MediaStats(500, 490, 2, 4, 5, 6.5, Optional.of(new Spread(3, 9)), new Reported(1, Optional.of(new Spread(20, 31))),
                new Playout(502, 0, 2));
        pbx.directory("<user id=\"1001\"/><user id=\"1002\"/>");
        pbx.actions("set call_timeout=30", "set hangup_after_bridge=true", "bridge user/$1@${domain}", "hangup ${originate_disposition}");
    }

    @Test
    void aloneItNamesTheLastCallsAndHowTheyEnded() {
        assertThat(explain("")).startsWith("-ERR there was no call");
        TestClient first = pbx.call("a", "1001");
        pbx.advance(1_000);
        hangUp(first);
        pbx.advance(1_000);
        pbx.call("b", "1001");

        assertThat(explain("").lines().filter(line -> line.contains("1000 calls 1001"))).satisfiesExactly(
                up -> assertThat(up).contains("  b  1000 calls 1001, is up"),
                ended -> assertThat(ended).contains("  a  1000 calls 1001, ended: NORMAL_CLEARING, by the client"));
        assertThat(explain("").lines().filter(line -> line.contains("server calls 1001 for 1000"))).hasSize(2);
        assertThat(explain("last")).startsWith("Call ").contains(" calls 1001 ");
    }

    @Test
    void itNamesNoMoreThanTwenty() {
        for (int at = 0; at < 25; at++) {
            hangUp(pbx.call("call-" + at, "1001"));
            pbx.advance(10);
        }

        assertThat(explain("").lines()).hasSize(20);
        assertThat(explain("")).contains("  call-24  ").doesNotContain("  call-0  ");
    }

    @Test
    void aGoodCallIsToldFromSignallingToMediaInTheOrderOfTime() {
        TestClient caller = pbx.call("a", "1001");
        String leg = bob.calls.getLast().channel().id().value();
        pbx.advance(3_000);
        bob.rung().channel.answer(TestSdp.ANSWER_OPUS, "Bob", "");
        pbx.time.settle();
        connects("a");
        pbx.advance(1_000);
        pbx.board.find(caller.channel.id()).orElseThrow().hold(HoldWish.HOLD);
        pbx.board.find(caller.channel.id()).orElseThrow().hold(HoldWish.UNHOLD);
        pbx.board.find(caller.channel.id()).orElseThrow().dtmf("12", 100);
        pbx.time.settle();
        assertThat(explain("a")).endsWith("So far: the call is up, and nothing is wrong that is known here.\n");
        pbx.advance(1_000);
        hangUp(caller);

        assertThat(lines("a")).containsSubsequence(
                "0.000 s  \"Tester 1000\" <1000>, user 1000 calls 1001 in context default by verto.rtc/1001 at 192.0.2.9",
                "0.000 s  the client offers: audio sendrecv opus, PCMU, telephone-event; ICE candidates: 1 host",
                "0.000 s  runs set(call_timeout=30)",
                "0.000 s  runs bridge(user/1001@example.org)",
                "0.000 s  calls \"Outbound Call\" <1001> as call " + leg,
                "3.000 s  answered",
                "3.000 s  bridged: talks with call " + leg,
                "3.000 s  ICE: media go to 192.0.2.2 port 57433; 3 checks sent, 1 of them answered, 2 of the client answered by us",
                "3.000 s  DTLS: the client begins the handshake",
                "3.000 s  media are up: packets can flow both ways",
                "3.000 s  the first packet of sound or picture came",
                "4.000 s  on hold",
                "4.000 s  off hold",
                "5.000 s  ended: NORMAL_CLEARING, by the client (the client hung up)",
                "5.000 s  sound: 500 packets came, 490 were sent, lost 0.4 %, made up 0.4 %, of ours lost 0.2 %, jitter 3.0 ms (9.0 at most),"
                        + " round trip 20.0 ms (31.0 at most), MOS 4.3",
                "Digits of this party: 2",
                "In short: nothing went wrong: the client hung up.");
        assertThat(explain("a")).containsPattern("dialplan: 1001 in context default is extension all \\(\\S+\\), 4 applications")
                .containsPattern("agreed: audio opus both ways, no video, DTLS role of the server: (client|server)")
                .containsPattern("we answer: audio sendrecv opus, telephone-event; ICE candidates: 1 host");
        assertThat(lines(leg)).containsSubsequence(
                "0.000 s  the server calls 1001 for \"Tester 1000\" <1000> by verto.rtc/bob at 192.0.2.77",
                "3.000 s  the client answers: audio sendrecv opus, telephone-event; ICE candidates: 1 host",
                "3.000 s  answered");
    }

    @Test
    void aCallWhoseIceNeverConnectsNamesTheNetwork() {
        pbx.actions("answer", "echo");
        pbx.call("a", "1");
        pbx.advance(30_000);
        noted("a", new MediaNote.PathLost(new IceTally(7, 0, 0)));
        listener("a").onFailed(Failure.ICE_TIMEOUT);
        pbx.advance(200_000);

        assertThat(explain("a")).contains("ICE failed; 7 checks sent, 0 of them answered, 0 of the client answered by us", "media failed: ICE_TIMEOUT",
                "ended: MEDIA_TIMEOUT, by the server", "In short: ICE never connected: UDP does not get through. Open the UDP ports", "ext-rtp-ip");
    }

    @Test
    void aCallForWhichNothingIsDoneNamesItsNumberAndContext() {
        pbx.actions("set seen=true");
        pbx.call("a", "1");

        assertThat(explain("a")).contains("In short: it ended without an answer: what runs for 1 in context default neither answers nor calls anybody.");
    }

    @Test
    void whoNeverAnsweredAMessageIsToldFromWhoStopped() {
        pbx.call("a", "1001");
        bob.rung().channel.hangup(Cause.RECOVERY_ON_TIMER_EXPIRE, true);
        pbx.time.settle();
        assertThat(explain("a")).contains("In short: the other side stopped answering messages.");

        Phone eve = pbx.phones.add("1002@example.org", "eve");
        eve.tellsProgress = true;
        pbx.call("b", "1002");
        eve.rung().channel.hangup(Cause.RECOVERY_ON_TIMER_EXPIRE, true);
        pbx.time.settle();
        assertThat(explain("b")).contains("In short: nothing came back from whoever was called");
    }

    @Test
    void whoGivesUpASilentCallBeforeIceDoesIsToldTheSame() {
        pbx.actions("answer", "echo");
        TestClient caller = pbx.call("a", "1");
        pbx.advance(8_000);
        assertThat(explain("a")).contains("So far: ICE has not connected: UDP does not get through");
        hangUp(caller);

        assertThat(explain("a")).contains("In short: ICE had not connected: UDP does not get through");
        noted("a", new MediaNote.PathMissing(new IceTally(6, 0, 4)));
        assertThat(explain("a")).contains("ICE had found no way; 6 checks sent", "In short: ICE never connected: the client's packets come here, but it gets none of ours");
    }

    @Test
    void aClientThatHearsNothingOfUsIsToldFromOneThatSaysNothing() {
        pbx.actions("answer", "echo");
        pbx.call("a", "1");
        noted("a", new MediaNote.PathLost(new IceTally(7, 0, 9)));
        listener("a").onFailed(Failure.ICE_TIMEOUT);
        pbx.advance(200_000);

        assertThat(explain("a")).contains("the client's packets come here, but it gets none of ours");
    }

    @Test
    void aPathThatWasLostAndFoundAgainIsNotTheReason() {
        pbx.actions("answer", "echo");
        TestClient caller = pbx.call("a", "1");
        connects("a");
        noted("a", new MediaNote.PathLost(new IceTally(9, 4, 4)));
        listener("a").onFailed(Failure.ICE_TIMEOUT);
        pbx.time.settle();
        assertThat(explain("a")).contains("So far: the way to the client was there and was lost");
        connects("a");
        pbx.advance(5_000);
        hangUp(caller);

        assertThat(explain("a")).contains("In short: nothing went wrong");
    }

    @Test
    void aHandshakeThatFailsSaysWhy() {
        pbx.actions("answer", "echo");
        pbx.call("a", "1");
        noted("a", new MediaNote.PathFound(HOME, new IceTally(1, 1, 1)));
        noted("a", new MediaNote.HandshakeFailed("FINGERPRINT_MISMATCH"));
        listener("a").onFailed(Failure.DTLS);
        pbx.time.settle();

        assertThat(explain("a")).contains("DTLS failed: FINGERPRINT_MISMATCH", "In short: DTLS failed (FINGERPRINT_MISMATCH). The certificate is not the one");
    }

    @Test
    void theFileThatHasItsPacketsIsNamed() {
        pbx.actions("answer", "echo");
        pbx.call("a", "1");
        noted("a", new MediaNote.CaptureBegun("/captures/a.pcap", true));
        noted("a", new MediaNote.CaptureEnded("/captures/a.pcap", 250, 2, "its time is over"));

        assertThat(explain("a")).contains("packets are written, decrypted, to /captures/a.pcap",
                "250 packets are in /captures/a.pcap, 2 are missing; it ended: its time is over");
    }

    @Test
    void aClientThatSendsNoSoundIsNamed() {
        pbx.media.stats = MediaStats.NONE;
        pbx.actions("answer", "echo");
        TestClient caller = pbx.call("a", "1");
        connects("a");
        pbx.advance(5_000);
        hangUp(caller);

        assertThat(explain("a")).contains("sound: 0 packets came, 0 were sent", "In short: media were up, but the client sent no sound at all");
    }

    @Test
    void callsThatSoundBadSaySo() {
        pbx.media.stats = new MediaStats(500, 490, 100, 4, 5, 6.5, Optional.empty(), new Reported(0, Optional.empty()), new Playout(600, 0, 100));
        pbx.actions("answer", "echo");
        TestClient caller = pbx.call("a", "1");
        connects("a");
        pbx.advance(5_000);
        hangUp(caller);

        assertThat(explain("a")).contains("lost 16.7 %", "In short: the call was up, but it sounded bad");
    }

    @Test
    void noCodecInCommonNamesWhatWasOfferedAndWhereToLook() {
        pbx.actions("answer", "echo");
        pbx.call("a", "1", TestSdp.UNUSABLE, Map.of());

        assertThat(explain("a")).contains("the client offers: audio sendrecv iLBC", "no agreement: ", "ended: INCOMPATIBLE_DESTINATION",
                "In short: there is no codec in common. Compare what was offered above with inbound-codec-string");
    }

    @Test
    void noRouteNamesNumberAndContext() {
        pbx.dialplan("<extension name='one'><condition field='destination_number' expression='^1$'><action application='answer'/></condition></extension>");
        pbx.call("a", "2");

        assertThat(explain("a")).contains("dialplan: no extension for 2 in context default",
                "In short: the dialplan has no route: no extension of context default fits 2. Add one");
    }

    @Test
    void whoWasTurnedAwayByWhatHadTooMuchToDoIsToldWhatThatWas() {
        pbx.actions("answer", "hangup SWITCH_CONGESTION");
        pbx.call("a", "1");

        assertThat(explain("a")).contains("In short: the server has as many calls as 'max-sessions' in switch.conf allows, or more to do than it can: the dialplan");
    }

    @Test
    void nobodyThereSaysWhereToLook() {
        pbx.call("a", "1002");

        assertThat(explain("a")).contains("cannot be called: USER_NOT_REGISTERED", "ended: USER_NOT_REGISTERED",
                "In short: nobody is registered or logged in whom it could reach. 'verto status'");
    }

    @Test
    void aUserWithoutADeskPhoneIsNoFailureOfACallThatHisBrowserAnswers() {
        pbx.directory("""
                <user id="1001"><params><param name="dial-string"
                  value="${sofia_contact(*/${dialed_user}@${dialed_domain})},${verto_contact(${dialed_user}@${dialed_domain})}"/></params></user>
                """);
        TestClient caller = pbx.call("a", "1001");
        bob.rung().channel.answer(TestSdp.ANSWER_OPUS, "", "");
        pbx.time.settle();
        connects("a");
        pbx.advance(3_000);
        hangUp(caller);

        assertThat(lines("a")).contains("0.000 s  desk phone of 1001: not registered");
        assertThat(explain("a")).doesNotContain("USER_NOT_REGISTERED", "cannot be called").endsWith("In short: nothing went wrong: the client hung up.\n");
    }

    @Test
    void whoHasNeitherPhoneNorBrowserIsToldOfBoth() {
        pbx.commands.add(ApiCommand.of("verto_contact", _ -> "error/user_not_registered"));
        pbx.directory("""
                <user id="1002"><params><param name="dial-string"
                  value="${sofia_contact(*/${dialed_user}@${dialed_domain})},${verto_contact(${dialed_user}@${dialed_domain})}"/></params></user>
                """);
        pbx.actions("set continue_on_fail=true", "bridge user/1002@${domain}");
        pbx.call("a", "1");

        assertThat(lines("a")).containsSubsequence("0.000 s  desk phone of 1002: not registered", "0.000 s  browser of 1002: not logged in");
        assertThat(explain("a")).contains("In short: nobody was reached, and the dialplan came to its end: nobody is registered or logged in");
    }

    @Test
    void whoseDialplanGoesOnAfterNobodyWasThereIsToldThatToo() {
        pbx.actions("set continue_on_fail=true", "bridge user/1002@${domain}");
        pbx.call("a", "1");

        assertThat(explain("a")).contains("In short: nobody was reached, and the dialplan came to its end: nobody is registered or logged in");
    }

    @Test
    void busyAndRejectedAreToldOfBothSides() {
        pbx.call("a", "1001");
        String leg = bob.calls.getLast().channel().id().value();
        bob.rung().channel.hangup(Cause.USER_BUSY, true);
        pbx.time.settle();
        pbx.call("b", "1001");
        bob.rung().channel.hangup(Cause.CALL_REJECTED, true);
        pbx.time.settle();

        assertThat(explain("a")).contains("call " + leg + " ended without an answer: USER_BUSY", "In short: the called party is busy.");
        assertThat(explain(leg)).contains("ended: USER_BUSY, by the client");
        assertThat(explain("b")).contains("In short: the called party rejected the call.");
    }

    @Test
    void aCallerWhoGivesUpAndNobodyWhoAnswersAreToldApart() {
        TestClient caller = pbx.call("a", "1001");
        hangUp(caller);
        pbx.call("b", "1001");
        pbx.advance(31_000);

        assertThat(explain("a")).contains("In short: the caller gave up before somebody answered.");
        assertThat(explain("b")).contains("In short: nobody answered in time.");
    }

    @Test
    void transfersAreTold() {
        pbx.dialplan("<extension name='go'><condition field='destination_number' expression='^1$'><action application='transfer' data='2'/></condition></extension>"
                + "<extension name='there'><condition field='destination_number' expression='^2$'><action application='answer'/></condition></extension>");
        pbx.call("a", "1");

        assertThat(lines("a")).containsSubsequence("0.000 s  runs transfer(2)", "0.000 s  transferred to 2 in context default", "0.000 s  runs answer()");
    }

    @Test
    void aTransferByTheOtherPartyIsToldOfWhoIsSent() {
        TestClient caller = pbx.call("a", "1001");
        bob.rung().channel.answer(TestSdp.ANSWER_OPUS, "Bob", "");
        pbx.time.settle();
        pbx.board.transfer(bob.rung().channel.id(), "1002");
        pbx.time.settle();

        assertThat(lines("a")).containsSubsequence("0.000 s  bridged: talks with call " + bob.rung().channel.id(), "0.000 s  transferred to 1002 in context default",
                "0.000 s  runs bridge(user/1002@example.org)", "0.000 s  ended: USER_NOT_REGISTERED, by the server (nobody could be reached)");
        assertThat(caller.heard).last().isEqualTo("0 bye USER_NOT_REGISTERED");
    }

    @Test
    void candidatesThatComeLateAreCountedByTypeAndTakeLittleRoom() {
        pbx.actions("answer", "echo");
        TestClient caller = pbx.call("a", "1");
        int before = lines("a").length;
        for (int i = 0; i < 30; i++) {
            pbx.board.find(caller.channel.id()).orElseThrow().candidates(List.of(
                    candidate("udp 1 192.0.2.7 " + (5_000 + i) + " typ srflx"), candidate("udp 1 0f.local 6000 typ host"), candidate("tcp 1 192.0.2.7 9 typ host")));
            pbx.time.settle();
        }

        assertThat(lines("a")).contains("0.000 s  more ICE candidates of the client: 1 host TCP, 1 host mDNS, 1 srflx").hasSize(before + 10);
        hangUp(caller);
    }

    private static TrickledCandidate candidate(String words) {
        return TrickledCandidate.decode("candidate:1 1 " + words, "abcd").orElseThrow();
    }

    @Test
    void aClientThatIsGoneAndComesBackIsTold() {
        pbx.actions("answer", "echo");
        TestClient caller = pbx.call("a", "1");
        pbx.advance(1_000);
        CallRef call = pbx.board.find(caller.channel.id()).orElseThrow();
        call.away();
        pbx.advance(2_000);
        call.reoffer();
        call.reattach(TestSdp.OPUS);
        pbx.time.settle();

        assertThat(lines("a")).containsSubsequence("1.000 s  the client's connection is lost; the call waits for it",
                "3.000 s  the client answers: audio sendrecv opus, PCMU, telephone-event; ICE candidates: 1 host", "3.000 s  the client is back");
        hangUp(caller);
    }

    @Test
    void secretsAreLeftOutAndWhatACallerChoseIsEscaped() {
        pbx.actions("set sip_auth_password=hunter2", "set a={my_token=hunter2,b=c}", "send_dtmf 4711", "set url=https://me:hunter2@example.org/x",
                "transfer set:my_password=hunter2,hangup inline");
        pbx.call("a", "1\u001b[31m", TestSdp.OPUS, Map.of());

        String text = explain("a");
        assertThat(text).contains("runs set(sip_auth_password=***)", "my_token=***,b=c", "runs send_dtmf(***)", "https://me:***@example.org/x", "transferred to set:my_password=***,hangup in",
                "calls 1\\u001b[31m in context");
        assertThat(text).doesNotContain("hunter2", "4711", "\u001b", "0123456789012345678901", "AB:AB");
    }

    @Test
    void tenThousandDigitsAreCountedAndTakeNoRoom() {
        pbx.actions("answer", "park");
        TestClient caller = pbx.call("a", "1");
        int before = lines("a").length;
        for (int i = 0; i < 200; i++) {
            pbx.board.find(caller.channel.id()).orElseThrow().dtmf("12345678901234567890123456789012345678901234567890", 100);
            pbx.time.settle();
        }

        assertThat(lines("a")).contains("Digits of this party: 10000").hasSizeLessThanOrEqualTo(before + 1);
        hangUp(caller);
    }

    @Test
    void aCallThatDoesTooMuchKeepsItsBeginningAndItsEnd() {
        String[] actions = new String[400];
        for (int i = 0; i < actions.length; i++) {
            actions[i] = "set x=" + i;
        }
        pbx.actions(actions);
        pbx.call("a", "1");

        assertThat(lines("a")).hasSizeLessThan(210).contains("0.000 s  runs set(x=0)").doesNotContain("0.000 s  runs set(x=399)");
        assertThat(explain("a")).containsPattern("Left out, because there was no room: \\d{3} entries").contains("ended: NORMAL_CLEARING");
        assertThat(pbx.counters.get(SwitchCounter.STORY_ENTRIES_LEFT_OUT)).isGreaterThan(200);
    }

    @Test
    void anEndedCallIsStillTherePastTheLastThousandOrAnHourItIsNot() {
        pbx.actions("hangup USER_BUSY");
        pbx.call("first", "1");
        for (int i = 1; i < 1_000; i++) {
            pbx.call("call-" + i, "1");
        }
        assertThat(explain("first")).contains("ended: USER_BUSY");
        pbx.call("one-more", "1");

        assertThat(explain("first")).isEqualTo("-ERR no call first is up, nor among the last 1000 that ended within 60 minutes;"
                + " 'explain' alone names the last of them, the log and the call records the others\n");
        assertThat(explain("call-1")).contains("ended: USER_BUSY");
        pbx.advance(3_600_001);
        assertThat(explain("one-more")).startsWith("-ERR no call one-more");
    }

    @Test
    void whereNoCallWasItSaysSo() {
        assertThat(explain("")).isEqualTo("-ERR there was no call within 60 minutes\n");
        assertThat(explain("\u001b[31m")).startsWith("-ERR no call \\u001b[31m");
    }

    @Test
    void anUnreadableOfferIsToldWithoutItsText() {
        pbx.actions("answer");
        pbx.call("a", "1", new SdpText("nonsense"), Map.of());

        assertThat(explain("a")).contains("the client offers: what cannot be read: line 1: the first line is not v=0", "In short: the client's description cannot be used");
    }

    private void connects(String channel) {
        noted(channel, new MediaNote.PathFound(HOME, new IceTally(3, 1, 2)));
        noted(channel, new MediaNote.HandshakeBegun(DtlsRole.SERVER));
        listener(channel).onConnected();
        noted(channel, new MediaNote.FirstReceived());
        pbx.time.settle();
    }

    private void noted(String channel, MediaNote note) {
        listener(channel).onNoted(note);
    }

    private MediaListener listener(String channel) {
        return pbx.media.of(channel).listener;
    }

    private void hangUp(TestClient client) {
        client.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    private String explain(String id) {
        return pbx.commands.find("explain").orElseThrow().run(id);
    }

    private String[] lines(String id) {
        return explain(id).lines().map(String::trim).toArray(String[]::new);
    }
}
