package io.jverto.server.users;

import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.directory.PasswordHash;
import io.jverto.switchboard.port.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// Tries on hashes the passwords that somebody without one tries first. Each try takes a tenth of a second of a processor, on purpose, so it takes as
/// many users as there is time for, on all processors.
///
/// @param more passwords that everybody here knows, beside those that the world knows
/// @param limit after which it begins with no further user
public record HashTrial(List<String> more, Duration limit, TimeSource time) {
    /// A user's hash.
    ///
    /// @param where it is written, for people
    public record Hashed(UserId id, String hash, String where) {
        /// Never shows the hash.
        @Override
        public String toString() {
            return "Hashed[" + id + "]";
        }
    }

    /// What came of it.
    ///
    /// @param weak whose password was found
    /// @param tried of how many users all of the passwords were tried, or one fitted
    public record Result(List<Hashed> weak, int tried) {}

    /// @param users those first that are to be looked at first
    public Result run(List<Hashed> users) throws InterruptedException {
        long deadline = time.nanoTime() + limit.toNanos();
        List<Hashed> weak = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger next = new AtomicInteger();
        AtomicInteger tried = new AtomicInteger();
        int processors = Runtime.getRuntime().availableProcessors();
        CountDownLatch done = new CountDownLatch(processors);
        for (int i = 0; i < processors; i++) {
            time.start("hash trial", () -> {
                try {
                    for (int one = next.getAndIncrement(); one < users.size() && time.nanoTime() < deadline; one = next.getAndIncrement()) {
                        Hashed user = users.get(one);
                        if (fits(user)) {
                            weak.add(user);
                        }
                        tried.incrementAndGet();
                    }
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();
        return new Result(List.copyOf(weak), tried.get());
    }

    /// @return how many passwords are tried for a user
    public int words() {
        return (int) words("").count();
    }

    private boolean fits(Hashed user) {
        return words(user.id().user()).anyMatch(word -> PasswordHash.matches(user.hash(), word));
    }

    private Stream<String> words(String user) {
        return Stream.of(Stream.of(user), more.stream(), WeakPassword.wellKnown().stream()).flatMap(words -> words).distinct();
    }
}
