package io.jverto.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.sip.message.Headers;
import io.jverto.sip.message.SipMethod;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Two user agents over a network that loses, copies and reorders, doing what a seed decides.
class LossyCallsTest {
    private static final int SEEDS = 1_000;

    @Test
    void whateverHappensEachCallEndsOnceOnBothSidesAndNothingIsLeftBehind() {
        int answered = 0;
        int cancelled = 0;
        int settled = 0;
        int glare = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Net net = new Net(seed);
            net.loss = new double[] {0, 0.05, 0.2, 0.4}[seed % 4];
            net.copies = seed % 3 == 0 ? 0.2 : 0;
            net.jitterMillis = seed % 5 == 0 ? 2_000 : 50;
            boolean reliable = seed % 7 < 2;
            Party anna = new Party(net, 1, config(1, reliable));
            Party bert = new Party(net, 2, config(2, reliable));
            play(net, anna, bert);

            assertEverythingIsOver(seed, anna);
            assertEverythingIsOver(seed, bert);
            answered += count(anna, "answered");
            cancelled += count(bert, "ended CANCELLED");
            settled += count(anna, "settled 200") + count(bert, "settled 200");
            glare += (int) (anna.counters.get(CallCounter.OFFER_GLARE) + bert.counters.get(CallCounter.OFFER_GLARE));
        }

        // The seeds have to reach what this test is about.
        assertThat(answered).isGreaterThan(1_000);
        assertThat(cancelled).isGreaterThan(200);
        assertThat(settled).isGreaterThan(1_000);
        assertThat(glare).isGreaterThan(50);
    }

    private static UserAgentConfig config(int number, boolean reliable) {
        return new UserAgentConfig("test", _ -> Net.hostPort(number), reliable, SessionRules.of(reliable ? 90 : 0, 90), 100);
    }

    private static void play(Net net, Party anna, Party bert) {
        Random random = net.random;
        bert.onIncoming = (call, _) -> {
            if (random.nextBoolean()) {
                net.in(random.nextInt(2_000), () -> bert.progress(call, random.nextBoolean() ? 180 : 183, random.nextBoolean() ? "early" : ""));
            }
            net.in(random.nextInt(4_000), () -> {
                if (random.nextInt(4) > 0) {
                    bert.accept(call);
                } else {
                    bert.hangUp(call);
                }
            });
        };
        for (int i = 0; i < 3; i++) {
            CallId call = anna.call(bert);
            for (int step = 0; step < 6; step++) {
                net.in(random.nextInt(12_000), () -> act(random, anna, call));
                net.in(random.nextInt(12_000), () -> bert.incoming.forEach(theirs -> act(random, bert, theirs)));
            }
            if (random.nextInt(3) == 0) {
                net.in(random.nextInt(4_000), () -> anna.hangUp(call)); // a cancel at some stage
            }
            int whole = 12_000 + random.nextInt(3_000);
            net.in(whole, () -> anna.hangUp(call));
            net.in(whole + random.nextInt(200) - 100, () -> bert.incoming.forEach(bert::hangUp)); // farewells that cross
        }
        net.pass(60_000);
        bert.incoming.forEach(bert::hangUp);
        net.pass(200_000);
    }

    private static void act(Random random, Party party, CallId call) {
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> party.offer(call, "change" + random.nextInt(10));
            case 4 -> party.tell(call, SipMethod.INFO);
            case 5 -> party.refer(call);
            case 6 -> {
                ReferId refer = party.refers.get(call);
                if (refer != null) {
                    party.deadline = party.agent.notifyRefer(party.now(), call, refer, 200, true, party);
                }
            }
            case 7 -> party.deadline = party.agent.hangUp(party.now(), call, 603, Headers.NONE, party);
            default -> {}
        }
    }

    private static int count(Party party, String what) {
        return (int) party.log.stream().filter(line -> line.startsWith(what)).count();
    }

    private static void assertEverythingIsOver(int seed, Party party) {
        assertThat(party.agent.traces()).as("seed %d: %s %s", seed, party.log, party.sentWords()).isZero();
        assertThat(party.deadline).as("seed %d", seed).isEqualTo(Long.MAX_VALUE);
        assertThat(party.ends.keySet()).as("seed %d", seed).containsAll(party.incoming);
        assertThat(count(party, "ended")).as("seed %d", seed).isEqualTo(party.ends.size());
    }
}
