package io.jverto.conference;

import io.jverto.base.time.TimeSource;
import java.util.concurrent.Semaphore;

/// What rooms begin and do not wait for: calls, and what happens on a member's channel. Thread-safe.
final class RoomJobs {
    private static final int MAX_JOBS = 128;

    private final TimeSource time;
    private final Semaphore places = new Semaphore(MAX_JOBS);

    RoomJobs(TimeSource time) {
        this.time = time;
    }

    /// @return false when there are too many
    boolean start(String name, Runnable job) {
        if (!places.tryAcquire()) {
            return false;
        }
        time.start(name, () -> {
            try {
                job.run();
            } finally {
                places.release();
            }
        });
        return true;
    }
}
