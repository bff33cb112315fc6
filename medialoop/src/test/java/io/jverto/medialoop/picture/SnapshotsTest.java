package io.jverto.medialoop.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.picture.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsTest {
    @TempDir
    private Path folder;

    private void write(Path file, boolean followLinks) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        assertThat(Snapshots.write("3000", new Picture(64, 36), file, followLinks, () -> done.complete(null))).isTrue();
        done.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aPictureTakesThePlaceOfWhatWasThereInOnePiece() throws IOException {
        Path file = folder.resolve("now.png");
        Files.writeString(file, "old");

        write(file, false);

        assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(64);
        assertThat(files()).containsExactly("now.png");
    }

    @Test
    void s34ALinkOfSomebodyElseIsReplacedAndNotFollowed() throws IOException {
        Path target = Files.writeString(folder.resolve("secret"), "kept");
        Path link = Files.createSymbolicLink(folder.resolve("now.png"), target);

        write(link, false);

        assertThat(target).hasContent("kept");
        assertThat(Files.isSymbolicLink(link)).isFalse();
        assertThat(ImageIO.read(link.toFile()).getHeight()).isEqualTo(36);
    }

    @Test
    void aLinkOfTheConfigurationIsFollowed() throws IOException {
        Path target = Files.writeString(folder.resolve("shown.png"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("now.png"), target);

        write(link, true);

        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(ImageIO.read(target.toFile()).getWidth()).isEqualTo(64);
    }

    @Test
    void whatCannotBeWrittenLeavesNothing() throws IOException {
        Files.createDirectory(folder.resolve("now.png"));

        write(folder.resolve("now.png"), false);
        write(folder.resolve("nowhere/now.png"), false);

        assertThat(files()).containsExactly("now.png");
    }
}
