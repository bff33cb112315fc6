package io.jverto.media.audio;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Collects whom to wake after a tick, each once. There are as many as media loops, so a list is searched.
/// Owner: MIXER_TICK.
public final class Wakes {
    /// More distinct ones than this are run at once instead of being collected.
    private static final int MAX_COLLECTED = 64;

    private final @Nullable Runnable[] collected = new Runnable[MAX_COLLECTED];
    private int count;

    void add(Runnable wake) {
        for (int i = 0; i < count; i++) {
            if (collected[i] == wake) {
                return;
            }
        }
        if (count == MAX_COLLECTED) {
            runAll();
        }
        collected[count++] = wake;
    }

    /// Runs and forgets them.
    public void runAll() {
        int due = count;
        count = 0;
        for (int i = 0; i < due; i++) {
            Runnable wake = collected[i];
            if (wake != null) {
                wake.run();
            }
        }
        Arrays.fill(collected, 0, due, null);
    }
}
