package io.jverto.medialoop;

import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.MediaListener;
import java.util.function.Consumer;

/// The media of a channel on whose line something can be put. Guarded by the one [Routing].
interface HasLine {
    ChannelId channel();

    boolean isClosed();

    /// @return told what happens to the channel's media
    MediaListener listener();

    /// Changes what is on the line. Sound that passed by it so far is led over it as long as there is something.
    void change(Consumer<CallLine> change);
}
