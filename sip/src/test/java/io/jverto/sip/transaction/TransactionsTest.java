package io.jverto.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.sip.message.CSeq;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.HostPort;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.Params;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.message.Via;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TransactionsTest {
    private final Bench udp = new Bench(SipTransport.UDP);
    private final Bench tcp = new Bench(SipTransport.TCP);

    @Test
    void anInviteIsRepeatedWithDoublingIntervalsForThirtyTwoSeconds() {
        udp.start(SipMethod.INVITE);
        udp.pass(40_000);

        assertThat(udp.take()).containsExactly(
                "0 send INVITE", "500 send INVITE", "1500 send INVITE", "3500 send INVITE", "7500 send INVITE", "15500 send INVITE",
                "31500 send INVITE", "32000 failed TIMEOUT");
        assertThat(udp.deadline).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anotherRequestIsRepeatedEveryFourSecondsAtLast() {
        udp.start(SipMethod.OPTIONS);
        udp.pass(600);
        udp.answer(SipMethod.OPTIONS, 180);
        udp.take();
        udp.pass(40_000);

        assertThat(udp.take()).containsExactly(
                "1500 send OPTIONS", "5500 send OPTIONS", "9500 send OPTIONS", "13500 send OPTIONS", "17500 send OPTIONS",
                "21500 send OPTIONS", "25500 send OPTIONS", "29500 send OPTIONS", "32000 failed TIMEOUT");
    }

    @Test
    void whatLosesNothingIsNotRepeatedButGivesUpAllTheSame() {
        tcp.start(SipMethod.INVITE);
        tcp.pass(40_000);

        assertThat(tcp.take()).containsExactly("0 send INVITE", "32000 failed TIMEOUT");
    }

    @Test
    void aRefusalIsRepeatedUntilItIsAcknowledgedAlsoOverTcpAwaited() {
        udp.receive(incoming(SipMethod.INVITE, "a"));
        udp.respond(udp.received.getLast(), 486);
        udp.pass(2_000);
        udp.receive(incoming(SipMethod.ACK, "a"));
        udp.pass(40_000);

        assertThat(udp.take()).containsExactly("0 send 100", "0 request INVITE", "0 send 486", "500 send 486", "1500 send 486");
        assertThat(udp.transactions.size()).isZero();
    }

    @Test
    void theAckOfARefusalGoesTheWayOfItsInvite() {
        SipRequest invite = Bench.request(SipMethod.INVITE, Via.COOKIE + "c", SipTransport.UDP, Bench.US)
                .withHeaders(Headers.NONE.and("Route", "<sip:192.0.2.2;lr>"));
        udp.transactions.start(udp.nowNanos, invite, udp.hop, udp);
        udp.answer(SipMethod.INVITE, 486);

        SipRequest ack = (SipRequest) udp.sent.getLast();
        assertThat(ack.uri()).isEqualTo(invite.uri());
        assertThat(ack.envelope().vias()).isEqualTo(invite.envelope().vias());
        assertThat(ack.envelope().to().tag()).contains("t");
        assertThat(ack.envelope().cseq()).isEqualTo(new CSeq(7, SipMethod.ACK));
        assertThat(ack.headers().lines("Route")).containsExactly("<sip:192.0.2.2;lr>");
    }

    @Test
    void cancelWaitsForAProvisionalResponseAndThenForTheFinalOne() {
        ClientId id = udp.start(SipMethod.INVITE);
        udp.transactions.cancel(udp.nowNanos, id, Headers.NONE.with("Reason", "SIP;cause=200"), udp);
        assertThat(udp.take()).containsExactly("0 send INVITE");
        udp.answer(SipMethod.INVITE, 180);
        assertThat(udp.take()).containsExactly("0 response 180", "0 send CANCEL");

        SipRequest cancel = (SipRequest) udp.sent.getLast();
        assertThat(cancel.envelope().topVia()).isEqualTo(udp.sent.getFirst().envelope().topVia());
        assertThat(cancel.headers().first("Reason")).contains("SIP;cause=200");
        udp.answer(SipMethod.CANCEL, 200);
        udp.answer(SipMethod.INVITE, 487);
        assertThat(udp.take()).containsExactly("0 send ACK", "0 response 487");
        udp.pass(40_000);
        assertThat(udp.transactions.size()).isZero();
    }

    @Test
    void anInviteThatIsCancelledAndNeverAnsweredIsGivenUp() {
        ClientId id = tcp.start(SipMethod.INVITE);
        tcp.answer(SipMethod.INVITE, 180);
        tcp.pass(100_000);
        tcp.transactions.cancel(tcp.nowNanos, id, Headers.NONE, tcp);
        tcp.deadline = tcp.transactions.cancel(tcp.nowNanos, id, Headers.NONE, tcp);
        tcp.pass(40_000);

        assertThat(tcp.take()).containsExactly("0 send INVITE", "0 response 180", "100000 send CANCEL", "132000 failed TIMEOUT");
    }

    @Test
    void aCancelFindsItsInviteByBranchAndSentBy() {
        udp.receive(incoming(SipMethod.INVITE, "a"));
        udp.receive(incoming(SipMethod.CANCEL, "b"));
        udp.receive(Bench.request(SipMethod.CANCEL, Via.COOKIE + "a", SipTransport.UDP, new HostPort("elsewhere.example.org", 0)));
        assertThat(udp.take()).containsExactly("0 send 100", "0 request INVITE", "0 send 481", "0 send 481");
        udp.receive(incoming(SipMethod.CANCEL, "a"));

        assertThat(udp.take()).containsExactly("0 send 200", "0 cancelled");
        udp.respond(udp.received.getLast(), 487);
        udp.receive(incoming(SipMethod.CANCEL, "a"));
        assertThat(udp.take()).containsExactly("0 send 487", "0 send 200");
    }

    /// RFC 3261 section 9.2.
    @Test
    void whatACancelIsAnsweredWithHasTheTagOfItsInvite() {
        udp.receive(incoming(SipMethod.INVITE, "a"));
        udp.respond(udp.received.getLast(), 180);

        udp.receive(incoming(SipMethod.CANCEL, "a"));

        assertThat(udp.take()).endsWith("0 send 180", "0 send 200", "0 cancelled");
        assertThat(udp.sent.getLast().envelope().to().tag()).isEqualTo(udp.sent.get(udp.sent.size() - 2).envelope().to().tag());
    }

    @Test
    void aPeerOfRfc2543IsKnownByEverythingButTheBranch() {
        SipRequest invite = old(SipMethod.INVITE, 1, "");
        udp.receive(invite);
        udp.receive(invite);
        udp.respond(udp.received.getLast(), 486);
        udp.take();
        udp.receive(old(SipMethod.ACK, 2, "t"));
        assertThat(udp.take()).containsExactly("0 ack");
        udp.receive(old(SipMethod.ACK, 1, "t"));

        assertThat(udp.take()).isEmpty();
        assertThat(udp.requests).hasSize(1);
        assertThat(udp.transactions.statesBesideCancel()).containsExactly("CONFIRMED");
    }

    @Test
    void aRequestThatComesByTwoWaysIsServedOnce() {
        udp.receive(incoming(SipMethod.INVITE, "a"));
        SipRequest other = incoming(SipMethod.INVITE, "a");
        udp.receive(other.withEnvelope(other.envelope().withTopVia(Via.of(SipTransport.UDP, Bench.PEER, Via.COOKIE + "otherWay"))));

        assertThat(udp.take()).containsExactly("0 send 100", "0 request INVITE", "0 send 100", "0 send 482");
        assertThat(udp.counters.get(TransactionCounter.MERGED)).isEqualTo(1);
        udp.respond(udp.received.getFirst(), 486);
        udp.pass(100_000);
        assertThat(udp.transactions.size()).isZero();
        assertThat(udp.transactions.traces()).isZero();
    }

    @Test
    void theAckOfA2xxBelongsToNoTransaction() {
        udp.receive(incoming(SipMethod.INVITE, "a"));
        udp.respond(udp.received.getLast(), 200);
        udp.take();
        udp.receive(incoming(SipMethod.ACK, "b"));
        assertThat(udp.take()).containsExactly("0 ack");
        udp.receive(incoming(SipMethod.INVITE, "a"));

        assertThat(udp.take()).isEmpty();
    }

    @Test
    void aResponseToNothingIsCountedAndDropped() {
        udp.start(SipMethod.OPTIONS);
        SipRequest other = Bench.request(SipMethod.OPTIONS, Via.COOKIE + "guess", SipTransport.UDP, Bench.US);
        udp.take();
        udp.receive(other.reply(200));
        SipResponse invite = Bench.request(SipMethod.INVITE, Via.COOKIE + "c", SipTransport.UDP, Bench.US).reply(200);
        udp.receive(invite);

        assertThat(udp.take()).isEmpty();
        assertThat(udp.counters.get(TransactionCounter.RESPONSE_UNMATCHED)).isEqualTo(2);
    }

    @Test
    void aRequestThatWeDoNotRespondToIsForgotten() {
        tcp.receive(incoming(SipMethod.OPTIONS, "a"));
        tcp.pass(40_000);

        assertThat(tcp.transactions.size()).isZero();
        assertThat(tcp.counters.get(TransactionCounter.SERVER_NEGLECTED)).isEqualTo(1);
    }

    /// Attack S27: a flood takes no memory beyond the limit and is told so.
    @Test
    void s27TransactionsOfBothSidesAreBounded() {
        Bench small = new Bench(SipTransport.UDP, 10);
        for (int i = 0; i < 1_000; i++) {
            small.receive(incoming(SipMethod.REGISTER, "flood" + i));
        }
        for (int i = 0; i < 20; i++) {
            SipRequest request = Bench.request(SipMethod.OPTIONS, Via.COOKIE + i, SipTransport.UDP, Bench.US);
            small.deadline = small.transactions.start(small.nowNanos, request, small.hop, small);
        }

        assertThat(small.requests).hasSize(10);
        assertThat(small.log.stream().filter("0 send 503"::equals)).hasSize(990);
        assertThat(small.log.stream().filter("0 failed OVERLOAD"::equals)).hasSize(10);
        assertThat(small.transactions.size()).isEqualTo(20);
        small.pass(100_000);
        assertThat(small.transactions.size()).isZero();
        assertThat(small.transactions.traces()).isZero();
    }

    @Test
    void responsesGoWhereTheRequestCameFromAndNowhereElse() {
        Hop from = new Hop(SipTransport.UDP, new InetSocketAddress("198.51.100.7", 40_000));
        Via plain = new Via("UDP", new HostPort("10.0.0.1", 5070), Params.NONE.with("branch", Via.COOKIE + "x").with("maddr", "192.0.2.99"));
        SipRequest request = incoming(SipMethod.OPTIONS, "x");

        SipRequest stamped = from.stamp(request.withEnvelope(request.envelope().withTopVia(plain)));
        assertThat(stamped.envelope().topVia().received()).contains("198.51.100.7");
        assertThat(stamped.envelope().topVia().params().has("rport")).isFalse();
        assertThat(from.back(plain).remote()).isEqualTo(new InetSocketAddress("198.51.100.7", 5070));

        SipRequest asked = from.stamp(request.withEnvelope(request.envelope().withTopVia(plain.withParam("rport", ""))));
        assertThat(asked.envelope().topVia().rport()).hasValue(40_000);
        assertThat(from.back(asked.envelope().topVia())).isEqualTo(from);
        assertThat(new Hop(SipTransport.TCP, from.remote()).back(plain).remote()).isEqualTo(from.remote());
    }

    @Test
    void whateverComesInWhateverOrderNothingIsLeftBehind() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            Bench bench = new Bench(seed % 2 == 0 ? SipTransport.UDP : SipTransport.TCP);
            for (int step = 0; step < 60; step++) {
                random(bench, random);
                bench.pass(random.nextInt(4_000));
            }
            for (int i = 0; i < bench.requests.size(); i++) {
                bench.transactions.respond(bench.nowNanos, bench.requests.get(i), bench.received.get(i).reply(500).withToTag("t"), bench);
            }
            Hop other = new Hop(SipTransport.UDP, new InetSocketAddress("192.0.2.77", 1));
            bench.deadline = bench.transactions.onUnreachable(bench.nowNanos, other, bench);
            List.copyOf(bench.sent).stream().filter(SipRequest.class::isInstance).map(SipRequest.class::cast)
                    .filter(request -> request.is(SipMethod.INVITE))
                    .forEach(invite -> bench.deadline = bench.transactions.cancel(bench.nowNanos, Transactions.idOf(invite), Headers.NONE, bench));
            bench.pass(200_000);

            assertThat(bench.transactions.size()).as("seed %d", seed).isZero();
            assertThat(bench.transactions.traces()).as("seed %d", seed).isZero();
            assertThat(bench.deadline).as("seed %d", seed).isEqualTo(Long.MAX_VALUE);
        }
    }

    private static void random(Bench bench, Random random) {
        SipMethod method = List.of(SipMethod.INVITE, SipMethod.OPTIONS, SipMethod.CANCEL, SipMethod.ACK).get(random.nextInt(4));
        int status = List.of(100, 180, 200, 302, 486).get(random.nextInt(5));
        switch (random.nextInt(5)) {
            case 0 -> bench.deadline = bench.transactions.start(
                    bench.nowNanos,
                    Bench.request(
                            random.nextBoolean() ? SipMethod.INVITE : SipMethod.OPTIONS, Via.COOKIE + random.nextLong(), bench.hop.transport(),
                            Bench.US),
                    bench.hop,
                    bench);
            case 1, 2 -> bench.receive(Bench.request(method, Via.COOKIE + random.nextInt(5), bench.hop.transport(), Bench.PEER));
            case 3 -> {
                if (!bench.requests.isEmpty()) {
                    int which = random.nextInt(bench.requests.size());
                    bench.deadline = bench.transactions.respond(
                            bench.nowNanos, bench.requests.get(which), bench.received.get(which).reply(status).withToTag("t"), bench);
                }
            }
            default -> {
                List<SipRequest> ours = bench.sent.stream().filter(SipRequest.class::isInstance).map(SipRequest.class::cast).toList();
                if (!ours.isEmpty()) {
                    bench.receive(ours.get(random.nextInt(ours.size())).reply(status).withToTag("t"));
                }
            }
        }
    }

    private SipRequest incoming(SipMethod method, String branch) {
        return Bench.request(method, Via.COOKIE + branch, SipTransport.UDP, Bench.PEER);
    }

    private SipRequest old(SipMethod method, long cseq, String toTag) {
        SipRequest request = Bench.request(method, "old", SipTransport.UDP, Bench.PEER);
        NameAddr to = toTag.isEmpty() ? request.envelope().to() : request.envelope().to().withParam("tag", toTag);
        return request.withEnvelope(request.envelope().withTo(to).with(request.envelope().topVia(), new CSeq(cseq, method)));
    }
}
