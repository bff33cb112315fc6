package io.jverto.conference;

import io.jverto.base.count.Budget;
import io.jverto.base.json.JsonValue.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The last messages of a room's chat, for who comes late. Thread-safe.
final class ChatHistory {
    static final int MAX_MESSAGES = 100;
    /// In a second.
    private static final int MAX_ANSWERS = 20;
    private static final int MAX_CHARACTERS = 65_536;

    private final Deque<Said> messages = new ArrayDeque<>();
    private int characters;
    private final Budget answers;

    ChatHistory(long nowNanos) {
        answers = new Budget(MAX_ANSWERS, MAX_ANSWERS, nowNanos);
    }

    /// @return whether it is not asked for too often
    synchronized boolean mayBeAsked(long nowNanos) {
        return answers.take(nowNanos, 1);
    }

    private record Said(JsonObject data, int length) {}

    /// @param data as it went to those who were there
    synchronized void add(JsonObject data, int length) {
        messages.addLast(new Said(data, length));
        characters += length;
        while (messages.size() > MAX_MESSAGES || characters > MAX_CHARACTERS && messages.size() > 1) {
            characters -= messages.removeFirst().length();
        }
    }

    /// @return the oldest first
    synchronized List<JsonObject> all() {
        return messages.stream().map(Said::data).toList();
    }
}
