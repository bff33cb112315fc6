package io.jverto.switchboard.port;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is known of voice messages; their sound is in files. Implemented by server. Thread-safe; every method may wait. A store that cannot
/// be used says so in the log, and by what it returns.
public interface VoicemailStore {
    /// One without a database: nobody has a mailbox.
    VoicemailStore NONE = new VoicemailStore() {
        @Override
        public Optional<List<VoiceMessage>> of(UserId box) {
            return Optional.empty();
        }

        @Override
        public boolean add(UserId box, VoiceMessage message) {
            return false;
        }

        @Override
        public boolean markSaved(UserId box, String id) {
            return false;
        }

        @Override
        public boolean delete(UserId box, String id) {
            return false;
        }

        @Override
        public Optional<String> password(UserId box) {
            return Optional.empty();
        }

        @Override
        public boolean password(UserId box, String password) {
            return false;
        }
    };

    /// @return all messages of a mailbox, oldest first; empty when the store cannot be used
    Optional<List<VoiceMessage>> of(UserId box);

    /// @return whether it is kept, also if the server ends in this moment
    boolean add(UserId box, VoiceMessage message);

    /// @return whether there was such a message, and that is known now
    boolean markSaved(UserId box, String id);

    /// @return whether there was such a message, and there is none now
    boolean delete(UserId box, String id);

    /// @return what the owner chose; empty text for nothing, empty when the store cannot be used
    Optional<String> password(UserId box);

    /// Remembers what the owner chose.
    boolean password(UserId box, String password);

    /// A message that somebody left.
    ///
    /// @param id also the name of its file; only letters, digits and dashes
    /// @param at when it was left
    /// @param saved its owner has heard and kept it; otherwise it is new
    record VoiceMessage(String id, Instant at, String callerName, String callerNumber, int seconds, boolean urgent, boolean saved) {}
}
