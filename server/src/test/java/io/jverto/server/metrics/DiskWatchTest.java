package io.jverto.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.jverto.testkit.log.LogLines;
import io.jverto.testkit.time.VirtualTime;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiskWatchTest {
    private static final long GIGABYTE = 1L << 30;
    private static final long UNKNOWN = -1;

    private final VirtualTime time = new VirtualTime();
    private final Deque<OptionalLong> sizes = new ArrayDeque<>();
    private final LogLines said = LogLines.of(DiskWatch.class, Level.INFO);

    @AfterEach
    void goes() {
        said.close();
    }

    @Test
    void aDiskThatFillsIsSaidOnceAtEachStepAndOnceWhenThereIsRoomAgain() {
        DiskWatch watch = watching(GIGABYTE, DiskWatch.LITTLE - 1, DiskWatch.LITTLE - 2, DiskWatch.NOTHING - 1, 0, GIGABYTE, GIGABYTE);

        time.settle();
        assertThat(watch.text()).isEqualTo("enough");
        time.advance(DiskWatch.EVERY.multipliedBy(4));
        assertThat(watch.text()).startsWith("full: recordings");
        assertThat(watch.free()).containsExactly(Map.entry("data", 0L));
        time.advance(DiskWatch.EVERY.multipliedBy(2));

        assertThat(said.leveled()).containsExactly(
                "WARN only 199 MB are free for /srv/data: make room there, or recordings will end, voicemail will be refused, and records will wait in memory",
                "ERROR 9 MB are free for /srv/data: recordings end, voicemail is refused, and records and messages wait in memory as long as they fit; make room there now",
                "INFO 1024 MB are free for /srv/data again");
    }

    @Test
    void aFolderWithinAnotherIsNotSaidAgainUnlessItIsOnADiskOfItsOwn() {
        Map<Path, Long> room = new HashMap<>(Map.of(Path.of("/srv/data"), DiskWatch.LITTLE - 1, Path.of("/srv/data/recordings"), DiskWatch.LITTLE - 5_000));
        new DiskWatch(Map.of("data", Path.of("/srv/data"), "recordings", Path.of("/srv/data/recordings")), folder -> OptionalLong.of(room.get(folder)), time).start();
        time.settle();
        assertThat(said.leveled()).singleElement().asString().contains("199 MB are free for /srv/data:");

        room.put(Path.of("/srv/data/recordings"), 0L);
        time.advance(DiskWatch.EVERY);
        assertThat(said.leveled()).last().asString().contains("0 MB are free for /srv/data/recordings:");
    }

    @Test
    void aDiskThatCannotBeAskedSaysNothingAndIsAskedAgain() {
        DiskWatch watch = watching(GIGABYTE, UNKNOWN, GIGABYTE);

        time.settle();
        time.advance(DiskWatch.EVERY);
        assertThat(watch.free()).isEmpty();
        time.advance(DiskWatch.EVERY);

        assertThat(watch.free()).containsEntry("data", GIGABYTE);
        assertThat(said.leveled()).isEmpty();
    }

    private DiskWatch watching(long... bytes) {
        for (long one : bytes) {
            sizes.add(one == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(one));
        }
        DiskWatch watch = new DiskWatch(Map.of("data", Path.of("/srv/data")), _ -> sizes.size() > 1 ? sizes.remove() : sizes.element(), time);
        watch.start();
        return watch;
    }
}
