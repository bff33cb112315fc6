package io.jverto.conference.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeatingTest {
    private static final Layout GRID = Layouts.grid(2);
    private static final Layout PRESENTER = new Layout("presenter", List.of(
            slot(true, false, "", ""), slot(false, false, "", ""), slot(false, false, "presenter", ""), slot(false, false, "", "scribe")), false, 0, "", "");
    private static final Layout STAGE = new Layout("stage", List.of(slot(false, true, "", ""), slot(false, false, "", "")), false, 0, "", "");

    @Test
    void membersSitInTheOrderOfComing() {
        assertThat(seat(GRID, Map.of(), camera(5), camera(3), camera(9))).containsExactly(5, 3, 9, 0);
    }

    @Test
    void whoStaysKeepsHisSlotWhenAnotherLeaves() {
        assertThat(seat(GRID, Map.of(5, 0, 3, 1, 9, 2), camera(3), camera(9))).containsExactly(0, 3, 9, 0);
    }

    @Test
    void whoComesLaterGetsTheFirstFreeSlot() {
        assertThat(seat(GRID, Map.of(3, 1, 9, 2), camera(3), camera(9), camera(12))).containsExactly(12, 3, 9, 0);
    }

    @Test
    void nobodySitsWhereThereIsNoRoom() {
        assertThat(seat(GRID, Map.of(), camera(1), camera(2), camera(3), camera(4), camera(5))).containsExactly(1, 2, 3, 4);
    }

    @Test
    void theFloorsHolderDrivesWhoSitsThereToHisOwnOldSlot() {
        assertThat(seat(PRESENTER, Map.of(1, 0, 2, 1), camera(1), floor(2))).containsExactly(2, 1, 0, 0);
    }

    @Test
    void theFloorsSlotIsForOthersOnlyWhileNobodyHasTheFloor() {
        assertThat(seat(PRESENTER, Map.of(), camera(1))).as("ordinary slots go first").containsExactly(0, 1, 0, 0);
        assertThat(seat(PRESENTER, Map.of(), camera(1), camera(2))).containsExactly(2, 1, 0, 0);
        assertThat(seat(STAGE, Map.of(), camera(1), camera(2))).as("floor-only is never for others").containsExactly(0, 1);
        assertThat(seat(STAGE, Map.of(2, 1), camera(1), floor(2))).containsExactly(2, 1);
    }

    @Test
    void aReservedSlotWaitsForItsMember() {
        assertThat(seat(PRESENTER, Map.of(), camera(1), camera(2), camera(3))).containsExactly(2, 1, 0, 0);
        assertThat(seat(PRESENTER, Map.of(1, 1), reserved(1, "presenter"), camera(2))).containsExactly(0, 2, 1, 0);
        assertThat(seat(PRESENTER, Map.of(), reserved(1, "nowhere"))).as("an id that the layout has not is no right").containsExactly(0, 1, 0, 0);
    }

    @Test
    void aReservationCountsMoreThanTheFloor() {
        Seating.Wish both = new Seating.Wish(7, "presenter", "", true, true, Seating.NONE);

        assertThat(seat(PRESENTER, Map.of(), both, camera(2))).containsExactly(0, 2, 7, 0);
    }

    @Test
    void aRoleHasItsSlot() {
        assertThat(seat(PRESENTER, Map.of(), new Seating.Wish(4, "", "scribe", false, true, Seating.NONE), camera(2))).containsExactly(0, 2, 0, 4);
    }

    @Test
    void aSlotThatWasAskedForGoesToWhoAsked() {
        assertThat(seat(GRID, Map.of(1, 0, 2, 3), camera(1), new Seating.Wish(2, "", "", false, true, 0))).containsExactly(2, 0, 0, 1);
    }

    @Test
    void anAvatarGivesWayToACamera() {
        Seating.Wish avatar = new Seating.Wish(1, "", "", false, false, Seating.NONE);

        assertThat(seat(GRID, Map.of(1, 0), avatar, camera(2))).as("while there is room it stays").containsExactly(1, 2, 0, 0);
        assertThat(seat(GRID, Map.of(1, 0, 2, 1, 3, 2, 4, 3), avatar, camera(2), camera(3), camera(4), camera(5))).containsExactly(5, 2, 3, 4);
    }

    /// Whatever is asked for: nobody sits twice, nobody sits where he may not, and no open slot is empty while somebody stands.
    @Test
    void anySeatingIsFair() {
        Random random = new Random(8);
        List<Layout> layouts = List.of(GRID, PRESENTER, STAGE, Layouts.grid(3));
        Map<Integer, Integer> before = new HashMap<>();
        for (int round = 0; round < 20_000; round++) {
            Layout layout = layouts.get(random.nextInt(layouts.size()));
            List<Seating.Wish> wishes = new ArrayList<>();
            for (int id = 1; id <= random.nextInt(12); id++) {
                wishes.add(new Seating.Wish(id, random.nextInt(5) == 0 ? "presenter" : "", random.nextInt(7) == 0 ? "scribe" : "",
                        random.nextInt(6) == 0, random.nextInt(4) > 0, random.nextInt(6) == 0 ? random.nextInt(-1, 12) : Seating.NONE));
            }

            int[] seats = Seating.seat(layout, wishes, before);

            List<Integer> seated = Arrays.stream(seats).filter(id -> id != Seating.NOBODY).boxed().toList();
            assertThat(seated).doesNotHaveDuplicates();
            boolean somebodyStands = seated.size() < wishes.size();
            for (int i = 0; i < seats.length; i++) {
                int id = seats[i];
                Slot slot = layout.slots().get(i);
                assertThat(id == 0 && somebodyStands && slot.open()).as("slot %d of %s stays empty", i, layout).isFalse();
                wishes.stream().filter(wish -> wish.member() == id && wish.slot() == Seating.NONE).forEach(wish -> assertThat(
                        slot.open() || slot.floorOnly() && wish.floor()
                                || slot.reservation().equals(wish.reservation()) && slot.role().isEmpty() && !slot.reservation().isEmpty()
                                || slot.role().equals(wish.role()) && !slot.role().isEmpty()).as("%s in %s", wish, slot).isTrue());
            }
            before = new HashMap<>();
            for (int i = 0; i < seats.length; i++) {
                before.put(seats[i], i);
            }
        }
    }

    private static int[] seat(Layout layout, Map<Integer, Integer> before, Seating.Wish... wishes) {
        return Seating.seat(layout, List.of(wishes), before);
    }

    private static Seating.Wish camera(int id) {
        return new Seating.Wish(id, "", "", false, true, Seating.NONE);
    }

    private static Seating.Wish floor(int id) {
        return new Seating.Wish(id, "", "", true, true, Seating.NONE);
    }

    private static Seating.Wish reserved(int id, String reservation) {
        return new Seating.Wish(id, reservation, "", false, true, Seating.NONE);
    }

    private static Slot slot(boolean floor, boolean floorOnly, String reservation, String role) {
        return new Slot(0, 0, 180, 180, false, floor, floorOnly, false, true, reservation, role, "", -1);
    }
}
