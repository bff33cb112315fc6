package io.jverto.verto.connect;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Until when a peer has to get on. On its network thread alone.
final class Deadline {
    private @Nullable ScheduledFuture<?> pending;

    /// Begins anew.
    ///
    /// @param missed what is done then
    void start(ChannelHandlerContext context, long millis, Runnable missed) {
        stop();
        pending = context.executor().schedule(missed, millis, TimeUnit.MILLISECONDS);
    }

    void stop() {
        if (pending != null) {
            pending.cancel(false);
        }
    }
}
