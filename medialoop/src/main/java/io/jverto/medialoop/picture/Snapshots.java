package io.jverto.medialoop.picture;

import io.jverto.media.picture.Picture;
import io.jverto.media.picture.PngMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes pictures of canvases to files, each on a thread of its own, a few at a time.
final class Snapshots {
    private static final Logger log = LoggerFactory.getLogger(Snapshots.class);
    /// Each holds a picture of some megabytes.
    private static final int MAX_WRITERS = 4;
    private static final Semaphore WRITERS = new Semaphore(MAX_WRITERS);

    private Snapshots() {}

    /// Nobody sees half a file: it comes in one piece.
    ///
    /// @param ended told when it is there, or cannot be
    /// @return false when too many are being written
    static boolean write(String room, Picture picture, Path file, boolean followLinks, Runnable ended) {
        if (!WRITERS.tryAcquire()) {
            log.warn("room {}: no picture is written to {}: {} others are being written", room, file, MAX_WRITERS);
            return false;
        }
        Thread.ofVirtual().name("snapshot").start(() -> {
            try {
                write(picture, followLinks && Files.isSymbolicLink(file) ? file.toRealPath() : file);
                log.info("room {}: its canvas is in {}", room, file);
            } catch (IOException cause) {
                log.warn("room {}: {} cannot be written: {}", room, file, cause.toString());
            } finally {
                WRITERS.release();
                ended.run();
            }
        });
        return true;
    }

    private static void write(Picture picture, Path file) throws IOException {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("it is a folder");
        }
        Path part = file.resolveSibling("." + UUID.randomUUID() + ".part");
        try {
            Files.write(part, PngMaker.png(picture), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
