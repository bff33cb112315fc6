package io.jverto.switchboard.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
    private final LoginThrottle throttle = new LoginThrottle();

    @Test
    void s6TheWaitOfAUserDoublesUpToAMinute() {
        fail(LoginThrottle.FREE_FOR_USER, "10.0.0.1", "1001");
        assertThat(throttle.allows(0, "10.0.0.2", "1001")).isTrue();

        fail(1, "10.0.0.1", "1001");
        assertThat(throttle.allows(seconds(1) - 1, "10.0.0.2", "1001")).isFalse();
        assertThat(throttle.allows(seconds(1), "10.0.0.2", "1001")).isTrue();

        fail(1, "10.0.0.1", "1001");
        assertThat(throttle.allows(seconds(2) - 1, "10.0.0.2", "1001")).isFalse();

        fail(100, "10.0.0.1", "1001");
        assertThat(throttle.allows(seconds(64), "10.0.0.2", "1001")).isTrue();
    }

    @Test
    void s6AnAddressThatTriesManyUsersWaitsForAll() {
        for (int user = 0; user <= LoginThrottle.FREE_FOR_ADDRESS; user++) {
            throttle.failed(0, "10.0.0.1", "user" + user);
        }

        assertThat(throttle.allows(0, "10.0.0.1", "another")).isFalse();
        assertThat(throttle.allows(0, "10.0.0.2", "another")).isTrue();
    }

    @Test
    void s6TheRightPasswordClearsTheUserButNotTheAddress() {
        fail(LoginThrottle.FREE_FOR_ADDRESS + 1, "10.0.0.1", "1001");

        throttle.succeeded("1001");

        assertThat(throttle.allows(0, "10.0.0.2", "1001")).isTrue();
        assertThat(throttle.allows(0, "10.0.0.1", "1001")).isFalse();
    }

    @Test
    void tenMinutesLaterAllIsForgotten() {
        fail(LoginThrottle.FREE_FOR_USER + 9, "10.0.0.1", "1001");

        throttle.failed(Duration.ofMinutes(11).toNanos(), "10.0.0.1", "1001");

        assertThat(throttle.allows(Duration.ofMinutes(11).toNanos(), "10.0.0.1", "1001")).isTrue();
    }

    @Test
    void s6AFloodOfNamesFillsNothing() {
        for (int user = 0; user < 100_000; user++) {
            throttle.failed(0, "10.0.0." + user, "user" + user);
        }

        assertThat(throttle.size()).isLessThanOrEqualTo(20_000);
    }

    private void fail(int times, String address, String user) {
        for (int i = 0; i < times; i++) {
            throttle.failed(0, address, user);
        }
    }

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
