package io.jverto.server.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;

/// Finds the files that an include pattern names, and none outside the configuration folder: not by `..`, not by an
/// absolute path, not by a symbolic link.
final class Includes {
    private static final int MAX_MATCHES = 10_000;

    private final Path jail;

    /// @param confDir the configuration folder, as a real path
    Includes(Path confDir) {
        this.jail = confDir;
    }

    /// @param from the folder of the including file
    /// @param pattern path with `*`, `?`, `[...]`, `{a,b}` in any of its parts
    /// @return the files in sorted order
    /// @throws IOException with a message for a person
    List<Path> find(Path from, String pattern) throws IOException {
        List<Path> found = List.of(pattern.startsWith("/") ? jail.getRoot() : from);
        for (String part : pattern.split("/")) {
            if (!part.isEmpty() && !part.equals(".")) {
                found = step(found, part);
            }
        }
        List<Path> files = new ArrayList<>();
        for (Path path : found) {
            if (Files.isRegularFile(path)) {
                files.add(jailed(path, pattern));
            }
        }
        return files;
    }

    static boolean isPattern(String text) {
        return text.chars().anyMatch(character -> "*?[{".indexOf(character) >= 0);
    }

    private List<Path> step(List<Path> folders, String part) throws IOException {
        List<Path> next = new ArrayList<>();
        for (Path folder : folders) {
            if (!isPattern(part)) {
                next.add(resolve(folder, part));
            } else if (Files.isDirectory(folder) && folder.normalize().startsWith(jail)) {
                next.addAll(matching(folder, part));
            }
            if (next.size() > MAX_MATCHES) {
                throw new IOException("more than " + MAX_MATCHES + " files match");
            }
        }
        return next.stream().filter(Files::exists).sorted().toList();
    }

    private static Path resolve(Path folder, String part) throws IOException {
        try {
            return folder.resolve(part);
        } catch (InvalidPathException impossible) {
            throw new IOException("'" + part + "' cannot be a file name", impossible);
        }
    }

    private static List<Path> matching(Path folder, String part) throws IOException {
        PathMatcher matcher;
        try {
            matcher = FileSystems.getDefault().getPathMatcher("glob:" + part);
        } catch (IllegalArgumentException wrong) {
            throw new IOException("'" + part + "' is not a pattern: " + wrong.getMessage(), wrong);
        }
        List<Path> matches = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                // Like the shell: a pattern does not see hidden files, such as an editor's.
                if (matcher.matches(entry.getFileName()) && !entry.getFileName().toString().startsWith(".")) {
                    matches.add(entry);
                }
            }
        }
        return matches;
    }

    private Path jailed(Path path, String pattern) throws IOException {
        Path real = path.toRealPath();
        if (!real.startsWith(jail)) {
            throw new IOException("'" + pattern + "' leads to " + real + ", which is outside the configuration folder " + jail
                    + "; put the file into that folder");
        }
        return real;
    }
}
