package io.jverto.medialoop;

import io.jverto.base.time.TimeSource;
import io.jverto.media.plan.MediaNote;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.PacketCaptures;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The captures of one engine. Nobody pays for them while there are none. Thread-safe.
final class Captures implements PacketCaptures, AutoCloseable {
    static final int MOST = 8;

    private final TimeSource time;
    private final Map<ChannelId, LoopTransport> transports = new HashMap<>();
    private final Map<ChannelId, Running> running = new HashMap<>();

    private record Running(LoopTransport transport, CaptureFile file) {}

    Captures(TimeSource time) {
        this.time = time;
    }

    synchronized void opened(LoopTransport transport) {
        transports.put(transport.channel(), transport);
    }

    synchronized void closed(LoopTransport transport) {
        transports.remove(transport.channel(), transport);
    }

    @Override
    public synchronized Result start(ChannelId channel, Wish wish) {
        LoopTransport transport = transports.get(channel);
        if (transport == null) {
            return new Result.Refused("there is no such call with packets of its own");
        }
        if (running.containsKey(channel)) {
            return new Result.Refused("its packets are written already");
        }
        if (running.size() >= MOST) {
            return new Result.Refused("the packets of " + MOST + " calls are written already");
        }
        InetSocketAddress local = transport.local().address();
        long offset = time.wallTime().getEpochSecond() * 1_000_000_000L + time.wallTime().getNano() - time.nanoTime();
        Capture capture = new Capture(wish, local, transport.port() != null, () -> offset + transport.loop().nowNanos());
        try {
            CaptureFile file = CaptureFile.open(channel, capture, time, ended -> ended(transport, ended));
            running.put(channel, new Running(transport, file));
            transport.listener().onNoted(new MediaNote.CaptureBegun(wish.file().toString(), wish.decrypted()));
            transport.loop().tell(new LoopCommand.Watched(transport, Optional.of(capture)));
            time.start("capture " + channel, file);
            return new Result.Started();
        } catch (IOException trouble) {
            return new Result.Refused("the file " + wish.file() + " cannot be written: " + trouble);
        }
    }

    private void ended(LoopTransport transport, MediaNote.CaptureEnded note) {
        synchronized (this) {
            running.remove(transport.channel());
        }
        transport.loop().tell(new LoopCommand.Watched(transport, Optional.empty()));
        transport.listener().onNoted(note);
    }

    @Override
    public synchronized boolean stop(ChannelId channel) {
        Running one = running.get(channel);
        if (one != null) {
            one.file().stop("by command");
        }
        return one != null;
    }

    @Override
    public synchronized void close() {
        running.values().forEach(one -> one.file().stop("the server ends"));
    }
}
