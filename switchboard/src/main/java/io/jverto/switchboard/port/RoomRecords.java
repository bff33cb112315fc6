package io.jverto.switchboard.port;

/// Who keeps what is left of a conference room when it has ended. Implemented by server. Thread-safe; called once for each room, on its own
/// thread; it does not wait for a disk.
@FunctionalInterface
public interface RoomRecords {
    /// Keeps nothing.
    RoomRecords NONE = _ -> { };

    /// @param record of a room that ends now
    void ended(RoomRecord record);

    /// What is left of a room (conference.md section 19).
    ///
    /// @param folder of its file as the configuration names it: relative to the folder of logs, `auto` for `conference_cdr` there
    /// @param fileName in that folder
    /// @param xml its content
    record RoomRecord(String folder, String fileName, String xml) {}
}
