package io.jverto.verto.dispatch;

import io.jverto.base.count.Budget;
import io.jverto.base.count.Counters;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.base.time.TimeSource;
import io.jverto.verto.count.VertoCount;
import io.jverto.verto.outbound.Outbox;
import java.time.Duration;

/// The speed test of one connection: frames that begin with `#` (verto-wire.md section 1.7). Whatever is asked for, at most ten times
/// as much goes out as came in, and over time only so much (security.md S8).
@OwnedBy(Role.CONNECTION)
final class SpeedTest {
    static final int MAX_BYTES = 10 * 1024 * 1024;
    private static final int ROUNDS = 10;
    /// Bytes that one connection gets: one largest test at once, most of a usual one each second.
    private static final long BYTES_AT_ONCE = (long) ROUNDS * MAX_BYTES;
    private static final long BYTES_PER_SECOND = 2L * 1024 * 1024;
    private static final long LONGEST = Duration.ofSeconds(30).toNanos();
    private static final long NANOS_OF_MILLI = 1_000_000;

    private static final int FRAME = 1_024;
    /// After so many frames the network has to have taken them: our memory is not the line to be measured.
    private static final int FRAMES_AHEAD = 64;
    private static final String DATA = "#SPB" + ".".repeat(FRAME - 4);

    private final TimeSource time;
    private final Outbox outbox;
    private final Counters<VertoCount> counters;
    private final Budget budget;

    private boolean uploading;
    private long startedAt;
    private int wished;
    private long received;

    SpeedTest(TimeSource time, Outbox outbox, Counters<VertoCount> counters) {
        this.time = time;
        this.outbox = outbox;
        this.counters = counters;
        this.budget = new Budget(BYTES_AT_ONCE, BYTES_PER_SECOND, time.nanoTime());
    }

    /// A frame that begins with `#`. At the end of an upload this blocks until the download is over.
    void onFrame(String text) {
        if (text.length() < 4) {
            return;
        }
        if (!uploading) {
            if (text.startsWith("#SPU")) {
                begin(text.substring(4).trim());
            }
        } else if (text.charAt(3) == 'B') {
            received += text.length();
        } else {
            uploading = false;
            finish();
        }
    }

    /// Another frame ends an upload without an answer.
    void onOther() {
        uploading = false;
    }

    private void begin(String digits) {
        int bytes = digits.matches("[0-9]{1,8}") ? Integer.parseInt(digits) : 0;
        if (bytes <= 0 || bytes > MAX_BYTES) {
            return;
        }
        if (!budget.take(time.nanoTime(), (long) ROUNDS * bytes)) {
            counters.increment(VertoCount.SPEED_TESTS_REFUSED);
            return;
        }
        uploading = true;
        startedAt = time.nanoTime();
        wished = bytes;
        received = 0;
    }

    private void finish() {
        counters.increment(VertoCount.SPEED_TESTS);
        outbox.reply("#SPU " + millis(time.nanoTime() - startedAt));
        // DEVIATION verto-14: the reference server sends what was asked for, whatever came.
        int size = (int) Math.min(wished, received);
        long start = time.nanoTime();
        long sent = 0;
        for (int round = 0; round < ROUNDS && time.nanoTime() - start < LONGEST; round++) {
            if (!round(size)) {
                return;
            }
            sent += size;
        }
        // DEVIATION verto-13: the mean of the rounds; the reference server divides ten of them by eleven.
        long mean = sent == 0 ? 0 : (time.nanoTime() - start) / (sent / size);
        outbox.reply("#SPD " + millis(mean));
    }

    /// @return false when the client is gone or does not read
    private boolean round(int size) {
        int frames = 0;
        for (int left = size; left > 0; left -= FRAME) {
            String frame = left >= FRAME ? DATA : DATA.substring(0, left);
            frames++;
            boolean wait = frames % FRAMES_AHEAD == 0 || left <= FRAME;
            if (!outbox.bulk(frame, wait)) {
                return false;
            }
        }
        return true;
    }

    /// Clients divide by it.
    private static long millis(long nanos) {
        return Math.max(1, nanos / NANOS_OF_MILLI);
    }
}
