package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import io.jverto.verto.count.VertoCount;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who may connect at all, over real sockets (verto-wire.md section 1.1).
class AccessTest {
    /// The last listener.
    private static final ConfigNode PROXIED = Config.node("param", List.of(), "name", "bind-local", "value", "127.0.0.1:0", "proxy-protocol", "true");

    @Test
    void whoIsNotInAListIsClosedWithoutAByte() throws IOException {
        try (LiveServer live = new LiveServer(acl("192.0.2.0/24"))) {
            try (RawClient plain = RawClient.connect(live.plain());
                    RawClient secure = RawClient.connect(live.secure())) {
                assertThat(plain.next()).isEqualTo("end");
                assertThat(secure.next()).isEqualTo("end");
            }
            assertThat(live.server.counters().get(VertoCount.CONNECTIONS_FORBIDDEN)).isEqualTo(2);
        }
    }

    @Test
    void allListsMustAgree() throws IOException {
        try (LiveServer live = new LiveServer(acl("127.0.0.0/8"), acl("192.0.2.0/24"));
                RawClient client = RawClient.connect(live.plain())) {
            assertThat(client.next()).isEqualTo("end");
        }
        try (LiveServer live = new LiveServer(acl("127.0.0.0/8"), acl("0.0.0.0/0"));
                RawClient client = RawClient.upgrade(live.plain())) {
            client.text("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"login\",\"params\":{}}");
            assertThat(client.next()).contains("Authentication Required");
        }
    }

    @Test
    void s7AForeignPageGetsNoSocketWhereOriginsAreListed() throws IOException {
        try (LiveServer live = new LiveServer(Config.param("allowed-origins", "https://App.example.com:443, http://localhost:8082"))) {
            assertThat(status(live, "https://evil.example")).isEqualTo("403");
            assertThat(status(live, "https://app.example.com.evil.example")).isEqualTo("403");
            assertThat(status(live, "http://app.example.com")).isEqualTo("403");
            assertThat(status(live, "null")).isEqualTo("403");
            assertThat(status(live, "https://app.example.com")).isEqualTo("101");
            assertThat(status(live, "http://LOCALHOST:8082")).isEqualTo("101");
            // A program sends no origin: it could send any.
            assertThat(status(live, "")).isEqualTo("101");
            assertThat(live.server.counters().get(VertoCount.ORIGINS_REFUSED)).isEqualTo(4);
        }
    }

    @Test
    void withoutAListEveryPageMayConnect() throws IOException {
        try (LiveServer live = new LiveServer()) {
            assertThat(status(live, "https://anywhere.example")).isEqualTo("101");
        }
    }

    @Test
    void s6WhatAProxySaysOfItsClientCountsOnlyFromTrustedAddresses() throws IOException {
        ConfigNode trusted = Config.param("trusted-proxies", "127.0.0.0/8");
        try (LiveServer live = new LiveServer(trusted, acl("198.51.100.0/24"))) {
            assertThat(forwarded(live, "198.51.100.7")).isEqualTo("101");
            // What stands in front of the client's own address was made up by it.
            assertThat(forwarded(live, "198.51.100.7, 203.0.113.5")).isEqualTo("403");
            assertThat(forwarded(live, "203.0.113.5, 198.51.100.7, 127.0.0.9")).isEqualTo("101");
            assertThat(forwarded(live, "[::1]:80, 198.51.100.7:4711")).isEqualTo("101");
            assertThat(forwarded(live, "nonsense")).isEqualTo("403");
            assertThat(live.server.counters().get(VertoCount.CONNECTIONS_FORBIDDEN)).isEqualTo(2);
        }
        try (LiveServer live = new LiveServer(acl("198.51.100.0/24")); RawClient client = RawClient.connect(live.plain())) {
            assertThat(client.next()).isEqualTo("end");
        }
    }

