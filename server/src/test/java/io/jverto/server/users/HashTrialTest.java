package io.jverto.server.users;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.time.SystemTime;
import io.jverto.server.users.HashTrial.Hashed;
import io.jverto.switchboard.port.UserId;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HashTrialTest {
    @Test
    void findsTheUsersIdWhatTheWorldKnowsAndWhatEverybodyHereKnows() throws Exception {
        List<Hashed> users = List.of(user("2000", "a long and private one"), user("2001", "2001"), user("2002", "1234"), user("2003", "shared here"));

        HashTrial.Result result = trial(Duration.ofMinutes(1)).run(users);

        assertThat(result.weak()).extracting(one -> one.id().user()).containsExactlyInAnyOrder("2001", "2002", "2003");
        assertThat(result.tried()).isEqualTo(4);
        assertThat(result.toString()).doesNotContain("pbkdf2");
    }

    @Test
    void beginsWithNobodyWhenTheTimeIsOver() throws Exception {
        List<Hashed> users = IntStream.range(0, 1_000).mapToObj(i -> user("u" + i, "u" + i)).toList();

        assertThat(trial(Duration.ZERO).run(users)).isEqualTo(new HashTrial.Result(List.of(), 0));
        assertThat(trial(Duration.ofMinutes(1)).run(users).tried()).isEqualTo(1_000);
    }

    private static HashTrial trial(Duration limit) {
        return new HashTrial(List.of("shared here"), limit, new SystemTime());
    }

    private static Hashed user(String name, String password) {
        return new Hashed(new UserId(name, "pbx.test"), QuickHash.of(password), "test");
    }
}
