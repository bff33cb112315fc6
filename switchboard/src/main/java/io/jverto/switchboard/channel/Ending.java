package io.jverto.switchboard.channel;

import io.jverto.switchboard.port.Cause;

/// How a channel ends.
///
/// @param byClient its own client said so
/// @param why for the log
record Ending(Cause cause, boolean byClient, String why) {}
