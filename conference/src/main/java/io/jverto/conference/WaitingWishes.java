package io.jverto.conference;

import java.util.HashMap;
import java.util.Map;

/// How much of what clients want of a room may wait: some of each, so that who sends without end leaves room for others, and some of all.
/// Thread-safe.
final class WaitingWishes {
    static final int MOST = 256;
    static final int MOST_OF_ONE = 64;

    private final Map<String, Integer> ofEach = new HashMap<>(); // guarded by this
    private int all; // guarded by this

    /// @param cookie the session that wants something
    /// @return false when it is too much
    synchronized boolean take(String cookie) {
        int own = ofEach.getOrDefault(cookie, 0);
        if (all == MOST || own == MOST_OF_ONE) {
            return false;
        }
        all++;
        ofEach.put(cookie, own + 1);
        return true;
    }

    /// One that was taken waits no more.
    synchronized void done(String cookie) {
        all--;
        ofEach.computeIfPresent(cookie, (_, waiting) -> waiting > 1 ? waiting - 1 : null);
    }
}
