package io.jverto.conference.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/// Who sits in which slot of a layout (conference.md section 21.4). Reservations go first, then roles, the floor, slots that were asked for;
/// everybody else keeps his slot, or gets the first free one; so does a film, if there is no slot for films alone. Members with a camera go before those who only have a picture of themselves.
public final class Seating {
    public static final int NOBODY = 0;
    public static final int NONE = -1;
    /// Stands for a film that plays, in place of a member.
    public static final int FILM = Integer.MAX_VALUE;

    private final Layout layout;
    private final List<Wish> wishes;
    private final Map<Integer, Integer> before;
    private final int[] seats;

    private Seating(Layout layout, List<Wish> wishes, Map<Integer, Integer> before) {
        this.layout = layout;
        this.wishes = new ArrayList<>(wishes);
        this.before = before;
        this.seats = new int[layout.slots().size()];
    }

    /// Somebody to be seen, in the order of coming.
    ///
    /// @param member its id, over 0, or [#FILM]
    /// @param reservation id of a slot that is kept for it; empty for none
    /// @param role empty for none
    /// @param floor whether it has the video floor
    /// @param camera whether its picture moves
    /// @param slot that it was put into by hand; [#NONE] for none
    public record Wish(int member, String reservation, String role, boolean floor, boolean camera, int slot) {}

    /// @param before slots by member, as they were; of the same layout or another one
    /// @return the member in each slot, or [#NOBODY]
    public static int[] seat(Layout layout, List<Wish> wishes, Map<Integer, Integer> before) {
        Seating seating = new Seating(layout, wishes, before);
        seating.privileged();
        seating.rest();
        return seating.seats;
    }

    private void privileged() {
        for (Wish wish : List.copyOf(wishes)) {
            if (wish.member() == FILM) {
                first(i -> isFree(i) && layout.slots().get(i).fileOnly(), wish);
            }
        }
        take(wish -> !wish.reservation().isEmpty(), (wish, slot) -> slot.reservation().equals(wish.reservation()));
        take(wish -> !wish.role().isEmpty(), (wish, slot) -> slot.role().equals(wish.role()));
        take(Wish::floor, (_, slot) -> slot.floor() || slot.floorOnly());
        for (Wish wish : List.copyOf(wishes)) {
            if (wish.slot() >= 0 && wish.slot() < seats.length && isFree(wish.slot()) && mayPut(layout.slots().get(wish.slot()))) {
                sit(wish, wish.slot());
            }
        }
    }

    private static boolean mayPut(Slot slot) {
        return !slot.fileOnly() && !slot.floorOnly();
    }

    private interface Fits {
        boolean test(Wish wish, Slot slot);
    }

    private void take(Predicate<Wish> who, Fits fits) {
        for (Wish wish : List.copyOf(wishes)) {
            if (who.test(wish)) {
                first(i -> isFree(i) && !layout.slots().get(i).fileOnly() && fits.test(wish, layout.slots().get(i)), wish);
            }
        }
    }

    private void rest() {
        boolean[] kept = new boolean[seats.length];
        keep(Wish::camera);
        swap();
        wishes.stream().filter(wish -> !wish.camera()).mapToInt(wish -> before.getOrDefault(wish.member(), NONE))
                .filter(slot -> slot >= 0 && slot < kept.length).forEach(slot -> kept[slot] = true);
        fill(Wish::camera, i -> !kept[i]);
        fill(Wish::camera, _ -> true);
        keep(wish -> !wish.camera());
        fill(wish -> !wish.camera(), _ -> true);
    }

    /// Who had a slot keeps it.
    private void keep(Predicate<Wish> who) {
        for (Wish wish : List.copyOf(wishes)) {
            int slot = before.getOrDefault(wish.member(), NONE);
            if (who.test(wish) && slot >= 0 && slot < seats.length && isFree(slot) && layout.slots().get(slot).open()) {
                sit(wish, slot);
            }
        }
    }

    /// Whom the floor drove from a slot gets the one that its new holder had.
    private void swap() {
        for (Wish wish : List.copyOf(wishes)) {
            int slot = before.getOrDefault(wish.member(), NONE);
            if (slot >= 0 && slot < seats.length && seats[slot] != NOBODY) {
                int freed = before.getOrDefault(seats[slot], NONE);
                if (freed >= 0 && freed < seats.length && isFree(freed) && layout.slots().get(freed).open()) {
                    sit(wish, freed);
                }
            }
        }
    }

    private void fill(Predicate<Wish> who, IntPredicate where) {
        for (Wish wish : List.copyOf(wishes)) {
            if (who.test(wish) && !first(i -> isFree(i) && where.test(i) && layout.slots().get(i).open() && !layout.slots().get(i).floor(), wish)) {
                first(i -> isFree(i) && where.test(i) && layout.slots().get(i).open(), wish); // the floor's own, while nobody has it
            }
        }
    }

    private boolean first(IntPredicate fits, Wish wish) {
        for (int i = 0; i < seats.length; i++) {
            if (fits.test(i)) {
                sit(wish, i);
                return true;
            }
        }
        return false;
    }

    private boolean isFree(int slot) {
        return seats[slot] == NOBODY;
    }

    private void sit(Wish wish, int slot) {
        seats[slot] = wish.member();
        wishes.remove(wish);
    }
}
