package io.jverto.switchboard.message;

import io.jverto.switchboard.port.ChatMessage;
import io.jverto.switchboard.port.MessageStore;
import io.jverto.switchboard.port.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Keeps messages in memory: they are gone when the server ends. For tests, and servers without a database.
public final class PassingMessages implements MessageStore {
    private final List<Entry> entries = new ArrayList<>();
    private long last;

    @Override
    public Optional<Map<UserId, Integer>> waiting(Instant notBefore) {
        entries.removeIf(entry -> entry.kept().at().isBefore(notBefore));
        return Optional.of(entries.stream().collect(Collectors.groupingBy(Entry::to, Collectors.summingInt(_ -> 1))));
    }

    @Override
    public boolean keep(UserId to, Instant at, ChatMessage message) {
        last++;
        return entries.add(new Entry(to, new Kept(last, at, message)));
    }

    @Override
    public List<Kept> of(UserId user) {
        return entries.stream().filter(entry -> entry.to().equals(user)).map(Entry::kept).toList();
    }

    @Override
    public void forget(UserId user, long lastDelivered) {
        entries.removeIf(entry -> entry.to().equals(user) && entry.kept().number() <= lastDelivered);
    }

    @Override
    public void close() {}

    private record Entry(UserId to, Kept kept) {}
}
