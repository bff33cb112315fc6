package io.jverto.conference.layout;

import java.util.List;

/// A canvas cut into slots.
///
/// @param auto3d members are heard from where they are seen
/// @param border pixels around each slot that does not say its own, 0 to [#MAX_BORDER]
/// @param backdrop file of a picture behind all slots; empty for none
/// @param front file of a picture before them; empty for none
public record Layout(String name, List<Slot> slots, boolean auto3d, int border, String backdrop, String front) {
    public static final int MAX_SLOTS = 64;
    public static final int MAX_BORDER = 50;

    public Layout {
        slots = List.copyOf(slots);
    }

    /// @return members that it has room for, whoever they are
    int seats() {
        return (int) slots.stream().filter(slot -> !slot.fileOnly()).count();
    }

    /// @return the first slot for the video floor; -1 when there is none
    public int floorSlot() {
        for (int i = 0; i < slots.size(); i++) {
            if (slots.get(i).floor() || slots.get(i).floorOnly()) {
                return i;
            }
        }
        return -1;
    }

    /// @return reservation ids of its slots
    public List<String> reservations() {
        return slots.stream().map(Slot::reservation).filter(id -> !id.isEmpty()).distinct().toList();
    }

    public int borderOf(Slot slot) {
        return slot.border() < 0 ? border : slot.border();
    }
}
