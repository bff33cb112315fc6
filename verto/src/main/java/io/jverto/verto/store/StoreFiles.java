package io.jverto.verto.store;

import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.wire.jsonrpc.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of one folder, each a JSON object. A file is whole or as it was. Names are plain words: nothing outside of the folder is
/// ever named (security.md S34).
final class StoreFiles {
    private static final Logger log = LoggerFactory.getLogger(StoreFiles.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");
    private static final int MAX_FILES = 1_000;
    /// UTF-8 of a text as long as one may be.
    private static final long MAX_BYTES = 4L * JsonText.MAX_LENGTH;

    private final Path folder;

    StoreFiles(Path folder) {
        this.folder = folder;
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /// @return false when it could not be written, or there are as many files as there may be
    synchronized boolean write(String name, JsonObject content) {
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve(name);
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS) && count() >= MAX_FILES) {
                log.warn("{} has {} files: no more are written", folder, MAX_FILES);
                return false;
            }
            Path fresh = Files.createTempFile(folder, ".new", "");
            try {
                Files.write(fresh, JsonText.write(content).getBytes(StandardCharsets.UTF_8));
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
            return true;
        } catch (IOException wrong) {
            log.warn("{} cannot be written in {}: {}", name, folder, wrong.toString());
            return false;
        }
    }

    private long count() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.limit(MAX_FILES).count();
        }
    }

    /// @return empty when there is no such file, or it holds no object
    Optional<JsonObject> read(String name) {
        Path file = folder.resolve(name);
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= MAX_BYTES
                    ? JsonText.parse(Files.readString(file)).flatMap(JsonValue::asObject)
                    : Optional.empty();
        } catch (IOException wrong) {
            log.warn("{} cannot be read in {}: {}", name, folder, wrong.toString());
            return Optional.empty();
        }
    }
}
