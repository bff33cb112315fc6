package io.jverto.server.startup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Files that are whole or not there, and that nobody but their owner reads from their first moment. They belong to whom their folder belongs,
/// so that what root makes is of use to the server's own user.
public final class SecretFile {
    private static final String SECRET = "rw-------";
    private static final String PUBLIC = "rw-r--r--";

    private SecretFile() {}

    /// Replaces what was there of that name.
    public static void write(Path file, String text) throws IOException {
        write(file, text, SECRET);
    }

    /// The same, for everybody to read.
    public static void writePublic(Path file, String text) throws IOException {
        write(file, text, PUBLIC);
    }

    /// Makes a folder, and those above it that are missing.
    public static void folder(Path folder) throws IOException {
        Path whole = folder.toAbsolutePath();
        if (!Files.isDirectory(whole)) {
            folder(whole.getParent());
            Files.createDirectory(whole);
            giveAway(whole.getParent(), whole);
        }
    }

    private static void write(Path file, String text, String mode) throws IOException {
        FileAttribute<Set<PosixFilePermission>> ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(SECRET));
        Path folder = file.toAbsolutePath().getParent();
        Path fresh = Files.createTempFile(folder, ".new", "", ownerOnly);
        try {
            Files.write(fresh, text.getBytes(StandardCharsets.UTF_8));
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(mode));
            giveAway(folder, fresh);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void giveAway(Path folder, Path file) throws IOException {
        PosixFileAttributes wanted = Files.readAttributes(folder, PosixFileAttributes.class);
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        // Only root can, and for others there is nothing to give: a file that they make is theirs.
        if (!view.readAttributes().owner().equals(wanted.owner()) && "root".equals(view.readAttributes().owner().getName())) {
            view.setOwner(wanted.owner());
            view.setGroup(wanted.group());
        }
    }
}
