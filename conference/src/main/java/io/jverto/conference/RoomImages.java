package io.jverto.conference;

import io.jverto.media.plan.Scene.Art;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where pictures for canvases are: in `images_dir`. What the configuration wrote may lie anywhere; what a command names stays in that folder
/// (security.md S34).
final class RoomImages {
    private static final String FOLDER = "images_dir";

    private RoomImages() {}

    /// @param text of the configuration
    static Optional<Art> ofConfiguration(Map<String, String> globals, String text) {
        return text.isBlank() ? Optional.empty() : path(globals, text).map(Art.Image::new);
    }

    /// @param text of a command or a channel
    static Optional<Art> ofCommand(Map<String, String> globals, String text) {
        Optional<Path> folder = folder(globals);
        return path(globals, text).filter(path -> folder.isPresent() && path.startsWith(folder.get()) && !path.equals(folder.get())).map(Art.Image::new);
    }

    private static Optional<Path> folder(Map<String, String> globals) {
        String folder = globals.getOrDefault(FOLDER, "");
        return folder.isEmpty() ? Optional.empty() : Optional.of(Path.of(folder).toAbsolutePath().normalize());
    }

    private static Optional<Path> path(Map<String, String> globals, String text) {
        try {
            Path given = Path.of(text.strip());
            return given.isAbsolute() ? Optional.of(given.normalize()) : folder(globals).map(folder -> folder.resolve(given).normalize());
        } catch (InvalidPathException broken) {
            return Optional.empty();
        }
    }
}
