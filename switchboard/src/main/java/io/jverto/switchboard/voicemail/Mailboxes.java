package io.jverto.switchboard.voicemail;

import io.jverto.base.id.Tokens;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.port.UserId;
import io.jverto.switchboard.port.VoicemailStore;
import io.jverto.switchboard.port.VoicemailStore.VoiceMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The messages of all users: their sound in one folder for each mailbox, what is known of them in the store. A message is first recorded
/// under another name; it counts when the store has it, and then its file is complete. Thread-safe; every method may wait.
public final class Mailboxes {
    private static final Logger log = LoggerFactory.getLogger(Mailboxes.class);
    private static final String GREETING = "greeting.wav";
    private static final String WAV = ".wav";

    private final VoicemailStore store;
    private final Supplier<Path> folder;
    private final RandomGenerator random;
    private final MessageWaiting waiting;

    /// @param folder where the mailboxes are; asked each time, for the configuration may change it
    /// @param random for names of messages; thread-safe
    public Mailboxes(VoicemailStore store, Supplier<Path> folder, RandomGenerator random, MessageWaiting waiting) {
        this.store = store;
        this.folder = folder;
        this.random = random;
        this.waiting = waiting;
        waiting.greet(store::of);
    }

    /// What is in a mailbox, oldest first; empty when the store cannot be used.
    Optional<List<VoiceMessage>> messages(UserId box) {
        return store.of(box);
    }

    /// @return an id for a message
    String newId() {
        return Tokens.uuid(random);
    }

    /// A place to record to.
    ///
    /// @return empty when its folder cannot be made; the log says why
    Optional<Path> draft(UserId box, String id) {
        Path path = path(box, "draft-" + id + WAV);
        try {
            Files.createDirectories(path.getParent());
            return Optional.of(path);
        } catch (IOException unwritable) {
            log.error("mailbox {}: its folder cannot be made: {}", LogText.of(box), LogText.of(unwritable));
            return Optional.empty();
        }
    }

    void forget(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException undeletable) {
            log.warn("{} cannot be deleted: {}", draft, LogText.of(undeletable));
        }
    }

    /// Makes a recording a message. All of it is there afterwards, or nothing of it.
    ///
    /// @return false when it could not be kept; the log says why
    boolean add(UserId box, Path draft, VoiceMessage message) {
        Path file = file(box, message.id());
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unmovable) {
            log.error("mailbox {}: a message is lost: {}", LogText.of(box), LogText.of(unmovable));
            forget(draft);
            return false;
        }
        if (!store.add(box, message)) {
            log.error("mailbox {}: a message is lost: the database does not take it", LogText.of(box));
            forget(file);
            return false;
        }
        log.info("mailbox {}: a message of {} s", LogText.of(box), message.seconds());
        tell(box);
        return true;
    }

    boolean save(UserId box, VoiceMessage message) {
        boolean saved = message.saved() || store.markSaved(box, message.id());
        tell(box);
        return saved;
    }

    boolean delete(UserId box, VoiceMessage message) {
        boolean deleted = store.delete(box, message.id());
        if (deleted) {
            forget(file(box, message.id()));
            tell(box);
        }
        return deleted;
    }

    Path file(UserId box, String id) {
        return path(box, "msg-" + id + WAV);
    }

    /// @return the owner's own greeting, if there is one
    Optional<Path> greeting(UserId box) {
        return Optional.of(path(box, GREETING)).filter(Files::isRegularFile);
    }

    boolean greeting(UserId box, Path draft) {
        try {
            Files.move(draft, path(box, GREETING), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException unmovable) {
            log.error("mailbox {}: the greeting is lost: {}", LogText.of(box), LogText.of(unmovable));
            forget(draft);
            return false;
        }
    }

    void removeGreeting(UserId box) {
        forget(path(box, GREETING));
    }

    /// @return what the owner chose, empty text for nothing; empty when the store cannot be used
    Optional<String> password(UserId box) {
        return store.password(box);
    }

    boolean password(UserId box, String password) {
        return store.password(box, password);
    }

    private void tell(UserId box) {
        store.of(box).ifPresent(all -> waiting.changed(box, all));
    }

    private Path path(UserId box, String name) {
        return folder.get().resolve(FolderName.of(box.domain())).resolve(FolderName.of(box.user())).resolve(name);
    }
}
