package io.jverto.switchboard.channel;

import io.jverto.switchboard.port.MediaService.MediaRef;
import java.util.function.Consumer;

/// The media of a channel, lent to the one that it talks with. Taking it back takes effect before it returns: the channel is routed
/// elsewhere in the next moment, and the other one, whose turn comes later, must not undo that. Thread-safe.
public final class LentMedia {
    private final MediaRef media;
    private final Runnable refused;
    private boolean takenBack; // guarded by this

    public LentMedia(MediaRef media) {
        this(media, () -> { });
    }

    /// @param refused instead of being lent, when the other one is over before it learns of it
    public LentMedia(MediaRef media, Runnable refused) {
        this.media = media;
        this.refused = refused;
    }

    void refuse() {
        refused.run();
    }

    /// Does something with the media, unless it has been taken back.
    public synchronized void use(Consumer<MediaRef> action) {
        if (!takenBack) {
            action.accept(media);
        }
    }

    public synchronized void takeBack() {
        takenBack = true;
    }
}
