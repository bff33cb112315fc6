package io.jverto.medialoop.file;

import io.jverto.media.codec.AudioCodecs;
import io.jverto.media.codec.AudioEncoder;
import io.jverto.media.file.WebmWriter;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.OpusSettings;
import io.jverto.media.plan.Recording;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A WebM file of Opus at 48 kHz, mono or stereo, and of the pictures of a [Film] as they were sent. It can be played as far as it goes at any time;
/// a writer that dies leaves out the last second.
final class WebmFile implements RecordedFile {
    private static final int FRAME = 960;
    private static final int FRAME_MILLIS = 20;
    private static final int MAX_PACKET = 1_275;
    private static final int MONO_BITRATE = 48_000;
    private static final int STEREO_BITRATE = 96_000;
    private static final String VP8 = "V_VP8";

    private final WebmWriter writer;
    private final FilmCutter cutter;
    private final int channels;
    /// Belongs to the thread that writes, which makes it.
    private @Nullable AudioEncoder encoder;
    private final byte[] packet = new byte[MAX_PACKET];
    private long frames;
    private boolean finished;

    WebmFile(int channels, Recording.Tags tags, FilmCutter cutter) {
        this.writer = new WebmWriter(channels, Map.of("TITLE", tags.title(), "ARTIST", tags.artist(), "COPYRIGHT", tags.copyright(),
                "ENCODER", tags.software(), "COMMENT", tags.comment(), "DATE_RECORDED", tags.date()));
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
            writer.picture(next.millis(), VP8, next.key(), next.width(), next.height(), next.bytes(), next.bytes().length);
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
