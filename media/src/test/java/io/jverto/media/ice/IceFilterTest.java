package io.jverto.media.ice;

import static io.jverto.media.ice.IceWorld.address;
import static io.jverto.media.ice.IceWorld.credentials;
import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.CandidateAcl;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// `apply-candidate-acl` (security.md S16).
class IceFilterTest {
    private final IceWorld world = new IceWorld(11);

    @Test
    void s16NothingEverGoesToAnAddressThatNoListHas() {
        IceWorld.Host server = world.host("server", 2, true, acl(list(50)));

        server.learn(credentials("client"), address(51), address(50), address(52));
        server.learnLate("client", address(53), address(50));
        world.run(Duration.ofSeconds(20));

        assertThat(server.sentTo.stream().distinct()).containsExactly(address(50));
        assertThat(server.counters.get(IceCounter.CANDIDATE_DENIED)).isEqualTo(3);
    }

    @Test
    void deniedCandidatesTakeNoRoomOfOthers() {
        IceWorld.Host server = world.host("server", 2, true, acl(list(90)));

        for (int i = 0; i < 40; i++) {
            server.learnLate("client", address(100 + i));
        }
        server.learn(credentials("client"), address(91), address(90));
        world.run(Duration.ofSeconds(1));

        assertThat(server.sentTo).contains(address(90));
    }

    @Test
    void theMostWantedAreCheckedFirst() {
        IceWorld.Host server = world.host("server", 2, true, new CandidateAcl(List.of(list(52), list(50, 51))));

        server.learn(credentials("client"), address(50), address(51), address(52));
        world.run(Duration.ofMillis(200));

        assertThat(server.sentTo).containsExactly(address(52), address(50), address(51));
    }

    @Test
    void s16AuthenticChecksFromADeniedAddressAreNotAnswered() {
        IceWorld.Host client = world.host("client", 1, true);
        IceWorld.Host server = world.host("server", 2, false, acl(list(3)));

        server.learn(client.credentials);
        client.learn(server);
        world.run(Duration.ofSeconds(5));

        assertThat(server.sentTo).isEmpty();
        assertThat(server.counters.get(IceCounter.REQUEST_DENIED)).isPositive();
    }

    @Test
    void aClientThatMovesToAPermittedAddressIsFoundThere() {
        IceWorld.Host client = world.host("client", 1, true);
        IceWorld.Host server = world.host("server", 2, false, acl(list(3)));
        server.learn(client.credentials, client.address);
        client.learn(server);
        world.run(Duration.ofSeconds(2));

        client.move(address(3));
        world.run(Duration.ofSeconds(5));

        assertThat(server.selections).containsExactly(address(3));
        assertThat(server.sentTo).containsOnly(address(3));
    }

    private static CandidateAcl acl(Predicate<InetAddress> list) {
        return new CandidateAcl(List.of(list));
    }

    private static Predicate<InetAddress> list(int... numbers) {
        return address -> Arrays.stream(numbers).anyMatch(number -> address(number).getAddress().equals(address));
    }
}
