package io.jverto.media.ice;

import static io.jverto.media.ice.IceWorld.address;
import static io.jverto.media.ice.IceWorld.credentials;
import static io.jverto.media.ice.IceWorld.introduce;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Candidates that come after the description (RFC 8838).
class LateCandidatesTest {
    private final IceWorld world = new IceWorld(11);

    @Test
    void connectsByACandidateThatCameLate() {
        IceWorld.Host client = world.host("client", 1, true);
        IceWorld.Host server = world.host("server", 2, true);
        client.lite = true; // so that nothing but the server's own checks leads there
        server.learn(client.credentials);
        world.run(Duration.ofSeconds(3));
        assertThat(server.sentTo).isEmpty();

        server.learnLate("client", address(77), client.address);
        world.run(Duration.ofSeconds(1));

        assertThat(server.selections).containsExactly(client.address);
    }

    @Test
    void aCandidateWithoutUserFragmentBelongsToTheCredentialsInForce() {
        IceWorld.Host client = world.host("client", 1, true);
        IceWorld.Host server = world.host("server", 2, true);
        client.lite = true;
        server.learn(client.credentials);

        server.learnLate("", client.address);
        world.run(Duration.ofSeconds(1));

        assertThat(server.selected()).isEqualTo(client.address);
    }

    @Test
    void paysNoHeedToCandidatesOfOtherCredentials() {
        IceWorld.Host server = world.host("server", 2, true);
        server.learnLate("client", address(50)); // nothing is known of the peer yet
        server.learn(credentials("client"));

        server.learnLate("client-before", address(51), address(52));
        world.run(Duration.ofSeconds(5));

        assertThat(server.sentTo).isEmpty();
        assertThat(server.counters.get(IceCounter.CANDIDATE_STALE)).isEqualTo(3);
    }

    @Test
    void s16ChecksAtMostTenCandidatesHoweverTheyCome() {
        IceWorld.Host server = world.host("server", 2, true);
        server.learn(credentials("client"), address(100), address(101), address(102));

        IntStream.range(0, 200).forEach(i -> server.learnLate("client", address(103 + i)));
        server.learn(credentials("client"), address(400));
        world.run(Duration.ofSeconds(25));

        assertThat(server.sentTo.stream().distinct()).hasSize(IceChecklist.MAX_CANDIDATES);
        assertThat(server.sentTo).hasSizeLessThanOrEqualTo(IceChecklist.MAX_CANDIDATES * IceLimits.MAX_SENDS);
        assertThat(server.counters.get(IceCounter.CANDIDATE_OVER_LIMIT)).isEqualTo(194);
        assertThat(server.agent.pairs()).isEqualTo(IceChecklist.MAX_CANDIDATES);
    }

    @Test
    void sendsTheChecksOfLateCandidatesOneAfterTheOther() {
        IceWorld.Host server = world.host("server", 2, true);
        server.learn(credentials("client"));

        server.learnLate("client", address(100), address(101), address(102), address(103));
        world.run(Duration.ofMillis(120));

        assertThat(server.sentTo).containsExactly(address(100), address(101), address(102));
    }

    @Test
    void oneThatIsKnownAlreadyIsNotCheckedTwice() {
        IceWorld.Host client = world.host("client", 1, true);
        IceWorld.Host server = world.host("server", 2, false);
        server.learn(client.credentials);
        client.learn(server);
        world.run(Duration.ofSeconds(1)); // found by its own checks

        server.learnLate("client", client.address);
        server.learnLate("client", client.address);
        world.run(Duration.ofSeconds(1));

        assertThat(server.selections).containsExactly(client.address);
        assertThat(server.agent.pairs()).isEqualTo(1);
    }

    @Test
    void aRestartThatIsTrickledFindsTheNewAddress() {
        IceWorld.Host client = world.host("client", 1, true);
        IceWorld.Host server = world.host("server", 2, false);
        introduce(client, server);
        world.run(Duration.ofSeconds(10));
        InetSocketAddress before = client.address;

        client.restart("client-2", true);
        server.restart("server-2", false);
        server.learn(client.credentials);
        client.move(address(33));
        server.learnLate("client", address(90)); // gathered before the restart, late on the way
        server.learnLate("client-2", address(33));
        client.learn(server);
        world.run(Duration.ofSeconds(2));

        assertThat(server.selections).containsExactly(before, address(33));
        assertThat(server.sentTo).doesNotContain(address(90));
        assertThat(server.counters.get(IceCounter.RESTARTED)).isEqualTo(1);
    }

    @Test
    void isNotBroughtBackToLifeByACandidate() {
        IceWorld.Host server = world.host("server", 2, true);
        server.learn(credentials("nobody"));
        world.run(Duration.ofSeconds(31));
        assertThat(server.failures).isEqualTo(1);

        server.learnLate("nobody", address(50));
        world.run(Duration.ofSeconds(5));

        assertThat(server.sentTo).isEmpty();
        assertThat(server.deadlineNanos).isEqualTo(Long.MAX_VALUE);
    }
}
