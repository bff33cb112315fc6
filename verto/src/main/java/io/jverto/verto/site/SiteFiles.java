package io.jverto.verto.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// The files below one folder, and none beside it: no `..`, no link that leads out, no name that begins with a dot but the
/// `.well-known` of RFC 8615.
final class SiteFiles {
    private static final int MAX_SEGMENTS = 63;
    private static final String WELL_KNOWN = ".well-known";

    private final Path root;
    private final String index;

    /// @param index name of the file that a folder stands for
    SiteFiles(Path root, String index) {
        this.root = root;
        this.index = index;
    }

    /// Blocks: the disk is asked.
    ///
    /// @param path decoded, from `/` on
    /// @return the file itself, behind every link
    Optional<Path> find(String path) {
        String[] segments = path.split("/");
        if (segments.length > MAX_SEGMENTS || !Arrays.stream(segments).allMatch(SiteFiles::isShown)) {
            return Optional.empty();
        }
        try {
            Path jail = root.toRealPath();
            Path found = jail.resolve("." + path).toRealPath();
            Path file = Files.isDirectory(found) ? found.resolve(index).toRealPath() : found;
            return Optional.of(file).filter(one -> one.startsWith(jail) && isShown(jail, one)
                    && Files.isRegularFile(one, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException | InvalidPathException notThere) {
            return Optional.empty();
        }
    }

    /// A link must not lead to a hidden file either.
    private static boolean isShown(Path jail, Path file) {
        for (Path name : jail.relativize(file)) {
            if (!isShown(name.toString())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isShown(String segment) {
        return !segment.startsWith(".") || segment.equals(WELL_KNOWN);
    }
}
