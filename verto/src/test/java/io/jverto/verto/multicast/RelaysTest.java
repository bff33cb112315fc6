package io.jverto.verto.multicast;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode.Origin;
import io.jverto.base.count.Counters;
import io.jverto.base.time.SystemTime;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.switchboard.port.MediaRules;
import io.jverto.switchboard.event.EventDelivery;
import io.jverto.verto.count.VertoCount;
import io.jverto.verto.profile.VertoProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RelaysTest {
    private static final InetAddress GROUP = InetAddress.ofLiteral("239.255.77.2");

    private final EventChannels events = new EventChannels();
    private final Counters<VertoCount> counters = new Counters<>(VertoCount.class);

    @Test
    void profilesOfOneGroupHearEverythingOnce() throws Exception {
        BlockingQueue<EventDelivery> heard = new LinkedBlockingQueue<>();
        events.attach("S", heard::add);
        events.subscribe("S", List.of("demo"), _ -> true);
        int port = freePort();
        try (Relays relays = new Relays(events, counters, new SystemTime())) {
            assertThat(relays.open(profile("a", port))).isEmpty();
            assertThat(relays.open(profile("b", port))).isEmpty();

            say(port, "{\"eventChannel\":\"demo\",\"data\":1}");
            say(port, "{\"eventChannel\":\"demo\",\"data\":2}");

            assertThat(heard.poll(10, TimeUnit.SECONDS).params().get("data")).hasToString("Optional[JsonNumber[digits=1]]");
            assertThat(heard.poll(10, TimeUnit.SECONDS).params().get("data")).hasToString("Optional[JsonNumber[digits=2]]");
            assertThat(counters.get(VertoCount.RELAYED_IN)).isLessThanOrEqualTo(2);
        }
    }

    private static VertoProfile profile(String name, int port) {
        return new VertoProfile(
                name,
                List.of(),
                new VertoProfile.TlsFiles("", "", ""),
                VertoProfile.Access.OPEN,
                new VertoProfile.Auth("", "", false, true, "", false),
                new VertoProfile.Calls("default", "XML", "opus", "opus"),
                new VertoProfile.Media(List.of(), List.of(), "", MediaRules.DEFAULT),
                new VertoProfile.Extras(false, 0, false, false, true, new VertoProfile.Multicast.Group(GROUP, port, new Origin("verto.conf.xml", 1)), List.of()));
    }

    private static void say(int port, String text) throws IOException {
        try (DatagramChannel program = DatagramChannel.open(StandardProtocolFamily.INET)) {
            program.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 0);
            program.setOption(StandardSocketOptions.IP_MULTICAST_IF, NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()));
            program.send(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), new InetSocketAddress(GROUP, port));
        }
    }

    private static int freePort() throws IOException {
        try (DatagramChannel free = DatagramChannel.open(StandardProtocolFamily.INET).bind(new InetSocketAddress("127.0.0.1", 0))) {
            return ((InetSocketAddress) free.getLocalAddress()).getPort();
        }
    }
}
