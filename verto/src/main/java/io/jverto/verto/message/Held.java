package io.jverto.verto.message;

import io.jverto.switchboard.port.ChatMessage;
import io.jverto.switchboard.port.UserId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Messages that a store does not take at the moment, in memory, by user and in order. What does not fit is not taken. One thread changes it.
final class Held {
    /// Messages of all users.
    static final int MAX_MESSAGES = 2_000;
    /// Their characters.
    private static final long MAX_LENGTH = 8L << 20;

    private final Map<UserId, Deque<Message>> users = new LinkedHashMap<>();
    /// Those of [#users], for other threads.
    private final Map<UserId, Integer> counts = new ConcurrentHashMap<>();
    private int messages;
    private long length;

    /// @param at when it was written
    record Message(Instant at, ChatMessage text) {}

    /// @return false when there is no room
    boolean add(UserId user, Message message) {
        if (messages >= MAX_MESSAGES || length + message.text().length() > MAX_LENGTH) {
            return false;
        }
        users.computeIfAbsent(user, _ -> new ArrayDeque<>()).add(message);
        counts.merge(user, 1, Integer::sum);
        messages++;
        length += message.text().length();
        return true;
    }

    /// @return those of a user, the oldest first; none for nobody
    List<Message> of(UserId user) {
        return List.copyOf(users.getOrDefault(user, new ArrayDeque<>()));
    }

    /// Lets the oldest of a user go.
    void remove(UserId user) {
        Deque<Message> all = users.getOrDefault(user, new ArrayDeque<>());
        length -= all.remove().text().length();
        messages--;
        counts.computeIfPresent(user, (_, count) -> count > 1 ? count - 1 : null);
        if (all.isEmpty()) {
            users.remove(user);
        }
    }

    List<UserId> users() {
        return List.copyOf(users.keySet());
    }

    int size() {
        return messages;
    }

    /// @return how many of a user; any thread may ask
    int count(UserId user) {
        return counts.getOrDefault(user, 0);
    }
}
