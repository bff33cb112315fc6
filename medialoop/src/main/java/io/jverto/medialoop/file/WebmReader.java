package io.jverto.medialoop.file;

import io.jverto.media.codec.AudioCodecs;
import io.jverto.media.codec.AudioDecoder;
import io.jverto.media.file.OggOpus;
import io.jverto.media.file.Webm;
import io.jverto.media.plan.AudioCodec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A WebM file of Opus as 48 kHz PCM, mono or stereo as it is; its pictures go to a [Projector]. Where it has no sound, for a while or at all, it is
/// silent, so that pictures keep their time.
final class WebmReader implements PcmReader {
    private static final int SAMPLES_OF_A_MILLI = 48;
    /// Times of blocks are in milliseconds, and shake by a packet.
    private static final int GAP = 60 * SAMPLES_OF_A_MILLI;
    /// A longer gap is passed over: nobody wants to wait for what a broken file says.
    private static final long MAX_GAP = 60_000L * SAMPLES_OF_A_MILLI;
    /// A decoder of Opus is right after so long.
    private static final int PRE_ROLL_MILLIS = 80;
    private static final int MAX_EMPTY_BLOCKS = 10_000;
    /// The last picture of a film without sound is seen for so long.
    private static final int LAST_PICTURE = 40 * SAMPLES_OF_A_MILLI;

    private final SoundFile file;
    private final Webm webm;
    private final @Nullable AudioDecoder decoder;
    private final Projector projector;
    private final long beginsAt;
    private final long start;
    private final byte[] block = new byte[Webm.MAX_BLOCK];
    /// Samples, in the file's time and from `start` on, that were given; a gap that was passed over counts as given.
    private long position;
    private long passedOver;
    /// Silence that is to be given before anything else.
    private long silence;
    private int waiting;
    private boolean over;

    /// @param start samples at 48 kHz to leave out
    /// @param beginsAt milliseconds of what the projector plays before it
    WebmReader(SoundFile file, Webm webm, long start, Projector projector, long beginsAt) {
        this.file = file;
        this.webm = webm;
        this.start = Math.max(0, start);
        this.beginsAt = beginsAt;
        this.projector = projector;
        this.decoder = webm.channels() == 0 ? null : AudioCodecs.decoder(AudioCodec.OPUS, webm.channels());
        webm.codec().ifPresent(codec -> projector.begin(codec, webm.setup()));
        if (start > 0) {
            webm.skipTo(Math.max(0, start / SAMPLES_OF_A_MILLI - PRE_ROLL_MILLIS));
        }
    }

    @Override
    public int channels() {
        return Math.max(1, webm.channels());
    }

    @Override
    public int read(short[] pcm) {
        for (int i = 0; i < MAX_EMPTY_BLOCKS; i++) {
            if (silence > 0) {
                return silent(pcm);
            }
            if (waiting > 0) {
                int samples = decoded(pcm);
                if (samples > 0) {
                    return samples;
                }
                continue;
            }
            if (over) {
                return 0;
            }
            switch (webm.next()) {
                case SOUND -> sound();
                case PICTURE -> picture();
                case END -> {
                    over = true;
                    silence = decoder == null && position > 0 ? LAST_PICTURE : 0;
                }
            }
        }
        return 0;
    }

    private int silent(short[] pcm) {
        int samples = (int) Math.min(silence, MAX_BLOCK);
        Arrays.fill(pcm, 0, samples * channels(), (short) 0);
        silence -= samples;
        position += samples;
        return samples;
    }

    private void sound() {
        if (decoder == null || webm.length() > OggOpus.MAX_PACKET || !webm.copy(block)) {
            return;
        }
        waiting = webm.length();
        upTo(webm.millis() * SAMPLES_OF_A_MILLI - webm.preSkip() - start, GAP);
    }

    /// Is silent until a moment, if that is far enough ahead.
    private void upTo(long moment, int tolerance) {
        long gap = moment - position;
        if (gap > MAX_GAP) {
            position += gap;
            passedOver += gap;
        } else if (gap > tolerance) {
            silence = gap;
        }
    }

    private int decoded(short[] pcm) {
        int length = waiting;
        waiting = 0;
        int samples = decoder == null ? 0 : Math.max(0, decoder.decode(block, 0, length, pcm));
        long begin = webm.millis() * SAMPLES_OF_A_MILLI - webm.preSkip() - start;
        int from = Math.clamp(-begin, 0, samples);
        if (from > 0) {
            System.arraycopy(pcm, from * channels(), pcm, 0, (samples - from) * channels());
        }
        position += samples - from;
        return samples - from;
    }

    private void picture() {
        if (!webm.copy(block)) {
            return;
        }
        long moment = Math.max(0, webm.millis() * SAMPLES_OF_A_MILLI - start);
        if (decoder == null) {
            upTo(moment, 0);
        }
        projector.add(beginsAt + (moment - passedOver) / SAMPLES_OF_A_MILLI, webm.isKey(), block, webm.length());
    }

    @Override
    public void close() {
        AudioDecoder made = decoder;
        if (made != null) {
            made.close();
        }
        file.close();
    }
}
