package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.testkit.time.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// People in rooms whose sockets are killed at random points, on the whole server: every client that is there has the list of its room
/// exactly, without a gap, whatever happened to its connection (verto-wire.md sections 4.6, 9.4).
class RoomSurvivalTest {
    private static final int RUNS = 1_000;
    private static final int STEPS = 16;

    @TempDir
    Path data;

    @Test
    void everybodyWhoIsThereHasTheListOfTheRoomWhateverSocketsDo() {
        VirtualTime time = new VirtualTime();
        try (ReplayedServer server = new ReplayedServer(time, data)) {
            RoomWorld world = new RoomWorld(server, time);
            for (int seed = 0; seed < RUNS; seed++) {
                world.begin(new Random(seed));
                for (int step = 0; step < STEPS; step++) {
                    String did = world.step();
                    assertThat(world.seen()).as("seed %d step %d: %s", seed, step, did).isEqualTo(world.expected());
                }
                world.everybodyLeaves();
                assertThat(world.left()).as("seed %d at the end", seed).isEmpty();
            }
        }
        time.advance(Duration.ofSeconds(2));
    }
}
