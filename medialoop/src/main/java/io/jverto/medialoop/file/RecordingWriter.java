package io.jverto.medialoop.file;

import io.jverto.media.audio.PcmRing;
import io.jverto.media.plan.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what comes out of a ring into a file. A disk that is full, or any other trouble, ends the recording and nothing else; what was
/// written stays.
final class RecordingWriter implements Work {
    private static final Logger log = LoggerFactory.getLogger(RecordingWriter.class);
    private static final int FRAME_MILLIS = 20;
    private static final int REPAIR_FRAMES = 50;

    private final String name;
    private final Recording recording;
    private final PcmRing ring;
    private final Disk disk;
    private final RecordedFile format;
    private final RecordingEvents events;
    private volatile boolean stopped;
    private volatile boolean silenced;

    private final short[] frame;
    private Disk.@Nullable OpenFile file;
    private boolean failed;
    /// Whether it goes on with a file that was there.
    private boolean resumed;
    private long frames;
    private long repairedFrames;

    /// @param name of the channel, for logs
    RecordingWriter(String name, Recording recording, PcmRing ring, Disk disk, RecordedFile format, RecordingEvents events) {
        this.name = name;
        this.recording = recording;
        this.ring = ring;
        this.disk = disk;
        this.format = format;
        this.events = events;
        this.frame = new short[ring.frameValues()];
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
            FileOut to = open();
            format.look();
            while (!isFull() && ring.poll(frame)) {
                format.write(frame, to);
                frames++;
            }
            last |= isFull();
            if (last) {
                format.finish(to);
            }
            if (last || frames - repairedFrames >= REPAIR_FRAMES) {
                format.repair(to);
                repairedFrames = frames;
            }
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
        Disk.OpenFile open = file;
        if (open != null) {
            try (open) {
                format.repair(open::write);
                if (!failed && !resumed && frames * FRAME_MILLIS < recording.minMillis()) {
                    log.info("{}: the recording {} is deleted, for it lasted {} ms", name, recording.path(), frames * FRAME_MILLIS);
                    Files.deleteIfExists(recording.path());
                }
            } catch (IOException trouble) {
                log.warn("{}: the file {} could not be finished: {}", name, recording.path(), reason(trouble));
            }
        }
        format.close();
        events.onClosed(how, frames * FRAME_MILLIS, format.samples());
    }

    private boolean isFull() {
        return recording.maxMillis() > 0 && frames * FRAME_MILLIS >= recording.maxMillis();
    }

    private FileOut open() throws IOException {
        Disk.OpenFile open = file;
        if (open != null) {
            return open::write;
        }
        Set<OpenOption> options = new HashSet<>(Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        OpenOption[] links = recording.followLinks() ? new OpenOption[0] : new OpenOption[] {LinkOption.NOFOLLOW_LINKS};
        options.addAll(Set.of(links));
        resumed = recording.append() && Files.exists(recording.path());
        if (resumed) {
            resume(links);
        } else {
            options.add(StandardOpenOption.TRUNCATE_EXISTING);
        }
        Disk.OpenFile opened = disk.open(recording.path(), options);
        file = opened;
        format.begin(opened::write);
        return opened::write;
    }

    private void resume(OpenOption[] links) throws IOException {
        try (SoundFile old = SoundFile.read(recording.path(), links)) {
            if (!format.resume(old)) {
                throw new IOException("it cannot be appended to: it is no WAV file of the same rate and as many channels");
            }
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    private static String reason(IOException trouble) {
        String message = trouble.getMessage();
        return message == null ? trouble.getClass().getSimpleName() : message;
    }
}
