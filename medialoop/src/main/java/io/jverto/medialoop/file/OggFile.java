package io.jverto.medialoop.file;

import io.jverto.media.codec.AudioCodecs;
import io.jverto.media.codec.AudioEncoder;
import io.jverto.media.file.OggOpusWriter;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.OpusSettings;
import io.jverto.media.plan.Recording;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An Ogg file of Opus, mono or stereo, always at 48 kHz. It can be played as far as it goes at any time; a writer that dies leaves out
/// the last second.
final class OggFile implements RecordedFile {
    private static final int FRAME = 960;
    private static final int MAX_PACKET = 1_275;
    /// Bits a second: a tenth of a WAV file, and a good deal more than a call has.
    private static final int MONO_BITRATE = 48_000;
    private static final int STEREO_BITRATE = 96_000;

    private final OggOpusWriter pages;
    private final int channels;
    /// Belongs to the thread that writes, which makes it: who asks for a recording is another one.
    private @Nullable AudioEncoder encoder;
    private final short[] silence;
    private final byte[] packet = new byte[MAX_PACKET];
    private long at;
    private long samples;
    private boolean finished;

    /// @param serial tells the stream from others, should files be joined
    OggFile(int serial, int channels, Recording.Tags tags) {
        this.pages = new OggOpusWriter(serial, channels, 48_000, comments(tags));
        this.channels = channels;
        this.silence = new short[FRAME * channels];
    }

    private static List<String> comments(Recording.Tags tags) {
        return Stream.of("TITLE=" + tags.title(), "ARTIST=" + tags.artist(), "COPYRIGHT=" + tags.copyright(), "SOFTWARE=" + tags.software(),
                "COMMENT=" + tags.comment(), "DATE=" + tags.date()).filter(comment -> !comment.endsWith("=")).toList();
    }

    @Override
    public void begin(FileOut to) throws IOException {
        int bitrate = channels == 2 ? STEREO_BITRATE : MONO_BITRATE;
        encoder = AudioCodecs.encoder(AudioCodec.OPUS, channels, new OpusSettings(false, false, false, bitrate, 48_000), 48_000);
        append(pages.head(), to);
    }

    @Override
    public void write(short[] frame, FileOut to) throws IOException {
        encode(frame, to);
        samples += FRAME;
    }

    /// One frame more: the codec is behind.
    @Override
    public void finish(FileOut to) throws IOException {
        encode(silence, to);
        append(pages.finish(samples), to);
        finished = true;
    }

    @Override
    public void repair(FileOut to) throws IOException {
        if (!finished) {
            append(pages.flush(), to);
        }
    }

    @Override
    public long samples() {
        return samples;
    }

    @Override
    public void close() {
        AudioEncoder made = encoder;
        if (made != null) {
            made.close();
        }
    }

    private void encode(short[] frame, FileOut to) throws IOException {
        int length = Objects.requireNonNull(encoder, "begin comes first").encode(frame, FRAME, packet, 0);
        append(pages.add(packet, Math.max(0, length), FRAME), to);
    }

    private void append(byte[] page, FileOut to) throws IOException {
        to.write(ByteBuffer.wrap(page), at);
        at += page.length;
    }
}
