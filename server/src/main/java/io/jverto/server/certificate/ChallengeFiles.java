package io.jverto.server.certificate;

import io.jverto.server.startup.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a server that runs shows an authority, as long as it asks.
final class ChallengeFiles {
    private static final Logger log = LoggerFactory.getLogger(ChallengeFiles.class);

    private final Path folder;
    private final List<Path> made = new ArrayList<>();

    ChallengeFiles(Path folder) throws IOException {
        SecretFile.folder(folder);
        this.folder = folder;
    }

    void put(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        made.add(file);
        SecretFile.write(file, text);
    }

    void delete() {
        for (Path file : made) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException stays) {
                log.warn("{} cannot be deleted: {}", file, stays.getMessage());
            }
        }
    }
}
