package io.jverto.verto.dispatch;

import io.jverto.wire.verto.VertoReply;

/// A reply, and what may happen only when it has been written.
record Outcome(VertoReply reply, Runnable afterwards) {
    static Outcome of(VertoReply reply) {
        return new Outcome(reply, () -> { });
    }
}
