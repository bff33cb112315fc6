package io.jverto.switchboard.channel;

import io.jverto.switchboard.dialplan.Text;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What a channel has bound to keys that are pressed while it talks: a meta key and then a digit (`bind_meta_app`,
/// dialplan-directory.md section 9.1). One binding a digit. Thread-safe.
public final class MetaKeys {
    private final Map<Character, Binding> bindings = new ConcurrentHashMap<>();

    /// Sides of a talk, seen from the channel that has bound the key.
    public enum Side {
        /// The channel itself.
        OWN,
        /// Whom it talks with.
        OTHER
    }

    /// Which leg runs the application.
    public enum Leg {
        OWN,
        OTHER,
        /// Of whoever pressed the key.
        SAME,
        /// Of the one he talks with.
        OPPOSITE
    }

    /// What a key does.
    ///
    /// @param meta what is pressed first
    /// @param by who may press it
    /// @param once it counts no more afterwards
    /// @param application `name` or `name::data`, with its variables put in
    public record Binding(char meta, char key, Set<Side> by, Leg on, boolean once, Text application) {
        public Binding {
            by = Set.copyOf(by);
        }
    }

    public void bind(Binding binding) {
        bindings.put(binding.key(), binding);
    }

    public void unbind(char key) {
        bindings.remove(key);
    }

    public void unbindAll() {
        bindings.clear();
    }

    /// Whether that digit of that side may begin something.
    public boolean isMeta(char digit, Side by) {
        return bindings.values().stream().anyMatch(one -> one.meta() == digit && one.by().contains(by));
    }

    /// @return what that side has asked for by the two digits; one that counts once is taken
    public Optional<Binding> take(char meta, char key, Side by) {
        return Optional.ofNullable(bindings.get(key))
                .filter(one -> one.meta() == meta && one.by().contains(by))
                .filter(one -> !one.once() || bindings.remove(key, one));
    }
}
