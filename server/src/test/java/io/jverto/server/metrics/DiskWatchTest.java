package io.jverto.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.jverto.testkit.time.VirtualTime;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DiskWatchTest {
    private static final long GIGABYTE = 1L << 30;
    private static final long UNKNOWN = -1;

    private final VirtualTime time = new VirtualTime();
    private final Deque<OptionalLong> sizes = new ArrayDeque<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(DiskWatch.class);
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();

    @BeforeEach
    void listens() {
        said.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(said);
    }

    @AfterEach
    void goes() {
        logger.detachAppender(said);
        logger.setLevel(null);
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

        assertThat(lines()).containsExactly(
                "WARN only 199 MB are free for /srv/data: make room there, or recordings will end, voicemail will be refused, and records will wait in memory",
                "ERROR 9 MB are free for /srv/data: recordings end, voicemail is refused, and records and messages wait in memory as long as they fit; make room there now",
                "INFO 1024 MB are free for /srv/data again");
    }

    @Test
    void aDiskThatCannotBeAskedSaysNothingAndIsAskedAgain() {
        DiskWatch watch = watching(GIGABYTE, UNKNOWN, GIGABYTE);

        time.settle();
        time.advance(DiskWatch.EVERY);
        assertThat(watch.free()).isEmpty();
        time.advance(DiskWatch.EVERY);

        assertThat(watch.free()).containsEntry("data", GIGABYTE);
        assertThat(lines()).isEmpty();
    }

    private DiskWatch watching(long... bytes) {
        for (long one : bytes) {
            sizes.add(one == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(one));
        }
        DiskWatch watch = new DiskWatch(Map.of("data", Path.of("/srv/data")), _ -> sizes.size() > 1 ? sizes.remove() : sizes.element(), time);
        watch.start();
        return watch;
    }

    private List<String> lines() {
        return said.list.stream().map(event -> event.getLevel() + " " + event.getFormattedMessage()).toList();
    }
}
