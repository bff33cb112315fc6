package io.jverto.media.ice;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.count.Counters;
import io.jverto.media.plan.IceCredentials;
import io.jverto.media.stun.StunClass;
import io.jverto.media.stun.StunKey;
import io.jverto.media.stun.StunMessage;
import io.jverto.media.stun.StunTransaction;
import io.jverto.media.stun.StunWriter;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Attacks S16 to S19 on one agent, datagram by datagram: whom it talks to, how often, and that strangers get nothing out of it.
class IceAttackTest {
    private static final long MILLI = 1_000_000L;
    private static final IceCredentials OURS = new IceCredentials("ours", "our password of 24 letters");
    private static final IceCredentials THEIRS = new IceCredentials("them", "their password of 24 lett.");
    private static final StunKey OUR_KEY = StunKey.ofPassword(OURS.password());
    private static final InetSocketAddress PEER = IceWorld.address(1);
    private static final int MAX_SENDS = 7;

    private final Random random = new Random(16);
    private final Counters<IceCounter> counters = new Counters<>(IceCounter.class);
    private final Sent sent = new Sent();
    private final StunWriter writer = new StunWriter();
    private IceAgent agent;
    private long nowNanos;

    @BeforeEach
    void anAgentThatKnowsItsPeer() {
        agent = new IceAgent(OURS, false, random, counters);
        agent.remote(nowNanos, THEIRS, List.of(), sent);
    }

    @Test
    void s16CandidatesThatPointAtOthersGetAFewChecksAndThenNoMore() {
        InetSocketAddress[] victims = new InetSocketAddress[30];
        Arrays.setAll(victims, i -> IceWorld.address(100 + i));
        agent.remote(nowNanos, THEIRS, List.of(victims), sent);

        pass(120_000);

        assertThat(sent.to.stream().distinct()).hasSize(IceChecklist.MAX_CANDIDATES);
        for (InetSocketAddress victim : victims) {
            assertThat(sent.to.stream().filter(victim::equals).count()).isLessThanOrEqualTo(MAX_SENDS);
        }
        for (int i = 1; i < sent.atNanos.size(); i++) {
            assertThat(sent.atNanos.get(i) - sent.atNanos.get(i - 1)).isGreaterThanOrEqualTo(49 * MILLI);
        }
        assertThat(sent.lengths).allMatch(length -> length < 150);
        assertThat(sent.failures).isEqualTo(1);
        assertThat(sent.selections).isEmpty();
    }

    /// An answer that the victim never gave: from its address, but without the password.
    @Test
    void s16NobodyButWhoKnowsThePasswordMakesAnAddressTheSelectedOne() {
        InetSocketAddress victim = IceWorld.address(100);
        agent.remote(nowNanos, THEIRS, List.of(victim), sent);
        byte[] check = sent.bytes.getFirst();
        StunTransaction transaction = transaction(check);
        for (StunKey key : List.of(OUR_KEY, StunKey.ofPassword("guessed"))) {
            receive(victim, response(transaction, key));
        }
        receive(victim, unsigned(StunClass.SUCCESS, transaction));
        receive(PEER, response(transaction, StunKey.ofPassword(THEIRS.password())));
        receive(victim, response(StunTransaction.random(random), StunKey.ofPassword(THEIRS.password())));

        assertThat(sent.selections).isEmpty();
        assertThat(counters.get(IceCounter.RESPONSE_WRONG_INTEGRITY)).isEqualTo(3);
        assertThat(counters.get(IceCounter.RESPONSE_WRONG_ADDRESS)).isEqualTo(1);
        assertThat(counters.get(IceCounter.RESPONSE_UNMATCHED)).isEqualTo(1);
    }

    /// Its addresses may be those of others, who get no more than the pace lets through.
    @Test
    void aPeerThatAsksFromManyAddressesIsAskedBackAtThePace() {
        byte[] good = request(request -> request.username("ours:them").role(true, 1).priority(7), OUR_KEY);
        for (int i = 0; i < 60; i++) {
            receive(IceWorld.address(200 + i), good);
        }

        assertThat(counters.get(IceCounter.REQUEST_ANSWERED)).isEqualTo(60);
        assertThat(counters.get(IceCounter.CHECK_SENT)).isLessThanOrEqualTo(1 + IceLimits.PROMPT_CHECKS + nowNanos / (50 * MILLI));
    }

    @Test
    void s17WhatIsNotSignedByThePeerIsDroppedInSilenceAndCounted() {
        byte[] good = request(request -> request.username("ours:them").role(true, 1).priority(7).useCandidate(), OUR_KEY);
        byte[] wrongFingerprint = good.clone();
        wrongFingerprint[good.length - 1] ^= 1;
        byte[] wrongLength = good.clone();
        wrongLength[3] += 4;
        byte[] overrun = good.clone();
        overrun[23] = (byte) 0xff; // the length of USERNAME
        byte[] oddLength = Arrays.copyOf(good, good.length - 1);

        for (byte[] bad : List.of(wrongFingerprint, wrongLength, overrun, oddLength, new byte[0], new byte[1], new byte[20], new byte[65_000])) {
            receive(PEER, bad);
        }
        assertThat(counters.get(IceCounter.MALFORMED)).isEqualTo(8);
        receive(PEER, unsigned(StunClass.REQUEST, StunTransaction.random(random)));
        receive(PEER, request(request -> request.username("other:them").role(true, 1), OUR_KEY));
        receive(PEER, request(request -> request.username("ours:other").role(true, 1), OUR_KEY));
        receive(PEER, request(request -> request.username("ours").role(true, 1), OUR_KEY));
        receive(PEER, request(request -> request.username("").role(true, 1), OUR_KEY));
        assertThat(counters.get(IceCounter.REQUEST_WRONG_USERNAME)).isPositive();
        receive(PEER, request(request -> request.username("ours:them").role(true, 1).useCandidate(), StunKey.ofPassword("guessed")));
        receive(PEER, unsignedRequest("ours:them"));
        assertThat(counters.get(IceCounter.REQUEST_WRONG_INTEGRITY)).isEqualTo(2);

        assertThat(sent.to).isEmpty();
        assertThat(sent.selections).isEmpty();
        assertThat(counters.get(IceCounter.PAIR_LEARNED)).isZero();
        receive(PEER, good);
        assertThat(sent.to).isNotEmpty();
    }

