package io.jverto.medialoop.file;

import io.jverto.media.audio.PcmRing;
import io.jverto.media.codec.RateConverter;
import io.jverto.media.file.WavHeader;
import io.jverto.media.plan.Recording;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what comes out of a ring into a WAV file. The head is brought up to date once a second, so that a file whose writer died can
/// be read. A disk that is full, or any other trouble, ends the recording and nothing else.
final class WavWriter implements Work {
    private static final Logger log = LoggerFactory.getLogger(WavWriter.class);
    private static final int RATE = 48_000;
    private static final int FRAME = 960;
    private static final int FRAME_MILLIS = 20;
    /// What a WAV file can say of its size, less some.
    private static final long MAX_BYTES = 0xffff_0000L;

    private final String name;
    private final Recording recording;
    private final PcmRing ring;
    private final int rateHz;
    private final RecordingEvents events;
    private volatile boolean stopped;
    private volatile boolean silenced;

    private final short[] frame;
    private final short[] one = new short[FRAME];
    private final short[][] converted;
    private final RateConverter[] converters;
    private final ByteBuffer out;
    private @Nullable FileChannel file;
    private boolean failed;
    private long frames;
    private long samples;
    private long bytes;
    private long headBytes;

    /// @param name of the channel, for logs
    /// @param rateHz of the file
    WavWriter(String name, Recording recording, PcmRing ring, int rateHz, RecordingEvents events) {
        this.name = name;
        this.recording = recording;
        this.ring = ring;
        this.rateHz = rateHz;
        this.events = events;
        this.frame = new short[ring.frameValues()];
        this.converters = new RateConverter[ring.channels()];
        this.converted = new short[ring.channels()][];
        for (int c = 0; c < converters.length; c++) {
            converters[c] = new RateConverter(RATE, rateHz, FRAME);
            converted[c] = new short[converters[c].maxOutput(FRAME)];
        }
        this.out = ByteBuffer.allocate(2 * converters.length * converters[0].maxOutput(FRAME)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// What is in the ring is written, then the file is closed.
    @Override
    public void stop() {
        stopped = true;
    }

    /// From any thread: it ends because nobody says anything.
    void silenced() {
        silenced = true;
    }

    @Override
    public boolean step() {
        boolean last = stopped || silenced || isFull(); // asked first: what came before the end is written
        try {
            FileChannel to = open();
            while (!isFull() && ring.poll(frame)) {
                write(to);
            }
            last |= isFull();
            if (last) {
                flush(to);
            }
            repairHead(to, last);
        } catch (IOException trouble) {
            failed = true;
            log.error("{}: the recording {} ends after {} s: {}", name, recording.path(), frames * FRAME_MILLIS / 1_000, reason(trouble));
        }
        return !last && !failed;
    }

    @Override
    public void close() {
        RecordingEvents.End how = failed ? RecordingEvents.End.FAILED
                : silenced ? RecordingEvents.End.SILENCE : RecordingEvents.End.STOPPED;
        ring.end(failed);
        FileChannel open = file;
        if (open != null) {
            try (open) {
                patchHead(open);
                if (frames * FRAME_MILLIS < recording.minMillis()) {
                    log.info("{}: the recording {} is deleted, for it lasted {} ms", name, recording.path(), frames * FRAME_MILLIS);
                    Files.deleteIfExists(recording.path());
                }
            } catch (IOException trouble) {
                log.warn("{}: the file {} could not be finished: {}", name, recording.path(), reason(trouble));
            }
        }
        events.onClosed(how, frames * FRAME_MILLIS, samples);
    }

    private boolean isFull() {
        return recording.maxMillis() > 0 && frames * FRAME_MILLIS >= recording.maxMillis();
    }

    private FileChannel open() throws IOException {
        FileChannel open = file;
        if (open == null) {
            Set<OpenOption> options =
                    new HashSet<>(Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING));
            if (!recording.followLinks()) {
                options.add(LinkOption.NOFOLLOW_LINKS);
            }
            open = FileChannel.open(recording.path(), options);
            file = open;
            writeAll(open, ByteBuffer.wrap(WavHeader.bytes(rateHz, converters.length, WavHeader.UNKNOWN)), 0);
        }
        return open;
    }

    private void write(FileChannel to) throws IOException {
        int count = 0;
        for (int c = 0; c < converters.length; c++) {
            for (int i = 0; i < FRAME; i++) {
                one[i] = frame[i * converters.length + c];
            }
            count = converters[c].convert(one, FRAME, converted[c]);
        }
        frames++;
        append(to, count);
    }

    private void flush(FileChannel to) throws IOException {
        int count = 0;
        for (int c = 0; c < converters.length; c++) {
            count = converters[c].flush(converted[c]);
        }
        append(to, count);
    }

    private void append(FileChannel to, int count) throws IOException {
        out.clear();
        for (int i = 0; i < count; i++) {
            for (short[] channel : converted) {
                out.putShort(channel[i]);
            }
        }
        out.flip();
        int length = out.limit();
        if (bytes + length > MAX_BYTES) {
            throw new IOException("a WAV file cannot be longer");
        }
        writeAll(to, out, WavHeader.BYTES + bytes);
        bytes += length;
        samples += count;
    }

    private void repairHead(FileChannel to, boolean now) throws IOException {
        if (now || bytes - headBytes >= 2L * rateHz * converters.length) {
            patchHead(to);
        }
    }

    private void patchHead(FileChannel to) throws IOException {
        writeAll(to, ByteBuffer.wrap(WavHeader.bytes(rateHz, converters.length, bytes)), 0);
        headBytes = bytes;
    }

    private static void writeAll(FileChannel to, ByteBuffer from, long at) throws IOException {
        long position = at;
        while (from.hasRemaining()) {
            position += to.write(from, position);
        }
    }

    private static String reason(IOException trouble) {
        String message = trouble.getMessage();
        return message == null ? trouble.getClass().getSimpleName() : message;
    }
}
