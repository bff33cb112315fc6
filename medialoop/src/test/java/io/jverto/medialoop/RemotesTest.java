package io.jverto.medialoop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RemotesTest {
    private static final long MAPPED = 0xffff_0000_0000L;

    private final Remotes remotes = new Remotes();

    @Test
    void anAddressIsTheSameObjectAgain() {
        Remote first = remotes.of(0, MAPPED | 0x7f00_0001, 0, 5000);

        assertThat(first.address).isEqualTo(new InetSocketAddress("127.0.0.1", 5000));
        assertThat(first.address.getAddress()).isInstanceOf(Inet4Address.class);
        assertThat(remotes.of(0, MAPPED | 0x7f00_0001, 0, 5000)).isSameAs(first);
    }

    @Test
    void portAddressAndScopeAreAllLookedAt() {
        List<Remote> different = List.of(
                remotes.of(0xfe80L << 48, 1, 0, 5000), remotes.of(0xfe80L << 48, 1, 0, 5001), remotes.of(0xfe80L << 48, 2, 0, 5000),
                remotes.of(0xfe80L << 48, 1, 3, 5000), remotes.of(0xfe81L << 48, 1, 0, 5000));

        assertThat(new HashSet<>(different)).hasSize(5);
        assertThat(((Inet6Address) different.get(3).address.getAddress()).getScopeId()).isEqualTo(3);
    }

    @Test
    void thousandsAreKeptAtOnce() {
        Set<Remote> first = new HashSet<>();
        IntStream.range(0, 2_000).forEach(i -> first.add(remotes.of(0, MAPPED | 0x0a00_0000 + i / 7, 0, 10_000 + i)));

        long kept = IntStream.range(0, 2_000).filter(i -> first.contains(remotes.of(0, MAPPED | 0x0a00_0000 + i / 7, 0, 10_000 + i))).count();

        assertThat(first).hasSize(2_000);
        assertThat(kept).isGreaterThan(1_980);
    }

    @Test
    void anAddressThatMadeRoomForOthersIsStillTheRightOne() {
        IntStream.range(0, 100_000).forEach(i -> remotes.of(0, MAPPED | 0x0b00_0000 + i, 0, 4000));

        assertThat(remotes.of(0, MAPPED | 0x0b00_0007, 0, 4000).address).isEqualTo(new InetSocketAddress("11.0.0.7", 4000));
    }
}
