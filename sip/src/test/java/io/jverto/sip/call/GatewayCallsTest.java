package io.jverto.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.sip.call.GatewayCalls.Refusal;
import io.jverto.sip.call.GatewayCalls.Share;
import io.jverto.sip.gateway.GatewayConfig;
import io.jverto.sip.gateway.SofiaXml;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatewayCallsTest {
    private static final Optional<String> ADA = Optional.of("1002@example.org");
    private static final Optional<String> BOB = Optional.of("1003@example.org");

    private final GatewayCalls calls = new GatewayCalls();
    private final List<Share> shares = new ArrayList<>();
    private long nowNanos;

    private static GatewayConfig gateway(String... params) {
        List<String> all = new ArrayList<>(List.of("register", "false", "proxy", "itsp.example.org"));
        all.addAll(List.of(params));
        return SofiaXml.gateway(all.toArray(String[]::new));
    }

    private Optional<Refusal> call(GatewayConfig gateway, Optional<String> user) {
        Share share = new Share();
        shares.add(share);
        return calls.take(share, gateway, user, nowNanos);
    }

    private int callUntilRefused(GatewayConfig gateway, Optional<String> user) {
        int count = 0;
        while (call(gateway, user).isEmpty()) {
            count++;
        }
        return count;
    }

    private void pass(Duration time) {
        nowNanos += time.toNanos();
    }

    @Test
    void s31AUserHasSoManyCallsAtOnceOverAllGateways() {
        GatewayConfig first = gateway();
        GatewayConfig second = gateway("extension", "elsewhere");

        assertThat(callUntilRefused(first, ADA)).isEqualTo(10);
        assertThat(call(first, ADA)).contains(Refusal.USER_CALLS);
        assertThat(call(second, ADA)).contains(Refusal.USER_CALLS);
        assertThat(call(first, BOB)).isEmpty();

        calls.release(shares.getFirst());
        assertThat(call(second, ADA)).isEmpty();
        shares.forEach(calls::release);
        assertThat(calls.users()).isZero();
    }

    @Test
    void s31AUserBeginsSoManyCallsInAMinute() {
        GatewayConfig gateway = gateway("jverto-max-user-calls", "0", "jverto-max-user-calls-per-minute", "6");

        assertThat(callUntilRefused(gateway, ADA)).isEqualTo(6);
        assertThat(call(gateway, ADA)).contains(Refusal.USER_RATE);
        assertThat(call(gateway, BOB)).isEmpty();
        pass(Duration.ofSeconds(9));
        assertThat(call(gateway, ADA)).contains(Refusal.USER_RATE);
        pass(Duration.ofSeconds(1));
        assertThat(callUntilRefused(gateway, ADA)).isEqualTo(1);
        pass(Duration.ofMinutes(5));
        assertThat(callUntilRefused(gateway, ADA)).isEqualTo(6);
    }

    @Test
    void s31AGatewayHasSoManyCallsAtOnceAndInASecond() {
        GatewayConfig gateway = gateway("jverto-max-calls", "5", "jverto-max-calls-per-second", "3");

        assertThat(callUntilRefused(gateway, Optional.empty())).isEqualTo(3);
        assertThat(call(gateway, ADA)).contains(Refusal.GATEWAY_RATE);
        pass(Duration.ofSeconds(1));
        assertThat(callUntilRefused(gateway, Optional.empty())).isEqualTo(2);
        assertThat(call(gateway, ADA)).contains(Refusal.GATEWAY_CALLS);
    }

    @Test
    void s31WhatIsGivenBackTwiceOrTooLateCountsOnce() {
        GatewayConfig gateway = gateway("jverto-max-calls", "2");
        call(gateway, ADA);
        call(gateway, ADA);

        calls.release(shares.getFirst());
        calls.release(shares.getFirst());
        assertThat(callUntilRefused(gateway, ADA)).isEqualTo(1);

        Share givenUp = new Share();
        calls.release(givenUp);
        assertThat(calls.take(givenUp, gateway, ADA, nowNanos)).contains(Refusal.OVER);
    }

    @Test
    void aGatewayWithOtherLimitsKeepsItsCallsAndZeroIsNoLimit() {
        assertThat(callUntilRefused(gateway("jverto-max-calls", "4"), Optional.empty())).isEqualTo(4);
        GatewayConfig open = gateway("jverto-max-calls-per-second", "0", "jverto-max-user-calls", "0", "jverto-max-user-calls-per-minute", "0");
        for (int i = 0; i < 500; i++) {
            assertThat(call(open, ADA)).isEmpty();
        }

        assertThat(call(gateway("jverto-max-calls", "504"), Optional.empty())).contains(Refusal.GATEWAY_CALLS);
        assertThat(call(gateway("jverto-max-calls", "505"), Optional.empty())).isEmpty();
    }
}
