package io.jverto.switchboard.command;

import io.jverto.base.id.Tokens;
import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.event.EventName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Commands that run without holding up who asks (`bgapi`). What one says is told by the event BACKGROUND_JOB. Bounded. Thread-safe.
public final class Jobs {
    private static final Logger log = LoggerFactory.getLogger(Jobs.class);
    private static final int MAX_JOBS = 64;

    private final Commands commands;
    private final TimeSource time;
    private final RandomGenerator random;
    private final CoreEvents core;
    private final Semaphore room = new Semaphore(MAX_JOBS);

    public Jobs(Commands commands, TimeSource time, RandomGenerator random, CoreEvents core) {
        this.commands = commands;
        this.time = time;
        this.random = random;
        this.core = core;
    }

    /// A job that has a place.
    ///
    /// @param start to be called once: whoever asked can be told the id before
    public record Job(String id, Runnable start) {}

    /// @param line a whole command
    /// @param id of the job; empty for any
    /// @return empty when too many run
    public Optional<Job> prepare(String line, String id) {
        if (!room.tryAcquire()) {
            return Optional.empty();
        }
        String name = id.isEmpty() ? Tokens.uuid(random) : id;
        return Optional.of(new Job(name, () -> time.start("job " + name, () -> run(name, line))));
    }

    private void run(String id, String line) {
        String reply = "-ERR the command ended by a bug\n";
        try {
            reply = commands.run(line);
            log.debug("job {}: {} characters", id, reply.length());
        } finally {
            room.release();
            core.publish(EventName.BACKGROUND_JOB, () -> headers(id, line), reply);
        }
    }

    private static Map<String, String> headers(String id, String line) {
        String[] words = line.trim().split(" ", 2);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Job-UUID", id);
        headers.put("Job-Command", words[0]);
        if (words.length > 1) {
            headers.put("Job-Command-Arg", words[1]);
        }
        return headers;
    }
}
