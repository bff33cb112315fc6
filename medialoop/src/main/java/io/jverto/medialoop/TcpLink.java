package io.jverto.medialoop;

import io.jverto.base.count.Counters;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// One peer's TCP connection to a loop: datagrams, each after its length in two bytes (RFC 4571 section 2). What does not go out at once waits
/// in a buffer of its own; what does not fit is dropped, as a network would.
@OwnedBy(Role.MEDIA_LOOP)
final class TcpLink {
    /// Until the first check has to be there.
    static final long FIRST_NANOS = 5_000_000_000L;
    /// A peer that uses the pair, or keeps it in reserve, sends checks more often.
    static final long IDLE_NANOS = 60_000_000_000L;
    /// How long a peer may take nothing of what waits.
    static final long SLOW_NANOS = 5_000_000_000L;
    /// Longer than ICE goes on sending to somebody who does not answer (RFC 7675 section 5.1).
    static final long FORGET_NANOS = 60_000_000_000L;
    private static final int LENGTH = 2;
    /// Half a second of video.
    static final int MAX_WAITING = 64 << 10;

    private final SocketChannel channel;
    private final InetSocketAddress remote;
    private final Counters<LoopCount> counters;
    private final ByteBuffer in = ByteBuffer.allocate(LENGTH + UdpPort.MAX_DATAGRAM);
    /// Ready to be filled.
    private final ByteBuffer out = ByteBuffer.allocate(MAX_WAITING);
    private final long acceptedNanos;
    private long heardNanos;
    private long takenNanos;
    private long closedNanos;
    private boolean named;
    private boolean ended;
    private @Nullable SelectionKey key;

    TcpLink(SocketChannel channel, InetSocketAddress remote, long nowNanos, Counters<LoopCount> counters) {
        this.channel = channel;
        this.remote = remote;
        this.counters = counters;
        this.acceptedNanos = nowNanos;
        this.heardNanos = nowNanos;
        this.takenNanos = nowNanos;
    }

    InetSocketAddress remote() {
        return remote;
    }

    void watchBy(UdpPort port) {
        key = port.watchStream(channel, this);
    }

    boolean isOpen() {
        return !ended;
    }

    /// Whether it belongs to a call: a check for one of ours came first.
    boolean isNamed() {
        return named;
    }

    void name() {
        named = true;
    }

    /// Reads what is there.
    ///
    /// @return false when the peer is gone, or what it sends is no frame
    boolean fill() {
        try {
            return channel.read(in) >= 0;
        } catch (IOException gone) {
            return false;
        }
    }

    /// Takes the next datagram that is there as a whole.
    ///
    /// @param to as long as a datagram can be
    /// @return its length; 0 for none, -1 when the peer announces one that is too long
    int next(long nowNanos, byte[] to) {
        in.flip();
        try {
            while (in.remaining() >= LENGTH) {
                int length = Short.toUnsignedInt(in.getShort(in.position()));
                if (length > UdpPort.MAX_DATAGRAM) {
                    counters.increment(LoopCount.TCP_TOO_LONG);
                    return -1;
                }
                if (in.remaining() < LENGTH + length) {
                    return 0;
                }
                in.position(in.position() + LENGTH);
                in.get(to, 0, length);
                if (length > 0) {
                    heardNanos = nowNanos;
                    counters.increment(LoopCount.DATAGRAMS_RX);
                    return length;
                }
            }
            return 0;
        } finally {
            in.compact();
        }
    }

    /// Sends a datagram, now or soon, or drops it (counted).
    void send(long nowNanos, byte[] bytes, int offset, int length) {
        if (ended || length > UdpPort.MAX_DATAGRAM) {
            counters.increment(LoopCount.SEND_FAILED);
            return;
        }
        if (out.remaining() < LENGTH + length) {
            counters.increment(LoopCount.SEND_FULL);
            return;
        }
        if (out.position() == 0) {
            takenNanos = nowNanos;
        }
        out.putShort((short) length).put(bytes, offset, length);
        counters.increment(LoopCount.DATAGRAMS_TX);
        flush(nowNanos);
    }

    /// Writes what waits, as far as the system takes it. A connection that cannot be written to is found when it is read.
    void flush(long nowNanos) {
        out.flip();
        try {
            if (channel.write(out) > 0) {
                takenNanos = nowNanos;
            }
        } catch (IOException gone) {
            out.position(out.limit());
        }
        out.compact();
        SelectionKey watched = key;
        if (watched != null && watched.isValid()) {
            watched.interestOps(out.position() > 0 ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        }
    }

    /// Whether it has said nothing, or taken nothing, for too long (counted).
    boolean isOverdue(long nowNanos) {
        if (!named && nowNanos - acceptedNanos > FIRST_NANOS) {
            counters.increment(LoopCount.TCP_STRANGERS);
            return true;
        }
        if (nowNanos - heardNanos > IDLE_NANOS) {
            counters.increment(LoopCount.TCP_IDLE);
            return true;
        }
        if (out.position() > 0 && nowNanos - takenNanos > SLOW_NANOS) {
            counters.increment(LoopCount.TCP_SLOW);
            return true;
        }
        return false;
    }

    boolean isForgotten(long nowNanos) {
        return ended && nowNanos - closedNanos > FORGET_NANOS;
    }

    /// @return false when it was closed before
    boolean close(long nowNanos) {
        boolean first = !ended;
        ended = true;
        closedNanos = first ? nowNanos : closedNanos;
        try {
            channel.close();
        } catch (IOException ignored) {
            // nothing is left to close
        }
        return first;
    }
}
