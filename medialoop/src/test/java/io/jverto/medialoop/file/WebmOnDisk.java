package io.jverto.medialoop.file;

import io.jverto.media.file.Webm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;

/// Reads WebM files for tests.
public final class WebmOnDisk {
    private WebmOnDisk() {}

    /// @param look at the stream from its beginning
    public static <T> T read(Path path, Function<Webm, T> look) throws IOException {
        try (SoundFile file = SoundFile.read(path)) {
            return look.apply(((Webm.Result.Ok) Webm.open(file)).stream());
        }
    }
}
