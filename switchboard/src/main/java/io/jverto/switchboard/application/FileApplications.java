package io.jverto.switchboard.application;

import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.dialplan.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `mkdir` and `rename`, inside of the folders for recordings and storage alone, whoever wrote the path: all links are followed before
/// that is decided (security.md S34). A relative path counts from the recordings folder.
final class FileApplications {
    private static final Logger log = LoggerFactory.getLogger(FileApplications.class);
    private static final String RECORDINGS = "recordings_dir";
    private static final List<String> FOLDERS = List.of(RECORDINGS, "storage_dir");

    static final List<Application> ALL = List.of(
            Application.of("mkdir", Group.SOUND, "<path>", "makes a folder, and those above it, inside of the recordings or storage folder",
                    FileApplications::makeFolder),
            Application.of("rename", Group.SOUND, "<path> <new path>",
                    "renames a file inside of the recordings or storage folder; a file that is there is not replaced",
                    FileApplications::rename));

    private FileApplications() {}

    private static Next makeFolder(Channel channel, Text data) {
        Optional<Path> path = path(channel, data.toString().trim());
        try {
            if (path.isPresent() && isInside(channel, existing(path.get()))) {
                Files.createDirectories(path.get());
                return Next.GO_ON;
            }
            log.warn("channel {}: mkdir: not inside of the recordings or storage folder: {}", channel.logId(), LogText.of(data));
        } catch (IOException refused) {
            log.warn("channel {}: mkdir: {}: {}", channel.logId(), LogText.of(data), LogText.of(refused.getMessage()));
        }
        return Next.GO_ON;
    }

    private static Next rename(Channel channel, Text data) {
        List<Text> words = CallApplications.words(data);
        Optional<Path> from = words.size() == 2 ? path(channel, words.get(0).toString()) : Optional.empty();
        Optional<Path> to = words.size() == 2 ? path(channel, words.get(1).toString()) : Optional.empty();
        try {
            boolean allowed = from.isPresent() && to.isPresent() && Files.isRegularFile(from.get(), LinkOption.NOFOLLOW_LINKS)
                    && isInside(channel, from.get()) && isInside(channel, to.get().getParent());
            if (allowed) {
                Files.move(from.get(), to.get());
                return Next.GO_ON;
            }
            log.warn("channel {}: rename: there is no such file inside of the recordings or storage folder: {}", channel.logId(), LogText.of(data));
        } catch (IOException refused) {
            log.warn("channel {}: rename: {}: {}", channel.logId(), LogText.of(data), LogText.of(refused.getMessage()));
        }
        return Next.GO_ON;
    }

    /// @return the path without dots, when there can be one
    private static Optional<Path> path(Channel channel, String text) {
        try {
            Optional<Path> path = folder(channel, RECORDINGS).map(base -> base.resolve(text)).map(Path::normalize);
            return text.isEmpty() ? Optional.empty() : path.filter(one -> one.getParent() != null);
        } catch (InvalidPathException unusable) {
            return Optional.empty();
        }
    }

    private static Optional<Path> folder(Channel channel, String variable) {
        String folder = channel.services().routing().get().globals().getOrDefault(variable, "");
        return folder.isEmpty() ? Optional.empty() : Optional.of(Path.of(folder));
    }

    private static boolean isInside(Channel channel, Path path) throws IOException {
        for (String variable : FOLDERS) {
            Optional<Path> folder = folder(channel, variable);
            if (folder.isPresent()) {
                Files.createDirectories(folder.get());
                if (path.toRealPath().startsWith(folder.get().toRealPath())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Path existing(Path path) {
        Path at = path;
        while (!Files.exists(at) && at.getParent() != null) {
            at = at.getParent();
        }
        return at;
    }
}
