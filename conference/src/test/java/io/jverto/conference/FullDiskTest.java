package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.medialoop.file.Disk;
import io.jverto.switchboard.event.CoreEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A disk that becomes full while a room is recorded (conference.md section 18).
class FullDiskTest {
    private static final double HEARD = 1_500;
    private static final int SECOND = 50;

    @TempDir Path folder;

    private long space = Long.MAX_VALUE;

    @ParameterizedTest
    @CsvSource({"a.wav, 200000", "a.ogg, 12000"})
    void theRecordingEndsWithAnEventWhatWasWrittenCanBePlayedAndTheRoomGoesOn(String name, long room) {
        try (MixedMedia media = new MixedMedia(this::open)) {
            RoomSetup setup = RoomSetup.over(media, "rate", "48000");
            setup.globals.put("recordings_dir", folder.toString());
            setup.globals.put("sounds_dir", folder.toString());
            TestChannel ada = media.phone("Ada", 400);
            TestChannel bob = media.phone("Bob", 900);
            setup.join(ada.wants("3000"));
            setup.join(bob.wants("3000"));
            setup.watch();
            space = room;

            assertThat(setup.api("3000 record " + name)).startsWith("+OK");
            media.run(6 * SECOND);

            CoreEvent end = await(setup);
            assertThat(end.header("Path")).contains(folder.resolve(name).toString());
            assertThat(end.header("Reason")).contains("FAILED");
            int millis = Integer.parseInt(end.header("Milliseconds-Elapsed").orElseThrow());
            assertThat(millis).isBetween(1_000, 5_000);
            assertThat(folder.resolve(name).toFile().length()).as("the disk").isBetween(room / 2, room);
            assertThat(setup.api("3000 chkrecord")).isEqualTo("-ERR Conference is not being recorded.\n");
            assertThat(MixedMedia.level(ada, 900)).as("they go on to hear each other").isGreaterThan(HEARD);
            assertThat(MixedMedia.level(bob, 400)).isGreaterThan(HEARD);

            MixedMedia.says(ada, false);
            MixedMedia.says(bob, false);
            media.run(SECOND);
            assertThat(MixedMedia.level(ada, 900)).isLessThan(50);
            assertThat(setup.api("3000 play " + name)).startsWith("+OK");
            media.run(SECOND / 2);
            assertThat(MixedMedia.level(ada, 900)).as("what was written").isGreaterThan(HEARD);
            assertThat(MixedMedia.level(ada, 400)).isGreaterThan(HEARD);

            space = Long.MAX_VALUE;
            assertThat(setup.api("3000 record again-" + name)).startsWith("+OK");
            media.run(SECOND);
            setup.api("3000 norecord all");
            media.run(2);
            assertThat(await(setup).header("Reason")).contains("STOPPED");
        }
    }

    private static CoreEvent await(RoomSetup setup) {
        setup.time.settle();
        CoreEvent last = setup.told.stream().filter(event -> event.header("Action").orElse("").equals("stop-recording")).findFirst().orElseThrow();
        setup.told.clear();
        return last;
    }

    /// What does not fit any more is written as far as it does, as a disk would.
    private Disk.OpenFile open(Path path, Set<OpenOption> options) throws IOException {
        Disk.OpenFile file = Disk.FILES.open(path, options);
        return new Disk.OpenFile() {
            @Override
            public void write(ByteBuffer bytes, long at) throws IOException {
                long fits = Math.clamp(space - at, 0, bytes.remaining());
                boolean full = fits < bytes.remaining();
                file.write(full ? bytes.limit(bytes.position() + (int) fits) : bytes, at);
                if (full) {
                    throw new IOException("No space left on device");
                }
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }
}
