package io.jverto.switchboard.port;

/// Who keeps what is left of a channel when it has ended. Implemented by server. Thread-safe; called once for each channel, on its own thread,
/// which may wait for a moment but not for a database.
public interface CallRecords {
    /// Keeps nothing.
    CallRecords NONE = _ -> { };

    /// @param record of a channel that ends now
    void ended(CallRecord record);
}
