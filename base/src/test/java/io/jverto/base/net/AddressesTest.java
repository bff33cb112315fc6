package io.jverto.base.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import org.junit.jupiter.api.Test;

class AddressesTest {
    @Test
    void anAddressIsWrittenAsPeopleWriteIt() throws Exception {
        InetAddress named = InetAddress.getByAddress("desk.example.com", new byte[] {(byte) 192, 0, 2, 10});

        assertThat(Addresses.text(new InetSocketAddress("192.0.2.10", 50_123))).isEqualTo("192.0.2.10:50123");
        assertThat(Addresses.text(new InetSocketAddress(named, 50_123))).isEqualTo("192.0.2.10:50123");
        assertThat(Addresses.text(new InetSocketAddress("2001:db8::1", 443))).isEqualTo("[2001:db8:0:0:0:0:0:1]:443");
        assertThat(Addresses.text(InetSocketAddress.createUnresolved("pbx.example.com", 8021))).isEqualTo("pbx.example.com:8021");
        assertThat(Addresses.text(UnixDomainSocketAddress.of("/run/jverto"))).isEqualTo("/run/jverto");
        assertThat(Addresses.text(null)).isEqualTo("?");
    }
}
