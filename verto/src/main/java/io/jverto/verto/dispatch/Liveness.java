package io.jverto.verto.dispatch;

import java.time.Duration;

/// How long a client has been silent (verto-wire.md section 1.6). A missing answer to `verto.ping` is no reason to close: many
/// clients never answer it. A missing WebSocket pong is: every library sends it.
final class Liveness {
    private static final long SILENCE = Duration.ofSeconds(30).toNanos();
    private static final long DEATH = Duration.ofSeconds(125).toNanos();

    private volatile long lastHeard;
    private long lastPing;
    private boolean asked;

    Liveness(long nowNanos) {
        this.lastHeard = nowNanos;
        this.lastPing = nowNanos;
    }

    /// Something came. From any thread.
    void heard(long nowNanos) {
        lastHeard = nowNanos;
    }

    /// From the sweeping thread.
    State check(long nowNanos) {
        if (nowNanos - lastHeard >= DEATH) {
            return State.DEAD;
        }
        if (nowNanos - lastHeard >= SILENCE && nowNanos - lastPing >= SILENCE) {
            lastPing = nowNanos;
            asked = !asked;
            return asked ? State.ASK : State.SILENT;
        }
        return State.FINE;
    }

    enum State {
        FINE,
        /// It is told that we are here.
        SILENT,
        /// Besides, its library is to show that it is: every other time, so twice before it is given up.
        ASK,
        DEAD
    }
}
