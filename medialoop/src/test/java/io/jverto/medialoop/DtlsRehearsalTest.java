package io.jverto.medialoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.time.Mailbox;
import io.jverto.base.time.SystemTime;
import io.jverto.base.time.TimeSource;
import io.jverto.media.dtls.DtlsIdentity;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DtlsRehearsalTest {
    @Test
    void bothEndsComeToTheirEnd() throws InterruptedException {
        SecureRandom random = new SecureRandom();
        DtlsIdentity identity = DtlsIdentity.generate(random, Instant.parse("2026-01-01T00:00:00Z"), Duration.ofDays(365));
        CountDownLatch ended = new CountDownLatch(2);

        DtlsRehearsal.start(identity, random, new Counting(new SystemTime(), ended));

        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    }

    /// Real time, whose threads say when they end.
    private record Counting(TimeSource real, CountDownLatch ended) implements TimeSource {
        @Override
        public long nanoTime() {
            return real.nanoTime();
        }

        @Override
        public Instant wallTime() {
            return real.wallTime();
        }

        @Override
        public <T> Mailbox<T> mailbox(int capacity) {
            return real.mailbox(capacity);
        }

        @Override
        public void start(String name, Runnable body) {
            real.start(name, () -> {
                body.run();
                ended.countDown();
            });
        }
    }
}
