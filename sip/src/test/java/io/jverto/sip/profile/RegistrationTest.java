package io.jverto.sip.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.sip.message.Body;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.HostPort;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.message.SipUri;
import io.jverto.sip.registrar.Binding;
import io.jverto.sip.registrar.RegistrarCounter;
import io.jverto.sip.transaction.Hop;
import io.jverto.switchboard.port.UserId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistrationTest {
    private static final UserId ANNA = new UserId("1000", TestPhone.DOMAIN);

    @Test
    void whoKnowsThePasswordRegistersAndIsForgottenWhenTheTimeIsOver() {
        try (TestWorld world = TestWorld.open()) {
            TestPhone phone = world.phone("1000", 1);

            assertThat(phone.register(600)).isEqualTo(200);
            assertThat(phone.last().headers().first("Contact")).hasValue("<sip:1000@192.0.2.1:5060>;expires=600");
            assertThat(phone.last().headers().first("Date")).hasValue("Thu, 1 Jan 2026 00:00:00 GMT");
            assertThat(world.profile().telephones(ANNA)).singleElement().satisfies(binding ->
                    assertThat(binding.address()).isEqualTo("sip:1000@192.0.2.1:5060"));
            assertThat(world.arrived).containsExactly("1000@pbx.test");

            world.time.advance(Duration.ofSeconds(601));
            assertThat(world.profile().telephones(ANNA)).isEmpty();
            assertThat(world.events).containsExactly("sofia::register 1000", "sofia::expire 1000");
        }
    }

    @Test
    void aRefreshKeepsTheRegistrationAndZeroEndsIt() {
        try (TestWorld world = TestWorld.open()) {
            TestPhone phone = world.phone("1000", 1);
            phone.register(600);
            world.time.advance(Duration.ofSeconds(500));
            phone.register(600);
            world.time.advance(Duration.ofSeconds(500));

            assertThat(world.profile().telephones(ANNA)).hasSize(1);
            assertThat(world.arrived).hasSize(1);
            assertThat(phone.register(0)).isEqualTo(200);
            assertThat(world.profile().telephones(ANNA)).isEmpty();
        }
    }

    @Test
    void timesAreKeptWithinTheLimitsOfTheProfile() {
        try (TestWorld world = TestWorld.open("sip-force-expires-min", "120", "sip-force-expires-max", "1800")) {
            TestPhone phone = world.phone("1000", 1);
            phone.register(5);
            assertThat(phone.last().headers().first("Contact").orElse("")).endsWith("expires=120");
            phone.register(1_000_000);
            assertThat(phone.last().headers().first("Contact").orElse("")).endsWith("expires=1800");
        }
    }

    @Test
    void theNextTelephoneTakesThePlaceOfTheOneBeforeUnlessSeveralAreAllowed() {
        try (TestWorld world = TestWorld.open()) {
            world.phone("1000", 1).register(600);
            world.phone("1000", 2).register(600);

            assertThat(world.profile().telephones(ANNA)).extracting(Binding::address).containsExactly("sip:1000@192.0.2.2:5060");
        }
        try (TestWorld world = TestWorld.open("multiple-registrations", "contact")) {
            world.phone("1000", 1).register(600);
            TestPhone second = world.phone("1000", 2);
            second.register(600);

            assertThat(world.profile().telephones(ANNA)).hasSize(2);
            assertThat(second.last().headers().lines("Contact")).hasSize(2);
            assertThat(world.profiles.telephones("*/1000@pbx.test")).extracting(SipProfiles.Telephone::dialString)
                    .containsExactly("sofia/external/sip:1000@192.0.2.1:5060", "sofia/external/sip:1000@192.0.2.2:5060");
        }
    }

    @Test
    void s30AUserHasNoMoreTelephonesThanConfigured() {
        try (TestWorld world = TestWorld.open("multiple-registrations", "true", "max-registrations-per-extension", "2")) {
            assertThat(List.of(world.phone("1000", 1).register(60), world.phone("1000", 2).register(60), world.phone("1000", 3).register(60)))
                    .containsExactly(200, 200, 403);
            TestPhone many = world.phone("1001", 4);
            assertThat(many.register("<sip:a@192.0.2.4>, <sip:b@192.0.2.4>, <sip:c@192.0.2.4>", 60)).isEqualTo(403);
            assertThat(world.profile().counts().registrar().get(RegistrarCounter.FULL)).isEqualTo(2);
        }
    }

    @Test
    void s30NobodyRegistersForSomebodyElse() {
        try (TestWorld world = TestWorld.open()) {
            TestPhone thief = world.phone("1001", 1);
            SipRequest forAnna = thief.request(SipMethod.REGISTER, SipUri.of(new HostPort(TestPhone.DOMAIN, 0)), "1000",
                    Headers.NONE.and("Contact", thief.contact()), Body.NONE);

            assertThat(thief.proven(forAnna)).isEqualTo(403);
            assertThat(world.profile().telephones()).isEmpty();
        }
    }

    @Test
    void s30WhatIsSentToATelephoneGoesWhereItRegisteredFromWhateverItsContactSays() {
        try (TestWorld world = TestWorld.open()) {
            world.phone("1000", 1).register("<sip:1000@10.0.0.1:22>", 600);

            Binding binding = world.profile().telephones(ANNA).getFirst();
            assertThat(binding.hop().remote()).isEqualTo(new InetSocketAddress("192.0.2.1", 5060));
            assertThat(binding.address()).isEqualTo("sip:1000@10.0.0.1:22;fs_nat=yes;fs_path=sip%3A192.0.2.1%3A5060");
            assertThat(world.profile().status(binding)).isEqualTo("Registered(UDP-NAT)");
        }
    }

    @Test
    void aTelephoneIsGoneWhenItsConnectionEnds() {
        try (TestWorld world = TestWorld.open()) {
            Hop hop = new Hop(SipTransport.TCP, new InetSocketAddress("192.0.2.9", 40_000));
            new TestPhone(world, "1000", "secret1000", hop).register("<sip:1000@192.0.2.9:40000;transport=tcp>", 600);
            assertThat(world.profiles.telephones("1000@pbx.test")).singleElement().satisfies(phone ->
                    assertThat(phone.dialString()).endsWith(";fs_path=sip%3A192.0.2.9%3A40000%3Btransport%3Dtcp"));

            world.network.disconnect(hop);
            world.time.settle();
            assertThat(world.profile().telephones()).isEmpty();
        }
    }

    @Test
    void s6AWrongPasswordAnUnknownUserAndOneWithoutPasswordLookTheSame() {
        try (TestWorld world = TestWorld.open()) {
            for (String user : List.of("1000", "4711", "1003")) {
                TestPhone phone = new TestPhone(world, user, "wrong", 1);
                assertThat(phone.register(60)).isEqualTo(403);
                assertThat(phone.last().reason()).isEqualTo("Forbidden");
            }
            assertThat(new TestPhone(world, "1003", "", 2).register(60)).isEqualTo(403);
        }
    }

    @Test
    void aHashInTheDirectoryIsAsGoodAsThePassword() {
        try (TestWorld world = TestWorld.open()) {
            assertThat(world.phone("1004", 1).register(60)).isEqualTo(200);
        }
    }

    @Test
    void s29AnAnswerThatWasSeenOnceIsGoodForNobodyElse() {
        try (TestWorld world = TestWorld.open()) {
            TestPhone phone = world.phone("1000", 1);
            SipRequest register = phone.request(SipMethod.REGISTER, SipUri.of(new HostPort(TestPhone.DOMAIN, 0)), "1000",
                    Headers.NONE.and("Contact", phone.contact()), Body.NONE);
            phone.plain(register);
            SipRequest proof = phone.proof(register);
            assertThat(phone.plain(proof)).isEqualTo(200);

            TestPhone thief = new TestPhone(world, "1000", "unknown", 66);
            SipRequest replayed = thief.request(SipMethod.REGISTER, (SipUri) proof.uri(), "1000",
                    proof.headers().with("Contact", thief.contact()), Body.NONE);
            assertThat(thief.plain(replayed)).isEqualTo(401);
            assertThat(thief.last().headers().first("WWW-Authenticate").orElse("")).contains("stale=true");
            assertThat(world.profile().telephones()).hasSize(1);
        }
    }

    @Test
    void s6WhoGuessesHasToWaitAndATelephoneThatIsThereDoesNot() {
        try (TestWorld world = TestWorld.open()) {
            TestPhone good = world.phone("1000", 1);
            good.register(600);
            for (int i = 0; i < 30; i++) {
                new TestPhone(world, "1000", "guess" + i, 66).register(60);
            }
            assertThat(world.profile().counts().registrar().get(RegistrarCounter.THROTTLED)).isPositive();
            assertThat(new TestPhone(world, "1000", "secret1000", 66).register(60)).isEqualTo(403);

            assertThat(good.register(600)).isEqualTo(200);
        }
    }

    @Test
    void s28NothingFromSomebodyUnknownIsServedAndNothingIsKeptOfIt() {
        try (TestWorld world = TestWorld.open()) {
            TestPhone stranger = new TestPhone(world, "eve", "x", 66);
            SipUri anna = SipUri.of("1000", new HostPort(TestPhone.DOMAIN, 0));
            for (SipMethod method : List.of(SipMethod.MESSAGE, SipMethod.INVITE)) {
                assertThat(stranger.plain(stranger.request(method, anna, "1000", Headers.NONE.and("Contact", stranger.contact()), Body.NONE)))
                        .isEqualTo(407);
            }
            for (SipMethod method : List.of(SipMethod.REGISTER, SipMethod.SUBSCRIBE, SipMethod.REFER, SipMethod.NOTIFY, new SipMethod("PUBLISH"))) {
                assertThat(stranger.plain(stranger.request(method, anna, "1000", Headers.NONE.and("Contact", stranger.contact()), Body.NONE)))
                        .isEqualTo(401);
            }
            assertThat(world.profile().calls()).isZero();
            assertThat(world.profile().counts().transactions().get(io.jverto.sip.transaction.TransactionCounter.SERVER_STARTED)).isZero();
        }
    }

    @Test
    void s27AFloodFromOneSourceIsDroppedAndAGoodRegistrationGoesOn() {
        try (TestWorld world = TestWorld.open()) {
            TestPhone flood = new TestPhone(world, "eve", "x", 66);
            for (SipMethod method : List.of(SipMethod.REGISTER, SipMethod.OPTIONS, SipMethod.MESSAGE, SipMethod.SUBSCRIBE, SipMethod.INVITE)) {
                for (int i = 0; i < 3_000; i++) {
                    world.network.deliver(flood.hop, flood.request(method, SipUri.of("1000", new HostPort(TestPhone.DOMAIN, 0)), "1000",
                            Headers.NONE.and("Contact", flood.contact()), Body.NONE));
                }
                world.time.settle();
            }
            assertThat(flood.responses).hasSizeBetween(1_000, 5_000);
            assertThat(world.profile().counts().transactions().get(io.jverto.sip.transaction.TransactionCounter.SERVER_STARTED)).isZero();
            assertThat(world.phone("1000", 1).register(600)).isEqualTo(200);
        }
    }

    @Test
    void optionsAreAnswered() {
        try (TestWorld world = TestWorld.open()) {
            TestPhone phone = new TestPhone(world, "anybody", "", 9);
            assertThat(phone.plain(phone.request(SipMethod.OPTIONS, SipUri.of(new HostPort("198.51.100.7", 0)), "", Headers.NONE, Body.NONE))).isEqualTo(200);
            assertThat(phone.last().headers().first("Allow").orElse("")).contains("INVITE", "SUBSCRIBE");
        }
    }
}
