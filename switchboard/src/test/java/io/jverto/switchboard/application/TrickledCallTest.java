package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestPhones.Phone;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.CallRef.Update;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.wire.sdp.SdpText;
import io.jverto.wire.sdp.TrickledCandidate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Candidates that a client sends after its SDP, from the port of the switch to that of the media.
class TrickledCallTest {
    private final TestSwitch pbx = new TestSwitch();

    @Test
    void aCandidateGoesOnToTheMedia() {
        pbx.actions("answer", "echo");
        pbx.call("a", "9196");

        call("a").candidates(List.of(candidate(5_000), candidate(5_001)));
        pbx.time.settle();

        assertThat(pbx.media.of("a").log).endsWith("candidate abcd 5000", "candidate abcd 5001");
    }

    @Test
    void candidatesThatComeBeforeTheOfferIsLookedAtWaitForThat() {
        pbx.actions("sleep 2000", "answer", "echo");
        pbx.call("a", "9196");

        call("a").candidates(List.of(candidate(5_000)));
        pbx.advance(1_000);
        call("a").candidates(List.of(candidate(5_001)));
        assertThat(pbx.media.byChannel).isEmpty();
        pbx.advance(1_000);

        assertThat(pbx.media.of("a").log).startsWith("apply OPUS", "candidate abcd 5000", "candidate abcd 5001");
    }

    @Test
    void candidatesThatComeBeforeTheCallIsStartedWaitToo() {
        pbx.actions("answer", "echo");
        TestClient client = pbx.admit("a", "9196", TestSdp.OPUS, Map.of()).client();

        call("a").candidates(List.of(candidate(5_000)));
        client.channel.start();
        pbx.time.settle();

        assertThat(pbx.media.of("a").log).contains("candidate abcd 5000");
    }

    @Test
    void keepsAtMostThirtyTwoUntilThen() {
        pbx.actions("sleep 2000", "answer", "echo");
        pbx.call("a", "9196");

        for (int i = 0; i < 100; i++) {
            call("a").candidates(List.of(candidate(5_000 + i)));
            pbx.time.settle();
        }
        pbx.advance(2_000);

        assertThat(candidates("a")).hasSize(32);
        assertThat(pbx.counters.get(SwitchCounter.CANDIDATES_DROPPED)).isEqualTo(68);
    }

    @Test
    void aFloodOfThemDoesNotFillTheMailbox() {
        pbx.actions("answer", "echo");
        TestClient client = pbx.admit("a", "9196", TestSdp.OPUS, Map.of()).client();
        List<TrickledCandidate> many = IntStream.range(0, 32).mapToObj(i -> candidate(5_000 + i)).toList();

        for (int i = 0; i < 1_000; i++) {
            call("a").candidates(many);
        }
        assertThat(pbx.counters.get(SwitchCounter.CANDIDATES_DROPPED)).isEqualTo(998 * 32);
        assertThat(client.channel.dtmf("1", 100)).isTrue();
        client.channel.start();
        pbx.time.settle();
        call("a").candidates(List.of(candidate(7_000)));
        pbx.time.settle();

        assertThat(candidates("a")).hasSize(32).doesNotContain("candidate abcd 7000");
        assertThat(pbx.counters.get(SwitchCounter.MESSAGES_DROPPED)).isZero();
    }

    @Test
    void aNewDescriptionMayHaveAsManyAgain() {
        pbx.actions("answer", "echo");
        pbx.call("a", "9196");
        List<TrickledCandidate> many = IntStream.range(0, 40).mapToObj(i -> candidate(5_000 + i)).toList();

        call("a").candidates(many);
        pbx.time.settle();
        assertThat(candidates("a")).hasSize(32);
        call("a").update(TestSdp.OPUS);
        call("a").candidates(many);
        pbx.time.settle();

        assertThat(candidates("a")).hasSize(64);
        assertThat(pbx.counters.get(SwitchCounter.CANDIDATES_DROPPED)).isEqualTo(16);
    }

