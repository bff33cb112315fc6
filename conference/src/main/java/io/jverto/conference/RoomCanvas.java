package io.jverto.conference;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.conference.layout.Layout;
import io.jverto.conference.layout.Layouts;
import io.jverto.conference.layout.Seating;
import io.jverto.conference.layout.Slot;
import io.jverto.media.plan.Scene;
import io.jverto.media.plan.Scene.Tile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// One canvas of a room: its layout, who sits in which slot of it, and the scene that follows.
@OwnedBy(Role.ROOM)
final class RoomCanvas {
    private static final Layout EMPTY = new Layout("", List.of(), false, 0, "", "");

    private final int number;
    /// Of a layout, or `group:` and of a group.
    private String wanted;
    private Layout layout = EMPTY;
    private int[] seats = new int[0];
    private Map<Integer, Integer> slots = Map.of();
    /// Those of members that were here before the server was started again, until the layout is another one.
    private final Map<Integer, Integer> former = new HashMap<>();
    private Optional<Tile> top = Optional.empty();
    private @Nullable Scene shown;

    RoomCanvas(int number, String wanted) {
        this.number = number;
        this.wanted = wanted;
    }

    int number() {
        return number;
    }

    void layout(String name) {
        if (!name.equals(wanted)) {
            former.clear();
        }
        wanted = name;
    }

    /// A member is here again that was in that slot before the server was started again.
    void returns(int member, int slot) {
        if (slot != Seating.NONE) {
            former.put(member, slot);
        }
    }

    String wanted() {
        return wanted;
    }

    Layout layout() {
        return layout;
    }

    /// @return the slot of a member, [Seating#NONE] for none
    int slotOf(int member) {
        return slots.getOrDefault(member, Seating.NONE);
    }

    /// @param tile that lies upon all others
    void upon(Optional<Tile> tile) {
        top = tile;
    }

    /// The scene counts as another one the next time.
    void forget() {
        shown = null;
    }

    int used() {
        return slots.size();
    }

    boolean hasRoom(Layouts layouts, int members) {
        return layouts.pick(wanted, members).filter(one -> one.slots().size() >= members).isPresent();
    }

    /// Seats members anew.
    ///
    /// @return whether anybody sits elsewhere, or the layout is another one
    boolean seat(Layouts layouts, List<Seating.Wish> wishes) {
        Layout next = layouts.pick(wanted, wishes.size()).orElse(EMPTY);
        boolean same = next.equals(layout);
        List<Seating.Wish> ordered = new ArrayList<>(wishes);
        if (!same) {
            // Slots mean other places now; who stood before another one still does.
            Map<Integer, Integer> before = new HashMap<>(slots);
            before.putAll(former);
            ordered.sort(Comparator.comparingInt(wish -> before.getOrDefault(wish.member(), Integer.MAX_VALUE)));
        }
        Map<Integer, Integer> kept = new HashMap<>(former);
        kept.putAll(same ? slots : Map.of());
        int[] now = Seating.seat(next, ordered, kept);
        boolean changed = !same || !java.util.Arrays.equals(now, seats);
        layout = next;
        seats = now;
        slots = new HashMap<>();
        for (int i = 0; i < now.length; i++) {
            if (now[i] != Seating.NOBODY) {
                slots.put(now[i], i);
            }
        }
        return changed;
    }

    /// The scene as it is now.
    ///
    /// @param place makes the tile of a member in a slot
    /// @return empty when it is the one that was made before
    Optional<Scene> scene(int width, int height, int background, Optional<Scene.Art> behind, Optional<Scene.Art> before,
            IntFunction<BiFunction<Slot, Rectangle, Tile>> place) {
        List<Tile> below = new ArrayList<>();
        List<Tile> above = new ArrayList<>();
        for (int i = 0; i < seats.length; i++) {
            if (seats[i] != Seating.NOBODY) {
                Slot slot = layout.slots().get(i);
                Rectangle where = Rectangle.of(slot, width, height);
                if (where.width() >= 8 && where.height() >= 8) {
                    (slot.overlap() ? above : below).add(place.apply(seats[i]).apply(slot, where));
                }
            }
        }
        below.addAll(above);
        top.ifPresent(below::add);
        Scene now = new Scene(width, height, background, behind, before, below);
        if (now.equals(shown)) {
            return Optional.empty();
        }
        shown = now;
        return Optional.of(now);
    }

    /// Even pixels.
    record Rectangle(int x, int y, int width, int height) {
        static Rectangle of(Slot slot, int width, int height) {
            int left = width * slot.x() / Slot.UNITS & ~1;
            int top = height * slot.y() / Slot.UNITS & ~1;
            int right = width * (slot.x() + slot.width()) / Slot.UNITS & ~1;
            int bottom = height * (slot.y() + slot.height()) / Slot.UNITS & ~1;
            return new Rectangle(left, top, right - left, bottom - top);
        }
    }
}
