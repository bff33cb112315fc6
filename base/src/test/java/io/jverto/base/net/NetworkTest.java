package io.jverto.base.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.129/25, 192.0.2.128, true",
        "192.0.2.129/25, 192.0.2.127, false",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "::/0, 2001:db8::1, true",
        "::/0, 192.0.2.1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::1, ::1, true",
        "192.0.2.0/24, ::ffff:192.0.2.7, true",
    })
    void holdsTheAddressesThatShareItsBits(String network, String address, boolean inside) {
        assertThat(Network.parse(network).orElseThrow().contains(InetAddress.ofLiteral(address))).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "/", "/24", "192.0.2.0/", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/+8", "::/129", "10.1/16", "192.0.2.256", "localhost",
        "fe80::1%eth0", "192.0.2.0/24/8", "192.0.2.0 /24", "1"
    })
    void whatIsNoNetworkIsNotTakenForOne(String text) {
        assertThat(Network.parse(text)).isEmpty();
    }

    @Test
    void aMaskMayHaveNoGap() {
        assertThat(Network.parse("192.0.2.0", "255.255.255.128")).hasToString("Optional[192.0.2.0/25]");
        assertThat(Network.parse("192.0.2.0", "0.0.0.0")).hasToString("Optional[192.0.2.0/0]");
        assertThat(Network.parse("2001:db8::", "ffff:ffff::")).hasToString("Optional[2001:db8:0:0:0:0:0:0/32]");
        assertThat(Network.parse("192.0.2.0", "255.0.255.0")).isEmpty();
        assertThat(Network.parse("192.0.2.0", "ffff::")).isEmpty();
        assertThat(Network.parse("192.0.2.0", "24")).isEmpty();
    }

    @Test
    void theSmallestNetworkOfAListDecidesAndOfEqualOnesTheOneThatDenies() {
        NetworkList list = new NetworkList("lan", false, List.of(
                entry("192.0.2.7", false), entry("192.0.2.0/24", true), entry("198.51.100.0/24", false), entry("198.51.100.0/24", true)));

        assertThat(list).accepts(InetAddress.ofLiteral("192.0.2.6"));
        assertThat(list).rejects(
                InetAddress.ofLiteral("192.0.2.7"), InetAddress.ofLiteral("198.51.100.1"), InetAddress.ofLiteral("203.0.113.1"));
        assertThat(new NetworkList("all", true, list.entries())).accepts(InetAddress.ofLiteral("2001:db8::1"));
    }

    @Test
    void listsAreFoundByNameOrSpeltOut() {
        NetworkLists lists = new NetworkLists(List.of(new NetworkList("Lan", false, List.of(entry("192.0.2.0/24", true)))));

        assertThat(lists.find("lan").orElseThrow()).accepts(InetAddress.ofLiteral("192.0.2.6"));
        assertThat(lists.find("2001:db8::/32").orElseThrow())
                .accepts(InetAddress.ofLiteral("2001:db8::1"))
                .rejects(InetAddress.ofLiteral("192.0.2.6"));
        assertThat(lists.find("wan")).isEmpty();
        assertThat(lists.find("")).isEmpty();
    }

    private static NetworkList.Entry entry(String network, boolean allowed) {
        return new NetworkList.Entry(Network.parse(network).orElseThrow(), allowed);
    }
}
