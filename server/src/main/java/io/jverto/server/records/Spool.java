package io.jverto.server.records;

import io.jverto.base.count.Counters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lines of text on the disk until they are delivered, oldest first: files of [#SEGMENT] bytes, each line behind its CRC-32C. What [#append] has
/// taken is safe from the end of the process and of the machine. After a restart what was not deleted comes again: whoever gets it
/// recognises what he has. Thread-safe.
final class Spool implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Spool.class);
    private static final String SUFFIX = ".spool";
    private static final long SEGMENT = 4L << 20;
    /// At least one line fits.
    private static final int CHUNK = 4 << 20;
    private static final int SUM = 8;

    private final Path folder;
    private final long limit;
    private final Counters<RecordCount> counters;
    /// Bytes of each segment; the oldest is read, only the youngest is written.
    private final TreeMap<Long, Long> segments = new TreeMap<>();
    private @Nullable FileChannel writing;
    private long readOffset;
    private long total;

    private Spool(Path folder, long limit, Counters<RecordCount> counters) {
        this.folder = folder;
        this.limit = limit;
        this.counters = counters;
    }

    /// Lines in their order.
    ///
    /// @param segment where they are
    /// @param end where the next begins
    record Batch(List<String> lines, long segment, long end) {}

    /// @param limit bytes on the disk
    static Spool open(Path folder, long limit, Counters<RecordCount> counters) throws IOException {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Spool spool = new Spool(folder, limit, counters);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(one -> one.getFileName().toString().matches("[0-9]{16}\\.spool")).toList()) {
                long size = Files.size(file);
                spool.segments.put(Long.parseLong(file.getFileName().toString().substring(0, 16)), size);
                spool.total += size;
            }
        }
        return spool;
    }

    /// Writes lines, in their order, and waits until the disk has them.
    ///
    /// @return how many of them were taken: those beyond the limit are not
    /// @throws IOException when the disk does not take them; some may come up later all the same
    synchronized int append(List<String> lines) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int taken = 0;
        for (String line : lines) {
            byte[] framed = framed(line);
            if (total + bytes.size() + framed.length > limit) {
                break;
            }
            bytes.writeBytes(framed);
            taken++;
        }
        if (taken > 0) {
            write(ByteBuffer.wrap(bytes.toByteArray()));
        }
        return taken;
    }

    private void write(ByteBuffer bytes) throws IOException {
        FileChannel channel = channel();
        long number = segments.lastKey();
        long before = segments.get(number);
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
            grown(number, before + bytes.position());
        } catch (IOException trouble) {
            grown(number, takenBack(channel, before) ? before : before + bytes.position());
            closeWriting(); // should a line that is cut off be left, it ends this segment
            if (segments.get(number) == 0) {
                drop(number);
            }
            throw trouble;
        }
    }

    /// What a full disk has of lines is in the way of what comes next, and would come up beside the lines when they are written again.
    private static boolean takenBack(FileChannel channel, long length) {
        try {
            channel.truncate(length);
            return true;
        } catch (IOException stays) {
            return false;
        }
    }

    private void grown(long segment, long size) {
        total += size - segments.put(segment, size);
    }

    /// Never goes on where another process, or a failure, may have left half a line.
    private FileChannel channel() throws IOException {
        if (writing != null && segments.lastEntry().getValue() >= SEGMENT) {
            closeWriting();
        }
        if (writing == null) {
            long number = segments.isEmpty() ? 1 : segments.lastKey() + 1;
            writing = FileChannel.open(file(number), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            segments.put(number, 0L);
            try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
                entry.force(true);
            }
        }
        return writing;
    }

    private void closeWriting() {
        try {
            if (writing != null) {
                writing.close();
            }
        } catch (IOException trouble) {
            log.debug("closing a segment", trouble);
        }
        writing = null;
    }

    private static byte[] framed(String line) {
        byte[] text = line.getBytes(StandardCharsets.UTF_8);
        return (HexFormat.of().toHexDigits(sum(text, 0, text.length)) + " " + line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static int sum(byte[] bytes, int from, int to) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, from, to - from);
        return (int) sum.getValue();
    }

    /// @return the oldest lines that are not delivered, none when all are
    /// @throws IOException when the disk cannot be read
    synchronized Batch next(int most) throws IOException {
        while (!segments.isEmpty()) {
            long segment = segments.firstKey();
            Batch batch = read(segment, most);
            if (!batch.lines.isEmpty()) {
                return batch;
            }
            if (batch.end > readOffset) {
                readOffset = batch.end; // nothing but damage was there
            } else if (isWritten(segment)) {
                return batch;
            } else {
                drop(segment);
            }
        }
        return new Batch(List.of(), 0, 0);
    }

    private Batch read(long segment, int most) throws IOException {
        byte[] bytes = bytes(segment);
        List<String> lines = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < bytes.length && lines.size() < most; i++) {
            if (bytes[i] == '\n') {
                add(lines, bytes, begin, i);
                begin = i + 1;
            }
        }
        boolean rest = begin < bytes.length && lines.size() < most;
        if (rest && !isWritten(segment) && readOffset + bytes.length >= segments.get(segment)) {
            counters.increment(RecordCount.DAMAGED); // cut off before it was safe
            begin = bytes.length;
        }
        return new Batch(List.copyOf(lines), segment, readOffset + begin);
    }

    private byte[] bytes(long segment) throws IOException {
        int length = (int) Math.min(CHUNK, segments.get(segment) - readOffset);
        ByteBuffer buffer = ByteBuffer.allocate(Math.max(0, length));
        try (FileChannel channel = FileChannel.open(file(segment), StandardOpenOption.READ)) {
            while (buffer.hasRemaining() && channel.read(buffer, readOffset + buffer.position()) >= 0) {
                // until it is full
            }
        }
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }

    private void add(List<String> lines, byte[] bytes, int begin, int end) {
        String text = new String(bytes, begin, end - begin, StandardCharsets.UTF_8);
        boolean whole = end - begin > SUM && bytes[begin + SUM] == ' '
                && text.startsWith(HexFormat.of().toHexDigits(sum(bytes, begin + SUM + 1, end)));
        if (whole) {
            lines.add(text.substring(SUM + 1));
        } else {
            counters.increment(RecordCount.DAMAGED);
        }
    }

    private boolean isWritten(long segment) {
        return writing != null && segment == segments.lastKey();
    }

    /// These lines need not come again.
    synchronized void delivered(Batch batch) throws IOException {
        if (segments.isEmpty() || segments.firstKey() != batch.segment) {
            return;
        }
        readOffset = batch.end;
        if (readOffset >= segments.get(batch.segment)) {
            if (isWritten(batch.segment)) {
                closeWriting();
            }
            drop(batch.segment);
        }
    }

    private void drop(long segment) throws IOException {
        Files.deleteIfExists(file(segment));
        readOffset = segment == segments.firstKey() ? 0 : readOffset;
        total -= segments.remove(segment);
    }

    private Path file(long number) {
        return folder.resolve(String.format("%016d", number) + SUFFIX);
    }

    /// Puts a line aside that nobody will take.
    synchronized void putAside(String line) throws IOException {
        Files.writeString(folder.resolve("refused.json"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /// @return bytes on the disk
    synchronized long size() {
        return total;
    }

    @Override
    public synchronized void close() {
        closeWriting();
    }
}