    @Test
    void whatIsOfNoUseToUsGoesNowhere() {
        pbx.actions("answer", "echo");
        pbx.call("a", "9196");

        for (String text : List.of(
                "1 1 udp 1 0b9a5f0c-8b1f-4b39.local 5000 typ host",
                "1 1 tcp 1 192.0.2.2 9 typ host tcptype active",
                "1 2 udp 1 192.0.2.2 5000 typ host",
                "1 1 udp 1 192.0.2.2 0 typ host",
                "1 1 udp 1 0.0.0.0 5000 typ host",
                "1 1 udp 1 224.0.0.1 5000 typ host",
                "1 1 udp 1 255.255.255.255 5000 typ host",
                "1 1 udp 1 fe80::1%eth0 5000 typ host",
                "1 1 udp 1 localhost 5000 typ host",
                "1 1 udp 1 127.1 5000 typ host")) {
            call("a").candidates(List.of(TrickledCandidate.decode("candidate:" + text, "abcd").orElseThrow()));
        }
        pbx.time.settle();

        assertThat(candidates("a")).isEmpty();
        assertThat(pbx.counters.get(SwitchCounter.CANDIDATES_DROPPED)).isEqualTo(10);
    }

    @Test
    void theOneWhoIsCalledTricklesBehindItsAnswer() {
        Phone bob = pbx.phones.add("1001@example.org", "bob");
        pbx.directory("<user id=\"1001\"/>");
        pbx.actions("bridge user/1001@example.org");
        pbx.call("a", "1001");
        String leg = bob.calls.getLast().channel().id().value();

        bob.rung().channel.answer(TestSdp.ANSWER_OPUS, "", "");
        call(leg).candidates(List.of(candidate(5_000)));
        pbx.time.settle();

        assertThat(pbx.media.of(leg).log).containsSubsequence("apply OPUS", "candidate abcd 5000");
    }

    @Test
    void candidatesOfARestartComeBehindItsPlan() {
        pbx.actions("answer", "echo");
        pbx.call("a", "9196");
        SdpText restart = new SdpText(TestSdp.OPUS.value()
                .replace("ufrag:abcd", "ufrag:efgh")
                .replaceAll("a=candidate:.*\r\n", "a=ice-options:trickle\r\n"));

        assertThat(call("a").update(restart)).isInstanceOf(Update.Updated.class);
        call("a").candidates(List.of(TrickledCandidate.decode(text(5_000) + " ufrag efgh", "").orElseThrow()));
        pbx.time.settle();

        assertThat(pbx.media.of("a").log).endsWith("renew", "apply OPUS", "candidate efgh 5000");
    }

    @Test
    void aRestartByTheOneWhoWasCalledLeavesTheDtlsRolesAsTheyAre() {
        Phone bob = pbx.phones.add("1001@example.org", "bob");
        pbx.directory("<user id=\"1001\"/>");
        pbx.actions("bridge user/1001@example.org");
        pbx.call("a", "1001");
        bob.rung().channel.answer(TestSdp.ANSWER_OPUS, "", ""); // says active: we are the DTLS server
        pbx.time.settle();
        SdpText restart = new SdpText(TestSdp.ANSWER_OPUS.value().replace("ufrag:abcd", "ufrag:efgh").replace("setup:active", "setup:actpass"));

        Update update = call(bob.calls.getLast().channel().id().value()).update(restart);

        assertThat(update).isInstanceOfSatisfying(
                Update.Updated.class, updated -> assertThat(updated.answer().value()).contains("a=setup:passive\r\n"));
    }

    @Test
    void aCallThatIsOverTakesNone() {
        pbx.actions("answer", "hangup");
        TestClient client = pbx.admit("a", "9196", TestSdp.OPUS, Map.of()).client();
        CallRef call = call("a");
        client.channel.start();
        pbx.time.settle();

        call.candidates(List.of(candidate(5_000)));
        pbx.time.settle();

        assertThat(pbx.media.of("a").log).doesNotContain("candidate abcd 5000");
        assertThat(pbx.counters.get(SwitchCounter.CANDIDATES_DROPPED)).isEqualTo(1);
    }

    private List<String> candidates(String id) {
        return pbx.media.of(id).log.stream().filter(line -> line.startsWith("candidate")).toList();
    }

    private CallRef call(String id) {
        return pbx.board.find(new ChannelId(id)).orElseThrow();
    }

    private static TrickledCandidate candidate(int port) {
        return TrickledCandidate.decode(text(port), "abcd").orElseThrow();
    }

    private static String text(int port) {
        return "candidate:1 1 udp 2113937151 192.0.2.2 " + port + " typ host generation 0";
    }
}
