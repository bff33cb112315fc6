package io.jverto.switchboard.shared;

import io.jverto.switchboard.port.ChannelId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which calls are parked where: lots with numbered slots, one call in each (dialplan-directory.md section 9.1, `valet_park`). Bounded by the
/// number of channels. Thread-safe.
public final class ValetLots {
    /// In the order in which they came.
    private final Map<Slot, ChannelId> parked = new LinkedHashMap<>();

    /// A place for a call.
    public record Slot(String lot, String extension) {}

    /// @return whether the slot was free and is the call's now
    public synchronized boolean park(Slot slot, ChannelId call) {
        return parked.putIfAbsent(slot, call) == null;
    }

    /// @return the lowest free slot, which is the call's now; empty when none is free
    public synchronized Optional<Slot> park(String lot, int least, int most, ChannelId call) {
        for (int number = least; number <= most; number++) {
            Slot slot = new Slot(lot, String.valueOf(number));
            if (park(slot, call)) {
                return Optional.of(slot);
            }
        }
        return Optional.empty();
    }

    /// Takes a call out.
    public synchronized Optional<ChannelId> take(Slot slot) {
        return Optional.ofNullable(parked.remove(slot));
    }

    /// Takes the one out that has been there for longest.
    public synchronized Optional<ChannelId> takeLongest(String lot, int least, int most) {
        return parked.keySet().stream()
                .filter(slot -> slot.lot().equals(lot) && slot.extension().matches("[0-9]{1,9}"))
                .filter(slot -> Integer.parseInt(slot.extension()) >= least && Integer.parseInt(slot.extension()) <= most)
                .findFirst()
                .flatMap(this::take);
    }

    /// A call is no longer parked.
    public synchronized void leave(ChannelId call) {
        parked.values().removeIf(call::equals);
    }

    /// @return whether the call still is in the slot
    public synchronized boolean holds(Slot slot, ChannelId call) {
        return call.equals(parked.get(slot));
    }

    /// @return who is where, in the order in which they came
    public synchronized List<Map.Entry<Slot, ChannelId>> all() {
        return new ArrayList<>(new LinkedHashMap<>(parked).entrySet());
    }
}
