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

    private static ConfigNode acl(String list) {
        return Config.param("apply-connection-acl", list);
    }
}
