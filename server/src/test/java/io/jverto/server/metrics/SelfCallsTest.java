package io.jverto.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.time.Mailbox;
import io.jverto.testkit.time.VirtualTime;
import io.jverto.wire.jsonrpc.JsonText;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SelfCallsTest {
    private static final Duration EVERY = Duration.ofSeconds(60);
    private static final Duration TAKES = Duration.ofMillis(400);

    private final VirtualTime time = new VirtualTime();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private volatile String trouble = "";
    private volatile Duration takes = TAKES;
    private volatile boolean takesCalls = true;

    @Test
    void callsAtOnceAndThenAfterEachPause() {
        SelfCalls calls = start();

        time.settle();
        assertThat(text(calls)).isEqualTo("{\"result\":\"not made yet\"}");
        assertThat(calls.up()).isEmpty();
        time.advance(TAKES);
        assertThat(text(calls)).isEqualTo("{\"result\":\"good\",\"at\":\"2026-01-01T00:00:00Z\",\"millis\":400}");
        time.advance(EVERY.plus(TAKES));

        assertThat(made).hasValue(2);
        assertThat(calls.good()).isEqualTo(2);
        assertThat(calls.up()).contains(1.0);
        assertThat(calls.seconds()).contains(0.4);
    }

    @Test
    void oneFailureIsToldAndOnlyTheSecondInARowMeansThatTheServerIsNotWell() {
        SelfCalls calls = start();
        trouble = "media: what is said does not come back";

        time.advance(TAKES);
        assertThat(text(calls)).contains("\"result\":\"failed\"", "\"reason\":\"media: what is said does not come back\"", "\"failedInARow\":1");
        assertThat(calls.areWell()).isTrue();
        assertThat(calls.up()).contains(0.0);

        time.advance(EVERY.plus(TAKES));
        assertThat(calls.areWell()).isFalse();
        assertThat(calls.failed()).isEqualTo(2);

        trouble = "";
        time.advance(EVERY.plus(TAKES));
        assertThat(calls.areWell()).isTrue();
        assertThat(text(calls)).contains("\"result\":\"good\"").doesNotContain("reason");
    }

    @Test
    void aCallThatLastsLongerThanThePauseIsNeverJoinedByAnother() {
        takes = EVERY.multipliedBy(3);
        start();

        time.advance(EVERY.multipliedBy(19));

        assertThat(mostAtOnce).hasValue(1);
        assertThat(made).hasValue(5);
    }

    @Test
    void whileTheServerTakesNoCallsNoneIsMadeAndTheLastResultStays() {
        SelfCalls calls = start();
        time.advance(TAKES);
        takesCalls = false;

        time.advance(EVERY.multipliedBy(5));

        assertThat(made).hasValue(1);
        assertThat(text(calls)).contains("\"result\":\"good\"");
    }

    @Test
    void aBugOfOneCallIsAFailureAndTheNextIsMade() {
        SelfCalls calls = SelfCalls.start(EVERY, () -> true, () -> {
            if (made.incrementAndGet() == 1) {
                throw new IllegalStateException("first");
            }
            return Optional.empty();
        }, time);

        time.settle();
        assertThat(text(calls)).contains("a bug: java.lang.IllegalStateException: first");
        time.advance(EVERY);
        assertThat(calls.good()).isEqualTo(1);
    }

    @Test
    void whatFailsBecauseTheServerEndsCountsForNothing() {
        SelfCalls calls = start();
        time.settle();
        trouble = "the WebSocket is closed";
        calls.close();

        time.advance(EVERY.multipliedBy(3));

        assertThat(calls.failed()).isZero();
        assertThat(made).hasValue(1);
    }

    private SelfCalls start() {
        return SelfCalls.start(EVERY, () -> takesCalls, this::call, time);
    }

    private Optional<String> call() {
        made.incrementAndGet();
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        Mailbox<Boolean> nobody = time.mailbox(1);
        nobody.await(time.nanoTime() + takes.toNanos());
        atOnce.decrementAndGet();
        return Optional.of(trouble).filter(why -> !why.isEmpty());
    }

    private static String text(SelfCalls calls) {
        return JsonText.write(calls.text());
    }
}
