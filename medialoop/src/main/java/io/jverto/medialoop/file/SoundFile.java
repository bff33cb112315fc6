package io.jverto.medialoop.file;

import io.jverto.media.file.FileBytes;
import io.jverto.media.file.OggOpus;
import io.jverto.media.file.WavHeader;
import io.jverto.media.file.Webm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/// A file of sound on the disk. What is in it shows by its first bytes, not by its name.
final class SoundFile implements FileBytes, AutoCloseable {
    private final FileChannel channel;

    private SoundFile(FileChannel channel) {
        this.channel = channel;
    }

    /// A reader, or why there is none.
    sealed interface Opened {
        record Ok(PcmReader reader) implements Opened {}

        record Bad(String reason) implements Opened {}
    }

    /// @param start samples at 48 kHz to leave out
    /// @param projector shows its pictures
    /// @param beginsAt milliseconds of what the projector shows before it
    static Opened open(Path path, long start, Projector projector, long beginsAt) {
        if (!Files.isRegularFile(path)) {
            return new Opened.Bad("there is no such file"); // a pipe or device could keep us waiting for ever
        }
        try {
            SoundFile file = new SoundFile(FileChannel.open(path, StandardOpenOption.READ));
            Opened opened = open(file, start, projector, beginsAt);
            if (opened instanceof Opened.Bad) {
                file.close();
            }
            return opened;
        } catch (IOException unreadable) {
            return unreadable(unreadable);
        }
    }

    /// @throws IOException when there is none that can be read
    static SoundFile read(Path path, OpenOption... more) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new IOException("it is no file that could be gone on with");
        }
        Set<OpenOption> options = new HashSet<>(Set.of(more));
        options.add(StandardOpenOption.READ);
        return new SoundFile(FileChannel.open(path, options));
    }

    private static Opened open(SoundFile file, long start, Projector projector, long beginsAt) {
        try {
            if (OggOpus.isOgg(file)) {
                return switch (OggOpus.open(file)) {
                    case OggOpus.Result.Ok(OggOpus stream) -> new Opened.Ok(new OggReader(file, stream, start));
                    case OggOpus.Result.Bad(String reason) -> new Opened.Bad(reason);
                };
            }
            if (Webm.isWebm(file)) {
                return switch (Webm.open(file)) {
                    case Webm.Result.Ok(Webm webm) -> new Opened.Ok(new WebmReader(file, webm, start, projector, beginsAt));
                    case Webm.Result.Bad(String reason) -> new Opened.Bad(reason);
                };
            }
            return switch (WavHeader.read(file)) {
                case WavHeader.Result.Ok(WavHeader header) -> new Opened.Ok(new WavReader(file, header, start));
                case WavHeader.Result.Bad(String reason) -> new Opened.Bad(reason);
            };
        } catch (UncheckedIOException unreadable) {
            return unreadable(unreadable.getCause());
        }
    }

    private static Opened unreadable(IOException why) {
        return new Opened.Bad("it cannot be read: " + why.getMessage());
    }

    @Override
    public long length() {
        try {
            return channel.size();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public int read(long position, byte[] into, int count) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(into, 0, count);
            int read = 0;
            while (buffer.hasRemaining() && read >= 0) {
                read = channel.read(buffer, position + buffer.position());
            }
            return buffer.position();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException nothingToBeDone) {
            // it was only read
        }
    }
}
