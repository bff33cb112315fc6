package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import io.jverto.verto.count.VertoCount;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Who may connect at all, over real sockets (verto-wire.md section 1.1).
class AccessTest {
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
