package io.jverto.verto.outbound;

import java.util.concurrent.atomic.AtomicInteger;

/// Ids of our own requests: one rising counter, far above those of clients, because some clients look any id up among
/// their own pending requests first (verto-wire.md section 2.6). Thread-safe.
public final class MessageIds {
    private static final int FIRST = 1_000_000_000;

    private final AtomicInteger last = new AtomicInteger(FIRST);

    long next() {
        return last.updateAndGet(id -> id == Integer.MAX_VALUE ? FIRST + 1 : id + 1);
    }
}