    @Test
    void s17APrefixOfAGoodRequestIsDroppedUnlessItHoldsAllThatIsSigned() {
        byte[] good = request(request -> request.username("ours:them").role(true, 1), OUR_KEY);
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            if (length >= 20) {
                cut[2] = (byte) (length - 20 >>> 8);
                cut[3] = (byte) (length - 20);
            }
            receive(PEER, cut);
            boolean allButTheFingerprint = length == good.length - 8;
            assertThat(sent.answers()).as("of " + length).hasSize(allButTheFingerprint ? 1 : 0);
            sent.clear();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20, 100, 250, 800})
    void s18NoAnswerIsMuchLongerThanItsQuestionAndStrangersGetNone(int more) {
        byte[] question = request(request -> {
            request.username("ours:them");
            for (int i = 0; i < more / 8; i++) {
                request.unknownAttribute(0x7000 + i);
            }
        }, OUR_KEY);
        receive(PEER, question);
        int answers = sent.answers().stream().mapToInt(Integer::intValue).sum();
        assertThat(answers).as("an authentic one").isBetween(1, question.length * 3 / 2);
        sent.clear();

        byte[] stranger = question.clone();
        stranger[30] ^= 1;
        for (int i = 0; i < 1_000; i++) {
            receive(IceWorld.address(1_000 + i), stranger);
        }
        assertThat(sent.answers()).isEmpty();
    }

    /// RFC 8656 section 17: Allocate, Refresh, CreatePermission, ChannelBind as requests, Send and Data as indications.
    @ParameterizedTest
    @ValueSource(ints = {0x0003, 0x0004, 0x0008, 0x0009, 0x0016, 0x0017})
    void s19NothingIsRelayedAndNoRequestOfTurnIsAnswered(int type) {
        for (StunKey key : List.of(OUR_KEY, StunKey.ofPassword("guessed"))) {
            byte[] turn = request(request -> request.username("ours:them").role(true, 1), key);
            turn[0] = (byte) (type >>> 8);
            turn[1] = (byte) type;
            receive(PEER, turn);
        }
        receive(PEER, new byte[] {0x40, 0x01, 0, 4, 1, 2, 3, 4}); // ChannelData

        assertThat(sent.to).isEmpty();
        assertThat(counters.get(IceCounter.MALFORMED)).isEqualTo(3);
    }

    private void pass(long millis) {
        for (long i = 0; i < millis; i += 1) {
            nowNanos += MILLI;
            agent.onTimeout(nowNanos, sent);
        }
    }

    private void receive(InetSocketAddress from, byte[] bytes) {
        nowNanos += 20 * MILLI;
        agent.onStun(nowNanos, from, bytes.clone(), 0, bytes.length, sent);
    }

    private byte[] request(Consumer<StunWriter> content, StunKey key) {
        writer.begin(StunClass.REQUEST, StunTransaction.random(random));
        content.accept(writer);
        return Arrays.copyOf(writer.bytes(), writer.finish(key));
    }

    private byte[] unsignedRequest(String username) {
        writer.begin(StunClass.REQUEST, StunTransaction.random(random)).username(username);
        return Arrays.copyOf(writer.bytes(), writer.finish());
    }

    private byte[] unsigned(StunClass messageClass, StunTransaction transaction) {
        writer.begin(messageClass, transaction);
        return Arrays.copyOf(writer.bytes(), writer.finish());
    }

    private byte[] response(StunTransaction transaction, StunKey key) {
        writer.begin(StunClass.SUCCESS, transaction).mappedAddress(PEER);
        return Arrays.copyOf(writer.bytes(), writer.finish(key));
    }

    private static StunTransaction transaction(byte[] bytes) {
        StunMessage message = new StunMessage();
        assertThat(message.read(bytes, 0, bytes.length)).isTrue();
        return message.transaction();
    }

    /// What the agent does.
    private final class Sent implements IceOutput {
        private final List<InetSocketAddress> to = new ArrayList<>();
        private final List<byte[]> bytes = new ArrayList<>();
        private final List<Integer> lengths = new ArrayList<>();
        private final List<Long> atNanos = new ArrayList<>();
        private final List<InetSocketAddress> selections = new ArrayList<>();
        private int failures;

        @Override
        public void send(InetSocketAddress remote, byte[] datagram, int offset, int length) {
            to.add(remote);
            bytes.add(Arrays.copyOfRange(datagram, offset, offset + length));
            lengths.add(length);
            atNanos.add(nowNanos);
        }

        /// @return lengths of what is no request of ours
        List<Integer> answers() {
            return bytes.stream().filter(datagram -> datagram[0] == 1).map(datagram -> datagram.length).toList();
        }

        void clear() {
            to.clear();
            bytes.clear();
            lengths.clear();
            atNanos.clear();
        }

        @Override
        public void selected(InetSocketAddress remote) {
            selections.add(remote);
        }

        @Override
        public void failed() {
            failures++;
        }
    }
}
