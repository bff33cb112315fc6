package io.jverto.switchboard.story;

import io.jverto.base.time.TimeSource;
import io.jverto.media.plan.MediaNote;
import io.jverto.media.plan.MediaPlan;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.wire.sdp.SdpText;
import io.jverto.wire.sdp.TrickledCandidate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// What happened to one channel, in the order of time, as much as there is room for; what there is no room for is counted. Thread-safe, and nobody
/// waits: its channel writes here, and its media loop a few times.
public final class CallStory {
    /// Entries, and characters in them; so many of each are kept back for the end.
    static final int MAX_ENTRIES = 200;
    static final int MAX_CHARACTERS = 20_000;
    /// A client sends each candidate by itself, and may send any number.
    private static final int MAX_TRICKLED = 10;
    private static final int LAST_ENTRIES = 10;
    private static final int LAST_CHARACTERS = 2_000;

    private final TimeSource time;
    private final Queue<Entry> entries = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger characters = new AtomicInteger();
    private final AtomicInteger leftOut = new AtomicInteger();
    private final AtomicInteger trickled = new AtomicInteger();
    private final AtomicInteger digits = new AtomicInteger();

    public CallStory(TimeSource time) {
        this.time = time;
    }

    /// One entry and when it was.
    record Entry(Instant at, StoryEntry what) {}

    public void add(StoryEntry what) {
        int free = what.isLast() ? 0 : LAST_ENTRIES;
        int freeCharacters = what.isLast() ? 0 : LAST_CHARACTERS;
        int size = what.size();
        boolean room = count.incrementAndGet() <= MAX_ENTRIES - free;
        if (room && characters.addAndGet(size) <= MAX_CHARACTERS - freeCharacters) {
            entries.add(new Entry(time.wallTime(), what));
            return;
        }
        count.decrementAndGet();
        if (room) {
            characters.addAndGet(-size);
        }
        leftOut.incrementAndGet();
    }

    /// @return when it began; now, when nothing has happened yet
    public Instant begun() {
        Entry first = entries.peek();
        return first == null ? time.wallTime() : first.at();
    }

    /// @param outbound the switch calls, and is not called
    public void began(boolean outbound, CallerProfile profile) {
        add(StoryEntry.Began.of(outbound, profile));
    }

    /// @param text nothing is noted of an empty one
    public void described(StoryEntry.Whose whose, SdpText text) {
        if (!text.value().isBlank()) {
            add(new StoryEntry.Described(whose, Description.of(text)));
        }
    }

    /// More candidates of the client; the first few times.
    public void trickled(List<TrickledCandidate> late) {
        if (trickled.incrementAndGet() <= MAX_TRICKLED) {
            add(new StoryEntry.Trickled(Description.types(late.stream().map(TrickledCandidate::candidate))));
        }
    }

    public void agreed(MediaPlan plan) {
        add(StoryEntry.Agreed.of(plan));
    }

    public void media(MediaNote note) {
        add(new StoryEntry.Media(note));
    }

    /// A digit of the channel's party. Which one it was is nobody's business: it may belong to a PIN.
    public void digit() {
        digits.incrementAndGet();
    }

    /// @return how many entries there was no room for
    public int leftOut() {
        return leftOut.get();
    }

    Instant now() {
        return time.wallTime();
    }

    int digits() {
        return digits.get();
    }

    /// @return by time
    List<Entry> entries() {
        return entries.stream().sorted(Comparator.comparing(Entry::at)).toList();
    }
}
