package io.jverto.conference;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was recorded of rooms since the server started, also of those that have ended: the last files of the last rooms. Thread-safe.
final class RecordingShelf {
    static final int MOST_ROOMS = 1_000;
    static final int MOST_FILES = 100;

    private final Map<RoomKey, Deque<Kept>> rooms = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<RoomKey, Deque<Kept>> eldest) {
            return size() > MOST_ROOMS;
        }
    };

    /// @param since seconds of the epoch
    record Kept(Path path, long since, long millis) {}

    synchronized void add(RoomKey room, Kept file) {
        Deque<Kept> files = rooms.computeIfAbsent(room, _ -> new ArrayDeque<>());
        files.removeIf(one -> one.path().equals(file.path()));
        files.addLast(file);
        if (files.size() > MOST_FILES) {
            files.removeFirst();
        }
    }

    /// @return the oldest first
    synchronized List<Kept> of(RoomKey room) {
        return List.copyOf(rooms.getOrDefault(room, new ArrayDeque<>()));
    }
}
