package io.jverto.server;

import io.jverto.testkit.time.VirtualTime;
import io.jverto.testkit.transcript.Transcript;
import io.jverto.testkit.transcript.TranscriptPlayer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Plays the files of `src/test/resources/transcripts`: dialogues that need endpoint, switch and rooms together.
class WholeServerTranscriptTest {
    private static final Path FOLDER = Path.of("src/test/resources/transcripts");
    private static final Path DESCRIPTIONS = Path.of("src/test/resources/replay/sdp");

    @TempDir
    Path data;

    @TestFactory
    Stream<DynamicTest> everyTranscriptIsKept() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(FOLDER)) {
            files = found.filter(path -> path.toString().endsWith(".vt")).sorted().toList();
        }
        return files.stream().map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> play(file)));
    }

    private void play(Path file) {
        String name = file.getFileName().toString();
        VirtualTime time = new VirtualTime();
        try (ReplayedServer server = new ReplayedServer(time, data.resolve(name))) {
            TranscriptPlayer.play(Transcript.parse(name, text(file), WholeServerTranscriptTest::description), time, server);
        }
    }

    private static String description(String name) {
        Path own = FOLDER.resolve(name);
        return text(Files.exists(own) ? own : DESCRIPTIONS.resolve(name)).replace("\n", "\r\n");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
