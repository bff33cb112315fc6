package io.jverto.verto.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.count.Counters;
import io.jverto.verto.count.VertoCount;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Attack S1: so many connections from one address, so many in all, and no more, before a byte of TLS is read.
class AddressLimitTest {
    private final Counters<VertoCount> counters = new Counters<>(VertoCount.class);
    private final AddressLimit limit = new AddressLimit(new Limits(3, 10, Duration.ofSeconds(10)), counters, _ -> false);

    @Test
    void s1AnAddressHasItsShareAndGetsItBackWhenConnectionsEnd() {
        List<EmbeddedChannel> mine = connections(5, "192.0.2.1");

        assertThat(mine.stream().map(EmbeddedChannel::isOpen)).containsExactly(true, true, true, false, false);
        assertThat(counters.get(VertoCount.CONNECTIONS_REFUSED)).isEqualTo(2);
        assertThat(connections(1, "192.0.2.2").getFirst().isOpen()).isTrue();

        mine.getFirst().close();
        assertThat(connections(1, "192.0.2.1").getFirst().isOpen()).isTrue();
        assertThat(connections(1, "192.0.2.1").getFirst().isOpen()).isFalse();
    }

    @Test
    void s1AllAddressesOfANetworkShareAndProxiesOfThisMachineDoNot() {
        List<EmbeddedChannel> network = new ArrayList<>();
        for (int host = 1; host <= 5; host++) {
            network.addAll(connections(1, "2001:db8:1:2::" + host));
        }

        assertThat(network.stream().filter(EmbeddedChannel::isOpen)).hasSize(3);
        assertThat(connections(6, "127.0.0.1")).allMatch(EmbeddedChannel::isOpen);
    }

    @Test
    void s1TheWholeServerHasItsShareToo() {
        List<EmbeddedChannel> all = new ArrayList<>();
        for (int host = 1; host <= 20; host++) {
            all.addAll(connections(1, "192.0.2." + host));
        }

        assertThat(all.stream().filter(EmbeddedChannel::isOpen)).hasSize(10);
        all.forEach(EmbeddedChannel::close);
        assertThat(connections(1, "192.0.2.1").getFirst().isOpen()).isTrue();
    }

    private List<EmbeddedChannel> connections(int count, String address) {
        List<EmbeddedChannel> opened = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            opened.add(new FromElsewhere(new InetSocketAddress(InetAddress.ofLiteral(address), 50_000 + i), limit));
        }
        return opened;
    }

    /// A connection that says where it comes from.
    private static final class FromElsewhere extends EmbeddedChannel {
        private final SocketAddress remote;

        FromElsewhere(SocketAddress remote, ChannelHandler handler) {
            super(false, false);
            this.remote = remote;
            pipeline().addLast(handler);
            try {
                register();
            } catch (Exception impossible) {
                throw new AssertionError(impossible);
            }
        }

        @Override
        protected SocketAddress remoteAddress0() {
            return remote;
        }
    }
}
