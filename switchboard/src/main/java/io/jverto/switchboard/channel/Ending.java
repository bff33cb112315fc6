package io.jverto.switchboard.channel;

import io.jverto.switchboard.port.Cause;

/// How a channel ends.
///
/// @param byClient its own client said so
/// @param why for the log
/// @param kept it goes on when the server has been started again: nobody is told
record Ending(Cause cause, boolean byClient, String why, boolean kept) {
    Ending(Cause cause, boolean byClient, String why) {
        this(cause, byClient, why, false);
    }
}
