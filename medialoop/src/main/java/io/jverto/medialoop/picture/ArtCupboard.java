package io.jverto.medialoop.picture;

import io.jverto.media.picture.ArtMaker;
import io.jverto.media.picture.Sprite;
import io.jverto.media.plan.Scene.Art;
import io.jverto.media.studio.StudioSetup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sprites of texts and files, which threads of their own make. Those that were longest not asked for go when there are too many. Thread-safe.
final class ArtCupboard implements StudioSetup.ArtShelf {
    private static final Logger log = LoggerFactory.getLogger(ArtCupboard.class);
    /// Bytes of a pixel of a sprite, nearly.
    private static final int PIXEL_BYTES = 3;
    private static final long MAX_BYTES = 64L << 20;
    private static final int MAX_MAKERS = 2;

    private final Runnable ready;
    private final Map<Key, Optional<Sprite>> sprites = new LinkedHashMap<>(64, 0.75f, true); // guarded by this
    private long bytes; // guarded by this
    private final Semaphore makers = new Semaphore(MAX_MAKERS);

    /// @param ready told when something was made
    ArtCupboard(Runnable ready) {
        this.ready = ready;
    }

    private record Key(Art art, int width, int height) {
        long bytes() {
            return (long) width * height * PIXEL_BYTES;
        }
    }

    @Override
    public @Nullable Sprite get(Art art, int width, int height) {
        Key key = new Key(art, width, height);
        synchronized (this) {
            Optional<Sprite> kept = sprites.get(key);
            if (kept != null) {
                return kept.orElse(null);
            }
            sprites.put(key, Optional.empty());
            bytes += key.bytes();
            tidy();
        }
        Thread.ofVirtual().name("art").start(() -> make(key));
        return null;
    }

    private void tidy() {
        var oldest = sprites.keySet().iterator();
        while (bytes > MAX_BYTES && sprites.size() > 1 && oldest.hasNext()) {
            bytes -= oldest.next().bytes();
            oldest.remove();
        }
    }

    private void make(Key key) {
        makers.acquireUninterruptibly();
        try {
            byte[] file = key.art() instanceof Art.Image(Path path) ? read(path) : new byte[0];
            Optional<Sprite> made = ArtMaker.make(key.art(), file, key.width(), key.height());
            if (made.isEmpty()) {
                log.warn("no picture could be made of {}", key.art());
                return;
            }
            synchronized (this) {
                sprites.replace(key, made);
            }
            ready.run();
        } catch (IOException cause) {
            log.warn("{} cannot be read: {}", key.art(), cause.toString());
        } finally {
            makers.release();
        }
    }

    private static byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(ArtMaker.MAX_FILE + 1);
        }
    }
}
