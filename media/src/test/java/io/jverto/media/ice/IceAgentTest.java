package io.jverto.media.ice;

import static io.jverto.media.ice.IceWorld.address;
import static io.jverto.media.ice.IceWorld.credentials;
import static io.jverto.media.ice.IceWorld.introduce;
import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.IceCredentials;
import io.jverto.media.stun.StunClass;
import io.jverto.media.stun.StunKey;
import io.jverto.media.stun.StunTransaction;
import io.jverto.media.stun.StunWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IceAgentTest {
    private final IceWorld world = new IceWorld(11);

    @Test
    void connectsWithinAFewRoundTrips() {
        IceWorld.Host client = world.host("client", 1, true);
        IceWorld.Host server = world.host("server", 2, false);

        introduce(client, server);
        world.run(Duration.ofMillis(700));

        assertThat(server.selections).containsExactly(client.address);
        assertThat(client.selections).containsExactly(server.address);
    }

    @Test
    void neitherNominationNorTheAnswerToThePeersFirstCheckWaitsForThePace() {
        for (int seed = 0; seed < 20; seed++) {
            IceWorld each = new IceWorld(seed);
            each.leastDelayMillis = 1;
            each.delaySpreadMillis = 3;
            IceWorld.Host client = each.host("client", 1, true);
            IceWorld.Host server = each.host("server", 2, false);

            server.learn(client); // its first check finds nobody
            each.run(Duration.ofMillis(20));
            client.learn(server);
            each.run(Duration.ofMillis(16)); // there and back, twice

            assertThat(server.selections).as("seed %d", seed).containsExactly(client.address);
            assertThat(client.selections).as("seed %d", seed).containsExactly(server.address);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void connectsThoughAThirdOfAllDatagramsAreLost(long seed) {
        IceWorld lossy = new IceWorld(seed);
        lossy.loss = 0.33;
        IceWorld.Host client = lossy.host("client", 1, true);
        IceWorld.Host server = lossy.host("server", 2, false);

        introduce(client, server);
        lossy.run(Duration.ofSeconds(15));

        assertThat(server.selected()).isEqualTo(client.address);
        assertThat(client.selected()).isEqualTo(server.address);
    }

    @Test
    void answersAClientThatNamesNoCandidateOfUse() {
        IceWorld.Host client = world.host("client", 1, true);
        IceWorld.Host server = world.host("server", 2, false);

        server.learn(client.credentials);
        client.learn(server);
        world.run(Duration.ofSeconds(1));

        assertThat(server.selections).containsExactly(client.address);
        assertThat(server.counters.get(IceCounter.PAIR_LEARNED)).isEqualTo(1);
    }

    @Test
    void controlsAndNominatesWhenItMadeTheOffer() {
        IceWorld.Host client = world.host("client", 1, false);
        IceWorld.Host server = world.host("server", 2, true);

        server.learn(client.credentials, address(77), address(78), client.address);
        client.learn(server);
        world.run(Duration.ofSeconds(1));

        assertThat(server.selections).containsExactly(client.address);
        assertThat(client.selections).containsExactly(server.address);
    }

    @Test
    void answersNothingBeforeThePeerIsKnownAndConnectsAfterwards() {
        IceWorld.Host client = world.host("client", 1, true);
        IceWorld.Host server = world.host("server", 2, false);

        client.learn(server);
        world.run(Duration.ofSeconds(2));

        assertThat(server.sentTo).isEmpty();
        assertThat(server.counters.get(IceCounter.REQUEST_PEER_UNKNOWN)).isPositive();

        server.learn(client);
        world.run(Duration.ofSeconds(2));

        assertThat(server.selected()).isEqualTo(client.address);
    }

    @Test
    void asksAgainAtOnceWhenThePeerFirstAsks() {
        IceWorld.Host client = world.host("client", 1, true);
        IceWorld.Host server = world.host("server", 2, false);

        server.learn(client);
        world.run(Duration.ofMillis(100));
        client.learn(server);
        world.run(Duration.ofMillis(380)); // the first repetition is due after 500

        assertThat(client.counters.get(IceCounter.REQUEST_PEER_UNKNOWN)).isPositive();
        assertThat(server.selected()).isEqualTo(client.address);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void settlesWhenBothSidesClaimTheSameRole(boolean controlling) {
        for (int seed = 0; seed < 20; seed++) {
            IceWorld each = new IceWorld(seed);
            IceWorld.Host client = each.host("client", 1, controlling);
            IceWorld.Host server = each.host("server", 2, controlling);

            introduce(client, server);
            each.run(Duration.ofSeconds(3));

            assertThat(server.selected()).as("seed %d", seed).isEqualTo(client.address);
            assertThat(client.selected()).as("seed %d", seed).isEqualTo(server.address);
            assertThat(server.counters.get(IceCounter.ROLE_CONFLICT) + client.counters.get(IceCounter.ROLE_CONFLICT))
                    .isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void connectsToAnIceLitePeerWhicheverRoleItWasGiven(boolean controlling, boolean strict) {
        IceWorld.Host lite = world.host("lite", 1, false);
        IceWorld.Host server = world.host("server", 2, controlling);
        lite.lite = true;
        lite.strict = strict;

        server.learn(lite);
        world.run(Duration.ofSeconds(4));

        assertThat(server.selected()).isEqualTo(lite.address);
        assertThat(lite.nominated).isTrue();
        world.run(Duration.ofMinutes(3));
        assertThat(server.failures).isZero();
    }

    @Test
    void followsAClientToAnotherAddressAndBack() {
        IceWorld.Host client = world.host("client", 1, true);
        IceWorld.Host server = world.host("server", 2, false);
        InetSocketAddress home = client.address;
        introduce(client, server);
        world.run(Duration.ofSeconds(20));

        client.move(address(9));
        nominate(client, server);
        world.run(Duration.ofMillis(400));
        assertThat(server.selected()).isEqualTo(address(9));

        client.move(home);
        nominate(client, server);
        world.run(Duration.ofMillis(400));

        assertThat(server.selections).containsExactly(home, address(9), home);
    }

    @Test
    void staysOnTheBetterPairWhenThePeerNominatesSeveralAgainAndAgain() {
        IceWorld.Host client = world.host("client", 1, true);
        IceWorld.Host server = world.host("server", 2, false);
        server.learn(client.credentials, address(101), address(102));
        IceWorld.Host wifi = responder("client", 101, server);
        IceWorld.Host relay = responder("client", 102, server);

        for (int i = 0; i < 30; i++) {
            request(wifi, server, true, 900);
            request(relay, server, true, 100);
            world.run(Duration.ofMillis(1000));
        }

        assertThat(server.selected()).isEqualTo(wifi.address);
        assertThat(server.selections).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void findsAClientWhoseAddressChangedWithoutItsKnowledge() {
        IceWorld.Host client = world.host("client", 1, true);
        IceWorld.Host server = world.host("server", 2, false);
        introduce(client, server);
        world.run(Duration.ofSeconds(20));

        client.move(address(500)); // a new mapping in the client's NAT: it goes on without nominating anew
        world.run(Duration.ofSeconds(25));

        assertThat(server.selected()).isEqualTo(address(500));
        assertThat(server.failures).isZero();
    }

    @Test
    void nominatesAnewWhenTheClientMovesAndWeControl() {
        IceWorld.Host client = world.host("client", 1, false);
        IceWorld.Host server = world.host("server", 2, true);
        introduce(client, server);
        world.run(Duration.ofSeconds(20));

        client.move(address(500));
        world.run(Duration.ofSeconds(25));

        assertThat(server.selected()).isEqualTo(address(500));
        assertThat(server.failures).isZero();
    }

    @Test
    void s17DropsAWrongPasswordWithoutAnswering() {
        IceWorld.Host client = world.host("client", 1, true);
        IceWorld.Host server = world.host("server", 2, false);
        server.learn(client.credentials);

        client.learn(new IceCredentials("server", "something else"), server.address);
        world.run(Duration.ofSeconds(5));

        assertThat(server.sentTo).isEmpty();
        assertThat(server.counters.get(IceCounter.REQUEST_WRONG_INTEGRITY)).isPositive();
        assertThat(server.selections).isEmpty();
    }

    @Test
    void s17DropsAWrongUsernameWithoutAnswering() {
        IceWorld.Host client = world.host("client", 1, true);
        IceWorld.Host server = world.host("server", 2, false);
        server.learn(credentials("somebody"));

        client.learn(server);
        world.run(Duration.ofSeconds(5));

        assertThat(server.sentTo).isEmpty();
        assertThat(server.counters.get(IceCounter.REQUEST_WRONG_USERNAME)).isPositive();
    }

    @Test
    void keepsConsentFreshForHours() {
        IceWorld.Host client = world.host("client", 1, true);
        IceWorld.Host server = world.host("server", 2, false);
        world.loss = 0.1;
        introduce(client, server);

        world.run(Duration.ofHours(2));

        assertThat(server.failures).isZero();
        assertThat(server.selections).containsExactly(client.address);
        assertThat(server.counters.get(IceCounter.CHECK_SENT)).isBetween(7200L / 6 - 10, 7200L / 4 + 10);
    }

    @Test
    void stopsThirtySecondsAfterTheLastAnswer() {
        IceWorld.Host client = world.host("client", 1, true);
        IceWorld.Host server = world.host("server", 2, false);
        introduce(client, server);
        world.run(Duration.ofSeconds(60));

        client.cutOff = true;
        world.run(Duration.ofSeconds(23));
        assertThat(server.failures).isZero();
        world.run(Duration.ofSeconds(8));

        assertThat(server.failures).isEqualTo(1);
        assertThat(server.counters.get(IceCounter.CONSENT_LOST)).isEqualTo(1);
        assertThat(server.deadlineNanos).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void doesNotTakeRequestsForConsent() {
        IceWorld.Host client = world.host("client", 1, true);
        IceWorld.Host server = world.host("server", 2, false);
        introduce(client, server);
        world.run(Duration.ofSeconds(5));

        client.lite = true;
        client.cutOff = true; // it hears nothing and answers nothing, but its requests come in
        for (int i = 0; i < 40; i++) {
            request(client, server, false, 5);
            world.run(Duration.ofSeconds(1));
        }

        assertThat(server.failures).isEqualTo(1);
    }

    @Test
    void givesUpAfterThirtySecondsWithoutAnyPair() {
        IceWorld.Host server = world.host("server", 2, true);

        server.learn(credentials("nobody"), address(50), address(51));
        world.run(Duration.ofSeconds(29));
        assertThat(server.failures).isZero();
        world.run(Duration.ofSeconds(2));

        assertThat(server.failures).isEqualTo(1);
        assertThat(server.counters.get(IceCounter.NEVER_CONNECTED)).isEqualTo(1);
        assertThat(server.sentTo).hasSize(2 * IceLimits.MAX_SENDS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void restartsWhileTheOldPairGoesOn(boolean serverControls) {
        IceWorld.Host client = world.host("client", 1, !serverControls);
        IceWorld.Host server = world.host("server", 2, serverControls);
        introduce(client, server);
        world.run(Duration.ofSeconds(10));

        server.restart("server-2", serverControls);
        world.run(Duration.ofSeconds(40)); // consent goes on with the old credentials
        assertThat(server.failures).isZero();

        client.restart("client-2", !serverControls);
        client.move(address(33));
        introduce(client, server);
        world.run(Duration.ofSeconds(2));

        assertThat(server.selected()).isEqualTo(address(33));
        assertThat(server.counters.get(IceCounter.RESTARTED)).isEqualTo(1);
        world.run(Duration.ofMinutes(2));
        assertThat(server.failures + client.failures).isZero();
    }

    @Test
    void comesBackToLifeByARestart() {
        IceWorld.Host client = world.host("client", 1, true);
        IceWorld.Host server = world.host("server", 2, false);
        introduce(client, server);
        world.run(Duration.ofSeconds(10));
        client.cutOff = true;
        world.run(Duration.ofSeconds(60));
        assertThat(server.failures).isEqualTo(1);

        client.cutOff = false;
        client.restart("client-2", true);
        server.restart("server-2", false);
        introduce(client, server);
        world.run(Duration.ofSeconds(2));

        assertThat(server.failures).isEqualTo(1);
        assertThat(client.selected()).isEqualTo(server.address);
        world.run(Duration.ofMinutes(1));
        assertThat(server.failures).isEqualTo(1);
    }

    @Test
    void s18SurvivesAFloodOfAuthenticRequestsFromEverywhere() {
        IceWorld.Host client = world.host("client", 1, true);
        IceWorld.Host server = world.host("server", 2, false);
        introduce(client, server);
        world.run(Duration.ofSeconds(2));
        server.sentTo.clear();

        for (int i = 0; i < 30_000; i++) {
            IceWorld.Host far = world.new Host(client.credentials, address(1000 + i % 20_000), true);
            request(far, server, false, 1);
            world.run(Duration.ofMillis(1));
        }

        // 100 answers and 20 checks in a second, and a burst.
        assertThat(server.sentTo).hasSizeLessThan(30 * 125 + IceLimits.REQUEST_BURST);
        assertThat(server.counters.get(IceCounter.REQUEST_OVER_LIMIT)).isGreaterThan(20_000);
        assertThat(server.selected()).isEqualTo(client.address);
        assertThat(server.failures).isZero();
    }

    @Test
    void s16ChecksAtMostTenOfThePeersCandidatesAndNoneThatCannotBe() {
        IceWorld.Host server = world.host("server", 2, true);
        InetSocketAddress[] many = new InetSocketAddress[34];
        for (int i = 0; i < 30; i++) {
            many[i] = address(100 + i);
        }
        many[30] = new InetSocketAddress("224.0.0.1", 5000);
        many[31] = new InetSocketAddress("0.0.0.0", 5000);
        many[32] = new InetSocketAddress("10.0.0.9", 0);
        many[33] = InetSocketAddress.createUnresolved("x.local", 5000);

        server.learn(credentials("client"), many);
        world.run(Duration.ofSeconds(20));
        server.learn(credentials("client"), Arrays.copyOfRange(many, 30, 34));
        world.run(Duration.ofSeconds(20));

        assertThat(server.sentTo.stream().distinct()).hasSize(IceChecklist.MAX_CANDIDATES);
    }

    /// A host at one of the client's addresses which answers the server's checks.
    private IceWorld.Host responder(String name, int number, IceWorld.Host server) {
        IceWorld.Host host = world.new Host(credentials(name), address(number), true);
        host.lite = true;
        host.learn(server.credentials);
        return host;
    }

    private void nominate(IceWorld.Host client, IceWorld.Host server) {
        request(client, server, true, 5);
    }

    /// A request as the client's own agent would send it.
    private void request(IceWorld.Host client, IceWorld.Host server, boolean nominates, long priority) {
        StunWriter writer = new StunWriter();
        writer.begin(StunClass.REQUEST, StunTransaction.random(world.random))
                .username(server.credentials.ufrag() + ":" + client.credentials.ufrag())
                .priority(priority)
                .role(true, -1);
        if (nominates) {
            writer.useCandidate();
        }
        int length = writer.finish(StunKey.ofPassword(server.credentials.password()));
        server.receive(client.address, Arrays.copyOf(writer.bytes(), length));
    }
}
