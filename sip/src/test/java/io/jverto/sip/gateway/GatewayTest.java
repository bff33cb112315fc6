package io.jverto.sip.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.sip.message.Headers;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.transaction.Hop;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GatewayTest {
    private static Registrar registrar(String... params) {
        return new Registrar(SofiaXml.gateway(params));
    }

    private static Registrar account(String... more) {
        Stream<String> params = Stream.of("username", "anna", "password", "secret", "proxy", "sip.example.org");
        return registrar(Stream.concat(params, Arrays.stream(more)).toArray(String[]::new));
    }

    @Test
    void registersAnswersTheChallengeAndRefreshesInTime() {
        Registrar registrar = account();
        registrar.pass(Duration.ofSeconds(1));
        assertThat(registrar.take()).containsExactly(
                "TRYING down 0", "resolve sip.example.org", "REGISTER 3600", "REGISTER 3600", "REGED up 200");
        registrar.pass(Duration.ofSeconds(3_580));
        assertThat(registrar.take()).isEmpty();
        registrar.pass(Duration.ofSeconds(10));

        assertThat(registrar.take()).startsWith("resolve sip.example.org", "REGISTER 3600").doesNotContain("TRYING down 0");
        assertThat(registrar.gateway.isUp()).isTrue();
        SipRequest first = registrar.requests.getFirst();
        SipRequest last = registrar.requests.getLast();
        assertThat(last.envelope().callId()).isEqualTo(first.envelope().callId());
        assertThat(registrar.requests).extracting(request -> request.envelope().cseq().number()).isSorted().doesNotHaveDuplicates();
        assertThat(first.uri().toString()).isEqualTo("sip:sip.example.org");
        assertThat(first.headers().first("Contact")).contains("<sip:gw+itsp@192.0.2.1:5080;gw=itsp>");
        assertThat(first.envelope().to().uri().toString()).isEqualTo("sip:anna@sip.example.org");
    }

    @Test
    void whatIsGrantedCountsAndNotWhatWasAskedFor() {
        Registrar registrar = account("expire-seconds", "600");
        registrar.says = request -> Optional.of(Registrar.accepted(request, 60));
        registrar.pass(Duration.ofSeconds(1));
        registrar.take();
        registrar.pass(Duration.ofSeconds(43));
        assertThat(registrar.take()).isEmpty();
        registrar.pass(Duration.ofSeconds(3));

        assertThat(registrar.take()).contains("REGISTER 600");
    }

    @Test
    void aRegistrarThatRewritesOurContactOrGivesOnlyAHeaderIsUnderstood() {
        Registrar registrar = account();
        registrar.says = request -> Optional.of(request.reply(200).withHeaders(
                Headers.NONE.with("Contact", "<sip:x@203.0.113.7>;expires=31").with("Expires", "3600")));
        registrar.pass(Duration.ofSeconds(1));
        registrar.take();
        registrar.says = request -> Optional.of(request.reply(200).withHeaders(Headers.NONE.with("Expires", "20")));
        registrar.pass(Duration.ofSeconds(16));
        assertThat(registrar.take()).contains("REGISTER 3600");
        registrar.pass(Duration.ofSeconds(10));

        assertThat(registrar.take()).contains("REGISTER 3600");
    }

    @Test
    void aWrongPasswordFailsAndIsTriedAgainEverMoreSeldom() {
        Registrar registrar = account("password", "wrong");
        registrar.pass(Duration.ofSeconds(1));
        assertThat(registrar.take()).containsExactly(
                "TRYING down 0", "resolve sip.example.org", "REGISTER 3600", "REGISTER 3600", "FAIL_WAIT down 401");
        registrar.pass(Duration.ofSeconds(30));
        assertThat(registrar.take()).contains("FAIL_WAIT down 401");
        registrar.pass(Duration.ofSeconds(58));
        assertThat(registrar.take()).isEmpty();
        registrar.pass(Duration.ofSeconds(2));

        assertThat(registrar.take()).contains("FAIL_WAIT down 401");
        assertThat(registrar.counters.get(GatewayCounter.CHALLENGE_REFUSED)).isEqualTo(3);
    }

    /// Attack S29: whoever answers in the registrar's place gets nothing to try passwords on.
    @Test
    void s29AChallengeOfAnotherRealmIsNotAnswered() {
        Registrar registrar = account("realm", "other.example.org");
        registrar.pass(Duration.ofSeconds(1));

        assertThat(registrar.take()).endsWith("REGISTER 3600", "FAIL_WAIT down 401");
        assertThat(registrar.requests).noneMatch(request -> request.headers().has("Authorization"));
        assertThat(registrar.counters.get(GatewayCounter.CHALLENGE_REFUSED)).isEqualTo(1);
    }

    @Test
    void anIntervalTooBriefIsRaised() {
        Registrar registrar = account("expire-seconds", "60");
        registrar.says = request -> Optional.of(
                request.headers().number("Expires").orElse(0) < 1_800
                        ? request.reply(423).withHeader("Min-Expires", "1800")
                        : Registrar.accepted(request, 1_800));
        registrar.pass(Duration.ofSeconds(1));

        assertThat(registrar.take()).contains("REGISTER 60", "REGISTER 1800", "REGED up 200");
    }

    @Test
    void theNextAddressIsTriedWhenOneIsSilentOrOverloaded() {
        Registrar registrar = account();
        Hop good = Registrar.hop(3);
        registrar.challenges = false;
        registrar.addresses = List.of(Registrar.hop(1), Registrar.hop(2), good);
        registrar.says = request -> {
            Hop to = registrar.hops.getLast();
            return to.equals(good) ? Optional.of(Registrar.accepted(request, 3_600))
                    : to.equals(Registrar.hop(1)) ? Optional.empty() : Optional.of(request.reply(503));
        };
        registrar.pass(Duration.ofSeconds(1));

        assertThat(registrar.take()).endsWith("REGED up 200");
        assertThat(registrar.gateway.hop()).contains(good);
        assertThat(registrar.counters.get(GatewayCounter.FAILED_OVER)).isEqualTo(2);
    }

    @Test
    void aNameThatLeadsNowhereIsTriedAgain() {
        Registrar registrar = account();
        registrar.addresses = List.of();
        registrar.pass(Duration.ofSeconds(1));
        assertThat(registrar.take()).containsExactly("TRYING down 0", "resolve sip.example.org", "FAIL_WAIT down 503");
        registrar.addresses = List.of(Registrar.hop(1));
        registrar.pass(Duration.ofSeconds(30));

        assertThat(registrar.take()).endsWith("REGED up 200");
    }

    @Test
    void silenceHasAWaitOfItsOwn() {
        Registrar registrar = account("908-retry-seconds", "7");
        registrar.challenges = false;
        registrar.says = _ -> Optional.empty();
        registrar.pass(Duration.ofSeconds(1));
        assertThat(registrar.take()).endsWith("FAIL_WAIT down 908");
        registrar.pass(Duration.ofSeconds(6));

        assertThat(registrar.take()).contains("REGISTER 3600");
    }

    @Test
    void pingsDecideOverAGatewayWithoutRegistration() {
        Registrar registrar = registrar("proxy", "sip.example.org", "register", "false", "ping", "30", "ping-max", "2", "ping-min", "1");
        registrar.pass(Duration.ofSeconds(1));
        assertThat(registrar.take()).containsExactly("resolve sip.example.org", "OPTIONS ");
        registrar.says = _ -> Optional.empty();
        registrar.pass(Duration.ofSeconds(30));
        assertThat(registrar.gateway.isUp()).isTrue();
        registrar.pass(Duration.ofSeconds(30));
        assertThat(registrar.take()).containsExactly("OPTIONS ", "OPTIONS ", "NOREG down 0");
        registrar.says = request -> Optional.of(request.reply(404));
        registrar.pass(Duration.ofSeconds(30));

        assertThat(registrar.take()).containsExactly("OPTIONS ", "NOREG up 0");
        assertThat(registrar.requests.getFirst().uri().toString()).isEqualTo("sip:sip.example.org");
    }

    @Test
    void aPingThatFailsEndsTheRegistrationAndOneThatWorksBringsItBack() {
        Registrar registrar = account("ping", "10", "retry-seconds", "1000");
        registrar.pass(Duration.ofSeconds(5));
        registrar.take();
        registrar.says = request -> request.is(SipMethod.OPTIONS) ? Optional.of(request.reply(503)) : Optional.empty();
        registrar.pass(Duration.ofSeconds(10));
        assertThat(registrar.take()).contains("FAIL_WAIT down 503");
        registrar.says = request -> Optional.of(request.is(SipMethod.OPTIONS) ? request.reply(200) : Registrar.accepted(request, 3_600));
        registrar.pass(Duration.ofSeconds(10));

        assertThat(registrar.take()).endsWith("REGED up 200");
    }

    @Test
    void goesWithAFarewell() {
        Registrar registrar = account();
        registrar.pass(Duration.ofSeconds(1));
        registrar.take();
        registrar.deadline = registrar.gateway.unregister(registrar.nowNanos, registrar);
        registrar.pass(Duration.ofHours(2));

        assertThat(registrar.take()).startsWith("REGISTER 0").endsWith("DOWN down 0");
        assertThat(registrar.gateway.isUp()).isFalse();
    }
}
