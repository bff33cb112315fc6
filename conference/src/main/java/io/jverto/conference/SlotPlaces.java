package io.jverto.conference;

import io.jverto.conference.layout.Layout;
import io.jverto.conference.layout.Slot;
import io.jverto.media.plan.Position;
import java.util.Optional;

/// Where members are heard who sit in a slot (conference.md section 12.5, without its oddities).
final class SlotPlaces {
    private static final String AUTO = "auto";

    private SlotPlaces() {}

    /// @return empty where the layout leaves it open
    static Optional<Position> of(Layout layout, Slot slot) {
        if (slot.audio().isEmpty() && !layout.auto3d() || slot.audio().equals(AUTO)) {
            return slot.audio().equals(AUTO) ? Optional.of(middle(slot)) : Optional.empty();
        }
        return slot.audio().isEmpty() ? Optional.of(middle(slot)) : Position.parse(slot.audio());
    }

    /// Of its middle: left to right, and in front.
    private static Position middle(Slot slot) {
        double x = (slot.x() + slot.width() / 2.0) / (Slot.UNITS / 2.0) - 1;
        return new Position(x, 0, -Math.sqrt(Math.max(0, 1 - x * x)));
    }
}
