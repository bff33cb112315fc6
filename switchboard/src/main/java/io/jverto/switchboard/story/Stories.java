package io.jverto.switchboard.story;

import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.port.ChannelId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/// The stories of calls that have ended: of so many, and for a while. Thread-safe.
public final class Stories {
    public static final int MAX_ENDED = 1_000;
    public static final Duration MAX_AGE = Duration.ofHours(1);

    private final TimeSource time;
    private final Queue<Kept> byAge = new ArrayDeque<>();
    private final Map<ChannelId, Kept> byId = new HashMap<>();

    public Stories(TimeSource time) {
        this.time = time;
    }

    /// A story and whose it is.
    public record Told(ChannelId id, CallStory story) {}

    private record Kept(ChannelId id, CallStory story, Instant ended) {}

    /// Keeps the story of a call that has ended. Of calls that had the same id, the last one counts.
    public synchronized void keep(ChannelId id, CallStory story) {
        Kept kept = new Kept(id, story, time.wallTime());
        byAge.add(kept);
        byId.put(id, kept);
        forget();
    }

    public synchronized Optional<CallStory> find(ChannelId id) {
        forget();
        return Optional.ofNullable(byId.get(id)).map(Kept::story);
    }

    /// @return those that ended last, the last one first
    public synchronized List<Told> latest(int most) {
        forget();
        List<Told> all = new ArrayList<>(byAge.stream().map(kept -> new Told(kept.id(), kept.story())).toList());
        return all.reversed().stream().limit(most).toList();
    }

    private void forget() {
        Instant oldest = time.wallTime().minus(MAX_AGE);
        for (Kept next = byAge.peek(); next != null && (byAge.size() > MAX_ENDED || next.ended().isBefore(oldest)); next = byAge.peek()) {
            byAge.remove();
            byId.remove(next.id(), next);
        }
    }
}
