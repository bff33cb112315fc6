package io.jverto.switchboard.event;

/// A session's way to its client. Called by whoever publishes, one event at a time and in order, with the session's lock held:
/// it puts the event into a queue and returns; it neither waits nor makes other sessions hear something.
public interface Subscriber {
    void onEvent(EventDelivery delivery);

    /// Whether its user's name begins with `guest`: such a one hears what is not public only by a permission of its own
    /// (verto-wire.md section 8.5).
    default boolean guest() {
        return false;
    }
}