    @Test
    void s6AProxyNamesItsClientByAHeaderBeforeTheRequestOnAListenerForThatAlone() throws IOException {
        try (LiveServer live = new LiveServer(PROXIED, Config.param("trusted-proxies", "127.0.0.0/8"), acl("198.51.100.0/24"))) {
            assertThat(proxied(live, "PROXY TCP4 198.51.100.7 192.0.2.1 4711 443\r\n".getBytes(StandardCharsets.US_ASCII))).isEqualTo("101");
            assertThat(proxied(live, "PROXY TCP4 203.0.113.5 192.0.2.1 4711 443\r\n".getBytes(StandardCharsets.US_ASCII))).isEqualTo("403");
            assertThat(proxied(live, version2(0x21, 198, 51, 100, 7))).isEqualTo("101");
            assertThat(proxied(live, version2(0x21, 203, 0, 113, 5))).isEqualTo("403");
            // LOCAL and UNKNOWN are the proxy itself, which is in no list here.
            assertThat(proxied(live, version2(0x20, 198, 51, 100, 7))).isEqualTo("403");
            assertThat(proxied(live, "PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII))).isEqualTo("403");
            // The client says that it is somebody else: the proxy knows better.
            assertThat(proxied(live, "PROXY TCP4 203.0.113.5 192.0.2.1 4711 443\r\n".getBytes(StandardCharsets.US_ASCII), "X-Forwarded-For: 198.51.100.7\r\n")).isEqualTo("403");
            // Another proxy of ours before it.
            assertThat(proxied(live, "PROXY TCP4 127.0.0.9 192.0.2.1 4711 443\r\n".getBytes(StandardCharsets.US_ASCII), "X-Forwarded-For: 198.51.100.7\r\n")).isEqualTo("101");
        }
    }

    @Test
    void s6AConnectionThatDoesNotBeginWithTheHeaderEndsAndSoDoesAHeaderWhereNoneBelongs() throws IOException {
        try (LiveServer live = new LiveServer(PROXIED, Config.param("trusted-proxies", "127.0.0.0/8"))) {
            for (String wrong : List.of("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "PROXY TCP4 nobody nowhere 1 2\r\n", "PROXY TCP4 1.2.3.4 5.6.7.8 1 " + "9".repeat(200))) {
                try (RawClient client = RawClient.connect(live.server.addresses().getLast())) {
                    client.write(wrong);
                    assertThat(client.next()).as(wrong).isEqualTo("end");
                }
            }
            // The connection is closed before it is counted.
            for (long end = System.nanoTime() + 10_000_000_000L; live.server.counters().get(VertoCount.PROXY_HEADERS_WRONG) < 3 && System.nanoTime() < end; ) {
                Thread.onSpinWait();
            }
            assertThat(live.server.counters().get(VertoCount.PROXY_HEADERS_WRONG)).isEqualTo(3);
            try (RawClient client = RawClient.connect(live.plain())) {
                client.write("PROXY TCP4 198.51.100.7 192.0.2.1 4711 443\r\n");
                assertThat(client.handshake("").substring(9, 12)).isEqualTo("400");
            }
        }
    }

    @Test
    void s6WhoeverIsNoTrustedProxyCannotUseItsListener() throws IOException {
        try (LiveServer live = new LiveServer(PROXIED, Config.param("trusted-proxies", "192.0.2.7/32"));
                RawClient client = RawClient.connect(live.server.addresses().getLast())) {
            assertThat(client.next()).isEqualTo("end");
            assertThat(live.server.counters().get(VertoCount.CONNECTIONS_FORBIDDEN)).isOne();
        }
    }

    private static String proxied(LiveServer live, byte[] header, String... headers) throws IOException {
        try (RawClient client = RawClient.connect(live.server.addresses().getLast())) {
            client.write(header);
            return client.handshake(String.join("", headers)).substring(9, 12);
        }
    }

    /// The header of version 2 (the PROXY protocol, section 2.2) with addresses of IPv4.
    private static byte[] version2(int command, int... source) {
        ByteBuffer header = ByteBuffer.allocate(28);
        header.put(new byte[] {0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a}).put((byte) command).put((byte) 0x11).putShort((short) 12);
        for (int part : source) {
            header.put((byte) part);
        }
        header.put(new byte[] {(byte) 192, 0, 2, 1}).putShort((short) 4711).putShort((short) 443);
        return header.array();
    }

    private static String forwarded(LiveServer live, String addresses) throws IOException {
        try (RawClient client = RawClient.connect(live.plain())) {
            return client.handshake("X-Forwarded-For: " + addresses + "\r\n").substring(9, 12);
        }
    }

    private static String status(LiveServer live, String origin) throws IOException {
        try (RawClient client = RawClient.connect(live.plain())) {
            return client.handshake(origin.isEmpty() ? "" : "Origin: " + origin + "\r\n").substring(9, 12);
        }
    }

    private static ConfigNode acl(String list) {
        return Config.param("apply-connection-acl", list);
    }
}
