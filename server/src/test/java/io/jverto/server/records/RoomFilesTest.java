package io.jverto.server.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.count.Counters;
import io.jverto.switchboard.port.RoomRecords.RoomRecord;
import io.jverto.testkit.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomFilesTest {
    @TempDir
    Path folder;

    private final VirtualTime time = new VirtualTime();
    private final Counters<RecordCount> counters = new Counters<>(RecordCount.class);

    @Test
    void eachRoomHasAFileInTheFolderThatItsProfileNames() throws IOException {
        RoomFiles files = open();
        files.ended(new RoomRecord("auto", "a.cdr.xml", "<cdr>a</cdr>"));
        files.ended(new RoomRecord("rooms/big", "b.cdr.xml", "<cdr>b</cdr>"));
        files.ended(new RoomRecord(folder.resolve("elsewhere").toString(), "c.cdr.xml", "<cdr>c</cdr>"));
        time.settle();
        files.close();

        assertThat(folder.resolve("log/conference_cdr/a.cdr.xml")).hasContent("<cdr>a</cdr>");
        assertThat(folder.resolve("log/rooms/big/b.cdr.xml")).hasContent("<cdr>b</cdr>");
        assertThat(folder.resolve("elsewhere/c.cdr.xml")).hasContent("<cdr>c</cdr>");
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.filter(Files::isRegularFile)).hasSize(3); // nothing unfinished is left
        }
        assertThat(counters.get(RecordCount.ROOMS_WRITTEN)).isEqualTo(3);
    }

    @Test
    void whatAFolderDoesNotTakeWaitsForItAndOthersGoOn() throws IOException {
        Files.writeString(folder.resolve("log"), "a file where the folder should be");
        RoomFiles files = open();
        files.ended(new RoomRecord("auto", "a.cdr.xml", "<cdr/>"));
        files.ended(new RoomRecord("\0", "a.cdr.xml", "<cdr/>"));
        files.ended(new RoomRecord(folder.resolve("ok").toString(), "c.cdr.xml", "<cdr/>"));
        time.settle();
        assertThat(counters.get(RecordCount.ROOMS_LOST)).as("a folder that no disk can have").isEqualTo(1);
        assertThat(folder.resolve("ok/c.cdr.xml")).exists();

        Files.delete(folder.resolve("log"));
        time.advance(Outlets.TRY_AGAIN);
        files.close();

        assertThat(folder.resolve("log/conference_cdr/a.cdr.xml")).hasContent("<cdr/>");
        assertThat(counters.get(RecordCount.ROOMS_WRITTEN)).isEqualTo(2);
        assertThat(counters.get(RecordCount.ROOMS_LOST)).isEqualTo(1);
    }

    @Test
    void memoryHoldsSoManyAndWhatIsNotWrittenAtTheEndIsLost() throws IOException {
        Files.writeString(folder.resolve("log"), "a file where the folder should be");
        RoomFiles files = new RoomFiles(folder.resolve("log"), time, counters, new Outlets.Limits(2, 10_000));
        files.open();
        IntStream.range(0, 5).forEach(i -> files.ended(new RoomRecord("auto", i + ".cdr.xml", "<cdr/>")));
        time.settle();
        assertThat(counters.get(RecordCount.ROOMS_LOST)).isEqualTo(3);

        files.close();
        assertThat(counters.get(RecordCount.ROOMS_LOST)).isEqualTo(5);
    }

    @Test
    void noMoreWaitThanTheQueueHolds() {
        RoomFiles files = new RoomFiles(folder.resolve("log"), time, counters);
        IntStream.range(0, 300).forEach(i -> files.ended(new RoomRecord("auto", i + ".cdr.xml", "<cdr/>")));
        assertThat(counters.get(RecordCount.ROOMS_LOST)).isEqualTo(44);
        files.open();
        time.settle();
        files.close();

        assertThat(counters.get(RecordCount.ROOMS_WRITTEN)).isEqualTo(256);
    }

    private RoomFiles open() {
        RoomFiles files = new RoomFiles(folder.resolve("log"), time, counters);
        files.open();
        return files;
    }
}
