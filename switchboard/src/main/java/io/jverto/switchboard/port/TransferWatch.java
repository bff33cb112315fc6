package io.jverto.switchboard.port;

/// Hears how far a transfer gets. Called on threads of the switch; must not wait. After [#arrived] or [#failed] nothing more comes.
public interface TransferWatch {
    /// Somebody rings where the transferred party was sent.
    void rings();

    /// The transferred party talks with somebody there, or hears what he was sent to. The call that asked ends next.
    void arrived();

    /// Nobody could be reached there. The call that asked goes on with whom it talked with, unless one of the two is gone.
    void failed(Cause cause);
}
