package io.jverto.switchboard.port;

/// Devices beside Verto clients that messages to a user can go to. Implemented by sip. Thread-safe; never waits.
public interface MessageDevices {
    /// Nobody has one.
    MessageDevices NONE = (_, _, _) -> false;

    /// Sends to all devices that a user has.
    ///
    /// @param lost run when none of them took it
    /// @return false when the user has none
    boolean send(UserId user, ChatMessage message, Runnable lost);
}
