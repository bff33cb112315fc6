package io.jverto.switchboard.edge;

import io.jverto.switchboard.port.UserId;
import io.jverto.switchboard.port.VoicemailStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is known of voice messages, in memory.
public final class MemoryVoicemail implements VoicemailStore {
    private final Map<UserId, List<VoiceMessage>> messages = new HashMap<>();
    private final Map<UserId, String> passwords = new HashMap<>();
    /// Nothing can be read or written.
    public volatile boolean away;
    /// Nothing can be added.
    public volatile boolean full;

    @Override
    public synchronized Optional<List<VoiceMessage>> of(UserId box) {
        return away ? Optional.empty() : Optional.of(List.copyOf(messages.getOrDefault(box, List.of())));
    }

    @Override
    public synchronized boolean add(UserId box, VoiceMessage message) {
        return !away && !full && messages.computeIfAbsent(box, _ -> new ArrayList<>()).add(message);
    }

    @Override
    public synchronized boolean markSaved(UserId box, String id) {
        List<VoiceMessage> all = messages.getOrDefault(box, List.of());
        if (!away) {
            all.replaceAll(one -> one.id().equals(id)
                    ? new VoiceMessage(id, one.at(), one.callerName(), one.callerNumber(), one.seconds(), one.urgent(), true)
                    : one);
        }
        return !away && all.stream().anyMatch(one -> one.id().equals(id));
    }

    @Override
    public synchronized boolean delete(UserId box, String id) {
        return !away && messages.getOrDefault(box, new ArrayList<>()).removeIf(one -> one.id().equals(id));
    }

    @Override
    public synchronized Optional<String> password(UserId box) {
        return away ? Optional.empty() : Optional.of(passwords.getOrDefault(box, ""));
    }

    @Override
    public synchronized boolean password(UserId box, String password) {
        if (!away) {
            passwords.put(box, password);
        }
        return !away;
    }
}
