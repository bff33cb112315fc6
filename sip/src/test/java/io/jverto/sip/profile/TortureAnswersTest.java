package io.jverto.sip.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.sip.message.SipResponse;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.message.TortureCases;
import io.jverto.sip.message.TortureCases.Case;
import io.jverto.sip.transaction.Hop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Attack S26: what a profile answers to each message of the torture tests. It takes calls from anybody and refuses each with 480.
class TortureAnswersTest {
    static List<Case> cases() {
        return TortureCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void s26IsAnsweredAsTheFileSays(Case one) {
        List<Integer> statuses = new CopyOnWriteArrayList<>();
        try (TestWorld world = TestWorld.open("auth-calls", "false")) {
            world.network.anybody = Optional.of(message -> {
                if (message instanceof SipResponse response) {
                    statuses.add(response.status());
                }
            });
            world.network.deliver(new Hop(SipTransport.UDP, new InetSocketAddress("192.0.2.1", 5060)), one.bytes());
            world.time.advance(Duration.ofMillis(100));
        }

        assertThat(statuses.isEmpty() ? TortureCases.NOTHING : statuses.stream().map(String::valueOf).collect(Collectors.joining(" "))).isEqualTo(one.answers());
    }
}
