package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.server.replay.Replays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Recorded dialogues of real clients with the reference server, played against ours: what differs is known, and explained.
class ReplayTest {
    private static final Path DEVIATIONS = Path.of("..", "docs", "protocol", "deviations.md");

    @TempDir
    static Path temp;

    private static Replays replays;

    @BeforeAll
    static void playsEveryRecording() throws IOException {
        replays = Replays.play((time, name) -> new ReplayedServer(time, temp.resolve(name)));
    }

    @TestFactory
    Stream<DynamicTest> nothingDiffersThatIsNotListed() {
        return replays.names().map(name -> DynamicTest.dynamicTest(name, () -> assertThat(replays.unexplained(name)).isEmpty()));
    }

    @Test
    void noDifferenceIsListedTwice() {
        assertThat(replays.explainedTwice()).isEmpty();
    }

    @Test
    void nothingIsListedThatDoesNotDifferAnyMore() {
        assertThat(replays.stale()).isEmpty();
    }

    @Test
    void everyDifferenceThatIsListedIsExplained() throws IOException {
        String deviations = Files.readString(DEVIATIONS);

        assertThat(replays.numbers()).allSatisfy(number -> assertThat(deviations).contains("| " + number + " |"));
    }
}
