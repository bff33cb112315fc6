package io.jverto.sip.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jverto.base.config.ConfigNode;
import io.jverto.sip.digest.Credentials;
import io.jverto.sip.digest.DigestAlgorithm;
import io.jverto.sip.digest.DigestResult;
import io.jverto.sip.digest.DigestServer;
import io.jverto.sip.gateway.SofiaXml;
import io.jverto.sip.message.Body;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.HostPort;
import io.jverto.sip.message.SipMessage;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.message.SipUri;
import io.jverto.sip.transaction.Hop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ProfileTest {
    private static final Hop PROVIDER = new Hop(SipTransport.UDP, new InetSocketAddress("203.0.113.1", 5060));

    private static ConfigNode gateway(String name, int line, String... more) {
        List<String> params = new ArrayList<>(List.of("username", "acme", "password", "secret", "proxy", "sip.provider.test"));
        params.addAll(List.of(more));
        return SofiaXml.gatewayNode(name, line, params.toArray(String[]::new));
    }

    /// A provider that wants a proof by SHA-256.
    private static final class Provider implements Consumer<SipMessage> {
        final List<String> log = new ArrayList<>();
        private final TestWorld world;
        private final DigestServer digest = new DigestServer(new byte[32], Duration.ofMinutes(5), List.of(DigestAlgorithm.SHA_256), new Random(3));

        Provider(TestWorld world) {
            this.world = world;
            world.network.names.put("sip.provider.test", List.of(PROVIDER));
            world.network.peers.put(PROVIDER, this);
        }

        @Override
        public void accept(SipMessage message) {
            if (message instanceof SipRequest request && request.is(SipMethod.REGISTER)) {
                Optional<Credentials> proof = request.headers().first("Authorization").flatMap(Credentials::parse);
                boolean good = proof.filter(one -> digest.check(world.time.nanoTime(), request, "provider", one, new DigestServer.Here("", _ -> false),
                        (user, algorithm) -> Optional.of(algorithm.ha1(user, "provider", "secret"))) instanceof DigestResult.Authentic).isPresent();
                log.add((good ? "proven " : "unproven ") + request.headers().first("Expires").orElse(""));
                SipResponse response = good
                        ? request.reply(200).withHeaders(Headers.NONE.with("Contact", request.headers().first("Contact").orElse("") + ";expires=600"))
                        : request.reply(401).withHeaders(Headers.NONE.and("WWW-Authenticate", digest.challenge(world.time.nanoTime(), "provider", false, "")));
                world.network.deliver(PROVIDER, response.withToTag("provider"));
            }
        }
    }

    private static TestWorld open(Provider[] provider, String... settings) {
        TestWorld world = new TestWorld(List.of(gateway("itsp", 10)), settings);
        provider[0] = new Provider(world);
        world.profiles.open();
        world.time.settle();
        return world;
    }

    @Test
    void aGatewayRegistersTellsOfItRefreshesAndUnregistersAtTheEnd() {
        Provider[] provider = new Provider[1];
        TestWorld world = open(provider);

        GatewayLine line = world.profiles.gateway("itsp").orElseThrow();
        assertThat(line.isUp()).isTrue();
        assertThat(line.hops()).containsExactly(PROVIDER);
        assertThat(line.contact()).hasToString("<sip:gw+itsp@198.51.100.7:5060;gw=itsp>");
        assertThat(provider[0].log).containsExactly("unproven 3600", "proven 3600");
        assertThat(world.events).containsExactly("sofia::gateway_state TRYING", "sofia::gateway_state REGED");

        world.time.advance(Duration.ofSeconds(590));
        assertThat(provider[0].log).hasSizeGreaterThan(2);
        world.close();
        assertThat(provider[0].log.getLast()).isEqualTo("proven 0");
        assertThat(world.network.closed).isTrue();
    }

    @Test
    void aProviderThatDoesNotAnswerMakesTheGatewayDownAndTheEndOfTheServerNoLonger() {
        TestWorld world = new TestWorld(List.of(gateway("itsp", 10, "timeout-seconds", "10")));
        world.network.names.put("sip.provider.test", List.of(PROVIDER));
        world.profiles.open();
        world.time.advance(Duration.ofSeconds(20));

        assertThat(world.profiles.gateway("itsp").orElseThrow().isUp()).isFalse();
        assertThat(world.profiles.gateway("itsp").orElseThrow().retry()).isPresent();
        world.close();
        assertThat(world.network.closed).isTrue();
    }

    @Test
    void aScanAddsAndRemovesGatewaysAndLeavesTheOthersAlone() {
        Provider[] provider = new Provider[1];
        try (TestWorld world = open(provider)) {
            world.config = TestWorld.read(List.of(gateway("itsp", 10), gateway("other", 30)));
            assertThat(world.profiles.rescan("external")).hasValue(1);
            world.time.settle();
            assertThat(world.profiles.gateway("external::other").orElseThrow().isUp()).isTrue();
            assertThat(provider[0].log).containsExactly("unproven 3600", "proven 3600", "unproven 3600", "proven 3600");

            world.config = TestWorld.read(List.of(gateway("other", 30)));
            assertThat(world.profiles.rescan("external")).hasValue(1);
            world.time.settle();
            assertThat(world.profiles.gateway("itsp")).isEmpty();
            assertThat(provider[0].log.getLast()).isEqualTo("proven 0");
            assertThat(world.events).contains("sofia::gateway_add", "sofia::gateway_delete");
        }
    }

    @Test
    void aGatewayIsUnregisteredAndRegisteredOnCommand() {
        Provider[] provider = new Provider[1];
        try (TestWorld world = open(provider)) {
            assertThat(world.profile().register("itsp", false)).isTrue();
            world.time.settle();
            assertThat(world.profiles.gateway("itsp").orElseThrow().isUp()).isFalse();
            world.profile().register("itsp", true);
            world.time.settle();
            assertThat(world.profiles.gateway("itsp").orElseThrow().isUp()).isTrue();
            assertThat(world.profile().register("nobody", true)).isFalse();
        }
    }

    @Test
    void callsComeFromAGatewaysAddressAndTheNameOfAGatewayProvesNothing() {
        Provider[] provider = new Provider[1];
        try (TestWorld world = open(provider)) {
            TestPhone itsp = new TestPhone(world, "itsp", "", PROVIDER);
            TestPhone stranger = new TestPhone(world, "eve", "", 66);
            SipUri uri = SipUri.of("gw+itsp", new HostPort("198.51.100.7", 5060)).withParam("gw", "itsp");

            itsp.plain(itsp.request(SipMethod.INVITE, uri, "1000", Headers.NONE.and("Contact", itsp.contact()), Body.NONE));
            stranger.plain(stranger.request(SipMethod.INVITE, uri, "1000", Headers.NONE.and("Contact", stranger.contact()), Body.NONE));

            assertThat(itsp.last().status()).isEqualTo(480); // let in, to an owner who takes no calls
            assertThat(stranger.last().status()).isEqualTo(407);
        }
    }

    @Test
    void aUserWhoHasProvenWhoHeIsMayCallAndAWrongPasswordMayNot() {
        try (TestWorld world = TestWorld.open()) {
            TestPhone phone = world.phone("1000", 1);
            SipUri uri = SipUri.of("1001", new HostPort(TestPhone.DOMAIN, 0));
            assertThat(phone.proven(phone.request(SipMethod.INVITE, uri, "1001", Headers.NONE.and("Contact", phone.contact()), Body.NONE))).isEqualTo(480);

            TestPhone wrong = new TestPhone(world, "1000", "wrong", 2);
            assertThat(wrong.proven(wrong.request(SipMethod.INVITE, uri, "1001", Headers.NONE.and("Contact", wrong.contact()), Body.NONE))).isEqualTo(403);
        }
    }

    @Test
    void whereCallersAreNotChallengedAnybodyMayCall() {
        try (TestWorld world = TestWorld.open("auth-calls", "false")) {
            TestPhone anybody = new TestPhone(world, "eve", "", 66);
            SipUri uri = SipUri.of("1001", new HostPort(TestPhone.DOMAIN, 0));
            assertThat(anybody.plain(anybody.request(SipMethod.INVITE, uri, "1001", Headers.NONE.and("Contact", anybody.contact()), Body.NONE)))
                    .isEqualTo(480);
            assertThat(anybody.plain(anybody.request(SipMethod.MESSAGE, uri, "1001", Headers.NONE.and("Contact", anybody.contact()), Body.NONE)))
                    .isEqualTo(407);
        }
    }

    @Test
    void aPortInUseIsAnErrorAndAProfileCanBeStoppedAndStarted() {
        TestWorld taken = new TestWorld(List.of());
        taken.network.inUse = true;
        assertThatThrownBy(taken.profiles::open).isInstanceOf(CannotListen.class);
        assertThat(taken.profiles.all()).isEmpty();

        try (TestWorld world = TestWorld.open()) {
            world.time.start("stop", () -> world.profiles.stop("external"));
            world.time.advance(Duration.ofSeconds(3));
            assertThat(world.network.closed).isTrue();
            assertThat(world.profiles.start("external")).isTrue();
            assertThat(world.profiles.start("external")).isFalse();
            assertThat(world.phone("1000", 1).register(60)).isEqualTo(200);
        }
    }
}
