package io.jverto.server.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jverto.base.count.Counters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    @TempDir
    Path temp;

    private final Counters<RecordCount> counters = new Counters<>(RecordCount.class);

    @Test
    void linesComeOutInOrderAndOnceWhenTheyAreDelivered() throws IOException {
        try (Spool spool = spool()) {
            spool.append(List.of("one", "two"));
            spool.append(List.of("three"));

            Spool.Batch first = spool.next(2);
            assertThat(first.lines()).containsExactly("one", "two");
            assertThat(spool.next(2)).as("again, until it is delivered").isEqualTo(first);
            spool.delivered(first);
            spool.append(List.of("four"));
            assertThat(take(spool)).containsExactly("three", "four");
            assertThat(spool.next(10).lines()).isEmpty();
            assertThat(spool.size()).isZero();
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void whatWasNotDeliveredIsThereAfterARestart() throws IOException {
        try (Spool spool = spool()) {
            spool.append(List.of("Größe \uD83D\uDE00", "two"));
        }
        try (Spool spool = spool()) {
            spool.append(List.of("three"));
            assertThat(take(spool)).containsExactly("Größe \uD83D\uDE00", "two", "three");
        }
        try (Spool spool = spool()) {
            assertThat(take(spool)).isEmpty();
        }
    }

    @Test
    void aLineThatWasCutOffIsPassedOverAndCountedAndNoneBehindItIsLost() throws IOException {
        try (Spool spool = spool()) {
            spool.append(List.of("one", "two"));
        }
        Path file = files().getFirst();
        byte[] bytes = Files.readAllBytes(file);
        for (int cut = 1; cut < bytes.length; cut++) {
            Files.write(file, java.util.Arrays.copyOf(bytes, cut));
            try (Spool spool = spool()) {
                spool.append(List.of("three"));
                List<String> lines = take(spool);
                assertThat(lines).last().isEqualTo("three");
                assertThat(lines).hasSize(cut < 13 ? 1 : 2);
            }
        }
        assertThat(counters.get(RecordCount.DAMAGED)).isEqualTo(bytes.length - 1 - 1L); // once it ends between two lines
    }

    @Test
    void aDamagedLineIsPassedOverAndCounted() throws IOException {
        try (Spool spool = spool()) {
            spool.append(List.of("one", "two", "three"));
        }
        Path file = files().getFirst();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        try (Spool spool = spool()) {
            assertThat(take(spool)).containsExactly("one", "three");
        }
        assertThat(counters.get(RecordCount.DAMAGED)).isEqualTo(1);
    }

    @Test
    void rubbishOfAnyKindNeitherThrowsNorStopsWhatComesBehindIt() throws IOException {
        Random random = new Random(1);
        for (int round = 0; round < 50; round++) {
            byte[] rubbish = new byte[random.nextInt(3_000)];
            random.nextBytes(rubbish);
            Files.createDirectories(temp.resolve("spool"));
            Files.write(temp.resolve("spool/0000000000000001.spool"), rubbish, StandardOpenOption.CREATE);
            try (Spool spool = spool()) {
                spool.append(List.of("good"));
                assertThat(take(spool)).containsExactly("good");
            }
        }
    }

    @Test
    void itHoldsSoMuchAndNoMore() throws IOException {
        try (Spool spool = Spool.open(temp.resolve("spool"), 100, counters)) {
            assertThat(spool.append(List.of("x".repeat(40), "y".repeat(40), "z".repeat(40)))).isEqualTo(2);
            assertThat(spool.append(List.of("z".repeat(40)))).isZero();
            assertThat(take(spool)).containsExactly("x".repeat(40), "y".repeat(40));
            assertThat(spool.append(List.of("z".repeat(40)))).isEqualTo(1);
        }
    }

    @Test
    void muchIsReadInSeveralFiles() throws IOException {
        List<String> all = new ArrayList<>();
        try (Spool spool = spool()) {
            for (int i = 0; i < 30; i++) {
                List<String> some = IntStream.range(0, 10).mapToObj(n -> "line " + n + "x".repeat(50_000)).toList();
                all.addAll(some);
                spool.append(some);
            }
            assertThat(files()).hasSizeGreaterThan(2);
            assertThat(take(spool)).isEqualTo(all);
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void nobodyElseOnTheMachineCanReadIt() throws IOException {
        spool().close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve("spool")))).isEqualTo("rwx------");
    }

    @Test
    void aFolderThatIsNoneIsAnError() throws IOException {
        Files.writeString(temp.resolve("spool"), "in the way");

        assertThatThrownBy(this::spool).isInstanceOf(IOException.class);
    }

    private Spool spool() throws IOException {
        return Spool.open(temp.resolve("spool"), Long.MAX_VALUE, counters);
    }

    private static List<String> take(Spool spool) throws IOException {
        List<String> all = new ArrayList<>();
        for (Spool.Batch batch = spool.next(7); !batch.lines().isEmpty(); batch = spool.next(7)) {
            all.addAll(batch.lines());
            spool.delivered(batch);
        }
        return all;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(temp.resolve("spool"))) {
            return all.sorted().toList();
        }
    }
}
