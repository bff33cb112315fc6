package io.jverto.verto.login;

import io.jverto.switchboard.directory.LoginThrottle;
import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.count.Counters;
import io.jverto.switchboard.directory.Directory;
import io.jverto.switchboard.directory.DirectoryRequest;
import io.jverto.switchboard.port.UserId;
import io.jverto.testkit.time.VirtualTime;
import io.jverto.verto.count.VertoCount;
import io.jverto.verto.profile.VertoProfile;
import io.jverto.wire.verto.LoginParams;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What the directory is told of a login.
class GateTest {
    private static final UserId ADA = new UserId("ada", "test");
    private static final LoginParams LOGIN = new LoginParams(
            true, "ada@test", "s3cret", "", Map.of("app", "web", "user_supplied_pass", "forged"), Map.of("color", "red"), List.of());

    @Test
    void theDirectoryHearsTheLoginParamsAndNoPassword() {
        DirectoryRequest request = gate(false).request(ADA, LOGIN);

        assertThat(request).isEqualTo(new DirectoryRequest(ADA, "jsonrpc-authenticate", Map.of("app", "web")));
    }

    @Test
    void aDirectoryThatChecksPasswordsItselfGetsTheTypedOne() {
        DirectoryRequest request = gate(true).request(ADA, LOGIN);

        assertThat(request.params()).isEqualTo(Map.of("app", "web", "user_supplied_pass", "s3cret"));
        assertThat(request.toString()).doesNotContain("s3cret");
    }

    private static Gate gate(boolean sendPassword) {
        VertoProfile.Auth auth = new VertoProfile.Auth("true", "", false, true, "", sendPassword);
        return new Gate(auth, () -> Directory.EMPTY, new LoginThrottle(), new SlowCheck(new Random(1)), Optional.empty(), new VirtualTime(), new Counters<>(VertoCount.class));
    }
}
