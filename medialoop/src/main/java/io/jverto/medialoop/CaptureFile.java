package io.jverto.medialoop;

import io.jverto.base.time.Mailbox;
import io.jverto.base.time.TimeSource;
import io.jverto.media.plan.MediaNote;
import io.jverto.switchboard.port.ChannelId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what a [Capture] has into its file, on a thread of its own, until one of its ends comes. What was written until then is a whole file.
final class CaptureFile implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(CaptureFile.class);
    private static final long LOOK_NANOS = 50_000_000L;
    private static final int BUFFER = 256 << 10;

    private final ChannelId channel;
    private final Capture capture;
    private final FileChannel file;
    private final TimeSource time;
    private final Mailbox<String> stop;
    private final Consumer<MediaNote.CaptureEnded> onEnd;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private long bytes;
    private long packets;
    private @Nullable String why;

    /// @param onEnd told once, when the file is closed
    private CaptureFile(ChannelId channel, Capture capture, FileChannel file, TimeSource time, Consumer<MediaNote.CaptureEnded> onEnd) {
        this.channel = channel;
        this.capture = capture;
        this.file = file;
        this.time = time;
        this.stop = time.mailbox(1);
        this.onEnd = onEnd;
    }

    /// @throws IOException when there can be no such file
    static CaptureFile open(ChannelId channel, Capture capture, TimeSource time, Consumer<MediaNote.CaptureEnded> onEnd) throws IOException {
        FileChannel file = FileChannel.open(capture.wish().file(),
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return new CaptureFile(channel, capture, file, time, onEnd);
    }

    /// From any thread.
    void stop(String reason) {
        stop.tell(reason);
    }

    @Override
    public void run() {
        long end = time.nanoTime() + capture.wish().most().toNanos();
        Pcap.fileHeader(buffer);
        bytes = Pcap.FILE_HEADER;
        try (file) {
            String ended = null;
            while (ended == null) {
                // Asked first: what came before the end is written.
                ended = stop.await(Math.min(end, time.nanoTime() + LOOK_NANOS))
                        .orElse(capture.isOver() ? "the call ended" : time.nanoTime() >= end ? "its time is over" : null);
                drain();
                ended = why == null ? ended : why;
            }
            why = ended;
        } catch (IOException trouble) {
            why = "the disk takes no more: " + trouble.getMessage();
            log.error("channel {}: the capture {} ends: {}", channel, capture.wish().file(), trouble.toString());
        }
        capture.end();
        onEnd.accept(new MediaNote.CaptureEnded(capture.wish().file().toString(), packets, capture.lost(), why));
    }

    private void drain() throws IOException {
        while (why == null && capture.ring().poll(this::add)) {
            if (buffer.remaining() < Pcap.RECORD_HEADER + Pcap.MOST_HEADERS + UdpPort.MAX_DATAGRAM) {
                flush();
            }
        }
        flush();
    }

    private void add(long epochNanos, byte[] packet, int length) {
        if (bytes + Pcap.RECORD_HEADER + length > capture.wish().mostBytes()) {
            why = "the file is full";
            return;
        }
        Pcap.recordHeader(buffer, epochNanos, length);
        buffer.put(packet, 0, length);
        bytes += Pcap.RECORD_HEADER + length;
        packets++;
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        buffer.clear();
    }
}
