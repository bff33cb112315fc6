package io.jverto.switchboard.channel;

import java.util.Optional;

/// Whether a channel goes on with what it does. Each is a new object: whoever wants to change it names the one that it saw, so that of two
/// who meet one comes too late.
sealed interface Course {
    /// It goes on.
    ///
    /// @param partner the channel that it talks with
    record Goes(Optional<ChannelHandle> partner) implements Course {}

    /// It is to leave what it does and to do something else.
    record Redirected(ChannelScript script) implements Course {}

    record Ended(Ending ending) implements Course {}
}
