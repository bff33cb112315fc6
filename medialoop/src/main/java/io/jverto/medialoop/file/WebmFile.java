package io.jverto.medialoop.file;

import io.jverto.media.codec.AudioCodecs;
import io.jverto.media.codec.AudioEncoder;
import io.jverto.media.file.WebmWriter;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.OpusSettings;
import io.jverto.media.plan.Recording;
import io.jverto.media.plan.VideoCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A WebM or Matroska file of Opus at 48 kHz, mono or stereo, and of the pictures of a [Film] as they were sent. It can be played as far as it goes at any time;
/// a writer that dies leaves out the last second.
final class WebmFile implements RecordedFile {
    private static final int FRAME = 960;
    private static final int FRAME_MILLIS = 20;
    private static final int MAX_PACKET = 1_275;
    private static final int MONO_BITRATE = 48_000;
    private static final int STEREO_BITRATE = 96_000;
    private static final Logger log = LoggerFactory.getLogger(WebmFile.class);

    private final String name;
    private final WebmWriter writer;
    private final FilmCutter cutter;
    private final int channels;
    /// Belongs to the thread that writes, which makes it.
    private @Nullable AudioEncoder encoder;
    private final byte[] packet = new byte[MAX_PACKET];
    private long frames;
    private boolean finished;
    private boolean said;

    /// @param name of the channel, for logs
    WebmFile(String name, int channels, Recording recording, FilmCutter cutter) {
        Recording.Tags tags = recording.tags();
        this.name = name;
        this.writer = new WebmWriter(channels, Map.of("TITLE", tags.title(), "ARTIST", tags.artist(), "COPYRIGHT", tags.copyright(),
                "ENCODER", tags.software(), "COMMENT", tags.comment(), "DATE_RECORDED", tags.date()), recording.isMatroska());
        this.channels = channels;
        this.cutter = cutter;
    }

    @Override
    public void begin(FileOut to) throws IOException {
        int bitrate = channels == 2 ? STEREO_BITRATE : MONO_BITRATE;
        encoder = AudioCodecs.encoder(AudioCodec.OPUS, channels, new OpusSettings(false, false, false, bitrate, 48_000), 48_000);
        write(writer.head(), to);
    }

    @Override
    public void look() {
        cutter.look();
    }

    @Override
    public void write(short[] frame, FileOut to) throws IOException {
        pictures((frames + 1) * FRAME_MILLIS);
        encode(frame);
        frames++;
        if (writer.isLarge()) {
            write(writer.flush(), to);
        }
    }

    private void encode(short[] frame) {
        int length = Objects.requireNonNull(encoder, "begin comes first").encode(frame, FRAME, packet, 0);
        if (length > 0) {
            writer.sound(frames * FRAME_MILLIS, FRAME_MILLIS, packet, length);
        }
    }

    /// Those that belong before a moment of the sound.
    private void pictures(long millis) {
        for (FilmCutter.Picture next = cutter.take(millis); next != null; next = cutter.take(millis)) {
            VideoCodec codec = writer.codec();
            if (codec == null || codec == next.codec()) {
                WebmWriter.Size size = new WebmWriter.Size(next.header().width(), next.header().height());
                writer.picture(next.millis(), next.codec(), next.header().key(), size, next.setup(), next.bytes(), next.bytes().length);
            } else if (!said) {
                said = true;
                log.info("{}: a film has one codec: it began in {}, and pictures in {} are left out", name, codec, next.codec());
            }
        }
    }

    /// What the codec holds back, a third of a frame, is let go: players add nothing to what the file says it lasts.
    @Override
    public void finish(FileOut to) throws IOException {
        pictures(frames * FRAME_MILLIS);
        write(writer.finish(), to);
        finished = true;
    }

    @Override
    public void repair(FileOut to) throws IOException {
        if (!finished) {
            write(writer.flush(), to);
        }
    }

    @Override
    public long samples() {
        return frames * FRAME;
    }

    @Override
    public void close() {
        cutter.close();
        AudioEncoder made = encoder;
        if (made != null) {
            made.close();
        }
    }

    private static void write(List<WebmWriter.Piece> pieces, FileOut to) throws IOException {
        for (WebmWriter.Piece piece : pieces) {
            to.write(ByteBuffer.wrap(piece.bytes()), piece.at());
        }
    }
}
