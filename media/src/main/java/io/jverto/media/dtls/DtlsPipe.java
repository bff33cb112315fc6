package io.jverto.media.dtls;

import io.jverto.base.count.Counters;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DatagramTransport;

/// Datagrams between the media loop, which must not block, and Bouncy Castle, which does nothing else.
final class DtlsPipe implements DatagramTransport {
    /// The largest flight has about ten records; repetitions may double it.
    static final int QUEUE = 64;
    /// As the reference does; below every path MTU in use.
    static final int MTU = 1200;
    /// A datagram of a peer with a larger MTU.
    static final int MAX_DATAGRAM = 2048;

    private static final byte[] WAKE_UP = {};

    private final BlockingQueue<byte[]> incoming = new ArrayBlockingQueue<>(QUEUE);
    private final Counters<DtlsCounter> counters;
    private final DtlsOutput out;
    private final CipherSwitchGuard guard;
    private volatile boolean closed;

    DtlsPipe(Counters<DtlsCounter> counters, DtlsOutput out, CipherSwitchGuard guard) {
        this.guard = guard;
        this.counters = counters;
        this.out = out;
    }

    /// From any thread.
    void offer(byte[] bytes, int offset, int length) {
        if (length > MAX_DATAGRAM) {
            counters.increment(DtlsCounter.DATAGRAM_TOO_LONG);
        } else if (!closed && !incoming.offer(Arrays.copyOfRange(bytes, offset, offset + length))) {
            counters.increment(DtlsCounter.DATAGRAM_OVERFLOW);
        }
    }

    @Override
    public int receive(byte[] target, int offset, int length, int waitMillis) throws IOException {
        byte[] datagram;
        try {
            datagram = closed ? WAKE_UP : incoming.poll(Math.max(1, waitMillis), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        if (closed) {
            throw new IOException("closed");
        }
        if (datagram == null || datagram.length > length) {
            return -1;
        }
        if (!MessageBound.admits(datagram)) {
            counters.increment(DtlsCounter.MESSAGE_TOO_LONG);
            return -1;
        }
        int admitted = guard.admit(datagram);
        System.arraycopy(datagram, 0, target, offset, admitted);
        return admitted == 0 ? -1 : admitted;
    }

    @Override
    public void send(byte[] bytes, int offset, int length) {
        out.send(bytes, offset, length);
    }

    /// Nothing more comes in; what is still to be said goes out. From any thread.
    @Override
    public void close() {
        closed = true;
        incoming.clear();
        incoming.offer(WAKE_UP);
    }

    @Override
    public int getReceiveLimit() {
        return MAX_DATAGRAM;
    }

    @Override
    public int getSendLimit() {
        return MTU;
    }
}
