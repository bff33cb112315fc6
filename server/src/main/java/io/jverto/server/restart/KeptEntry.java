package io.jverto.server.restart;

import io.jverto.switchboard.kept.KeptChannel;
import io.jverto.verto.present.KeptCall;

/// One call as it stands in the file.
record KeptEntry(KeptCall call, KeptChannel channel) {}
