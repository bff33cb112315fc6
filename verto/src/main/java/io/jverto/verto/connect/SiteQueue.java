package io.jverto.verto.connect;

import io.jverto.verto.site.SiteRequest;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;

/// The HTTP requests of one connection to a site, answered one after the other in their order.
/// On the connection's own thread alone.
final class SiteQueue {
    /// Requests sent before the answers to those ahead of them (RFC 9112 section 9.3.2).
    private static final int MAX_WAITING = 16;

    private final Channel channel;
    private final SiteResponder responder;
    private final Runnable idle;
    private final Deque<Pending> waiting = new ArrayDeque<>();
    private boolean busy;

    /// @param idle called when every request has its answer
    SiteQueue(Channel channel, SiteResponder responder, Runnable idle) {
        this.channel = channel;
        this.responder = responder;
        this.idle = idle;
    }

    /// A request.
    ///
    /// @param path decoded and clean
    record Pending(String method, String path, InetAddress from, String authorization, String range, String body, boolean keepAlive) {}

    void offer(Pending request) {
        if (waiting.size() == MAX_WAITING) {
            channel.close();
            return;
        }
        waiting.add(request);
        next();
    }

    private void next() {
        Pending request = busy ? null : waiting.poll();
        if (request == null) {
            return;
        }
        busy = true;
        responder.answer(
                channel,
                new SiteRequest(request.method(), request.path(), request.authorization(), request.range(), request.from(), request.body()),
                request.keepAlive(),
                this::answered);
    }

    private void answered() {
        busy = false;
        if (waiting.isEmpty()) {
            idle.run();
        } else {
            next();
        }
    }
}
