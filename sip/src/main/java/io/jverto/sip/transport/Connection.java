package io.jverto.sip.transport;

import io.jverto.sip.message.SipDecoder;
import io.jverto.sip.message.SipDecoding;
import io.jverto.sip.message.SipStream;
import io.jverto.sip.message.SipStreamOutput;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.transaction.Hop;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// One connection, over TCP, TLS or a WebSocket: a thread that reads and one that writes.
final class Connection {
    /// Messages that wait for a peer that does not read.
    private static final int MAX_WAITING = 200;
    private static final int READ = 16_384;
    private static final byte[] PONG = "\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = new byte[0];

    private final Hop hop;
    private final boolean placed;
    private final Connections owner;
    private final ArrayBlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final CountDownLatch greeted = new CountDownLatch(1);
    private volatile Socket socket;
    private volatile boolean ended;

    /// @param placed whether it counts among the connections
    Connection(Hop hop, Socket socket, boolean placed, Connections owner) {
        this.hop = hop;
        this.socket = socket;
        this.placed = placed;
        this.owner = owner;
    }

    /// Connects, and shakes hands where there is TLS.
    void connect(TransportConfig config, int millis) throws IOException {
        greeted.countDown(); // we are the ones who have something to say
        socket.connect(hop.remote(), millis);
        socket.setSoTimeout(millis);
        if (hop.transport() == SipTransport.TLS) {
            socket = Connections.secure(config, socket, hop);
        }
        if (ended) {
            throw new IOException("given up while it was made");
        }
    }

    boolean isPlaced() {
        return placed;
    }

    Hop hop() {
        return hop;
    }

    /// @return false when the peer does not read: the connection is of no use any more
    boolean send(byte[] message) {
        return waiting.offer(isWebSocket() ? WebSocketStream.frameOf(message) : message);
    }

    private boolean isWebSocket() {
        return hop.transport() == SipTransport.WS || hop.transport() == SipTransport.WSS;
    }

    /// Ends the connection unless a first message comes in time, however slowly its bytes do.
    void watch(Duration greeting) {
        try {
            if (!greeted.await(greeting.toNanos(), TimeUnit.NANOSECONDS)) {
                end();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /// Runs until the connection ends.
    void read(Duration idle) {
        Framing framing = new Framing();
        byte[] bytes = new byte[READ];
        try {
            InputStream in = socket.getInputStream();
            socket.setSoTimeout((int) idle.toMillis());
            int count = in.read(bytes);
            while (count >= 0 && !framing.lost) {
                framing.onBytes(bytes, count);
                count = framing.lost ? -1 : in.read(bytes);
            }
        } catch (IOException broken) {
            owner.count(TransportCounter.CONNECTION_BROKEN, 1);
        } finally {
            if (!framing.farewell || !waiting.offer(END)) { // what was said last goes out first
                end();
            }
        }
    }

    void write() {
        try {
            OutputStream out = socket.getOutputStream();
            byte[] message = waiting.take();
            while (message != END) {
                out.write(message);
                out.flush();
                owner.count(TransportCounter.SENT, 1);
                message = waiting.take();
            }
        } catch (IOException ended) {
            owner.count(TransportCounter.SEND_FAILED, 1 + waiting.size());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    void end() {
        ended = true;
        greeted.countDown();
        try {
            socket.close();
        } catch (IOException closedAnyway) {
            owner.count(TransportCounter.CONNECTION_BROKEN, 1);
        }
        waiting.clear();
        waiting.offer(END); // when there is no place, writing fails
        owner.ended(this);
    }

    private final class Framing implements SipStreamOutput, WebSocketOutput {
        final SipStream stream = new SipStream();
        final WebSocketStream webSocket = new WebSocketStream();
        boolean lost;
        boolean farewell;
        boolean pinged;

        void onBytes(byte[] bytes, int count) {
            pinged = false;
            if (isWebSocket()) {
                webSocket.onBytes(bytes, 0, count, this);
            } else {
                stream.onBytes(bytes, 0, count, this);
            }
        }

        @Override
        public void send(byte[] bytes) {
            if (!waiting.offer(bytes)) {
                lost = true;
            }
        }

        @Override
        public void message(byte[] bytes, int length) {
            message(SipDecoder.decode(bytes, 0, length));
        }

        @Override
        public void over(boolean broken) {
            lost = true;
            farewell = true;
            if (broken) {
                owner.count(TransportCounter.CONNECTION_LOST, 1);
            }
        }

        @Override
        public void message(SipDecoding decoding) {
            greeted.countDown();
            owner.received(hop, decoding);
        }

        @Override
        public void ping() {
            if (!pinged) {
                pinged = true; // one pong for all that came at once
                send(PONG);
            }
        }

        @Override
        public void lost(String why) {
            lost = true;
            owner.count(TransportCounter.CONNECTION_LOST, 1);
        }
    }
}
