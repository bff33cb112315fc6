package io.jverto.media.file;

import io.jverto.media.plan.VideoCodec;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes a WebM or Matroska file of Opus and, once a picture came, of video beside it (RFC 9559, and the WebM container guidelines): bytes come out, no file
/// is opened. What came lies in clusters that can be played as far as they were written; [#flush] brings the duration up to date, and
/// [#finish] adds what players seek by.
public final class WebmWriter {
    /// A cluster is no longer, so that a player that looks for a place has little to read.
    private static final int CLUSTER_MILLIS = 5_000;
    private static final int CLUSTER_BYTES = 4 << 20;
    /// Places to seek to; with more of them every second one goes.
    static final int MAX_CUES = 8_192;
    private static final int FIRST_CUE_MILLIS = 1_000;
    /// Where the seek head goes that is known at the end.
    private static final int RESERVED = 120;
    /// What is kept free for the description of the video.
    private static final int VIDEO_BYTES = 1_024;
    private static final int MAX_SETUP = 768;
    private static final int AUDIO_TRACK = 1;
    private static final int VIDEO_TRACK = 2;
    private static final long SCALE_NANOS = 1_000_000;
    private static final int AUDIO_TYPE = 2;
    private static final int VIDEO_TYPE = 1;
    /// What a decoder of Opus has to hear before its sound is right (RFC 7845 section 4.6).
    private static final long PRE_ROLL_NANOS = 80_000_000;
    private static final int KEY = 0x80;
    private static final String APP = "jverto";

    private final int channels;
    private final Map<String, String> tags;
    private final boolean matroska;
    private final List<Cue> cues = new ArrayList<>();
    private int cueMillis = FIRST_CUE_MILLIS;
    private long segmentAt;
    private long durationAt;
    private long tracksAt;
    private long infoAt;

    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private final List<Piece> corrections = new ArrayList<>();
    /// Where in the file `pending` goes.
    private long pendingAt;
    private long clusterAt = -1;
    private long clusterMillis;
    private long endMillis;
    private @Nullable VideoCodec codec;
    private byte[] setup = new byte[0];
    private boolean tracksChanged;
    private int width;
    private int height;

    /// @param channels of the sound, 1 or 2
    /// @param tags what the file says of itself, by the names of Matroska: `TITLE`, `ARTIST`
    /// @param matroska the file says so of itself, for it may have what WebM has not: H.264
    public WebmWriter(int channels, Map<String, String> tags, boolean matroska) {
        this.channels = channels;
        this.tags = Map.copyOf(tags);
        this.matroska = matroska;
    }

    /// What is to be written.
    ///
    /// @param at where in the file
    public record Piece(long at, byte[] bytes) {}

    /// Of a picture, in pixels.
    public record Size(int width, int height) {}

    /// @param at of its cluster, from the beginning of the segment
    private record Cue(long millis, long at, int track) {}

    /// @return what stands before the sound
    public List<Piece> head() {
        byte[] ebml = Ebml.element(Ebml.EBML, Ebml.number(Ebml.EBML_VERSION, 1), Ebml.number(Ebml.EBML_READ_VERSION, 1),
                Ebml.number(Ebml.EBML_MAX_ID, 4), Ebml.number(Ebml.EBML_MAX_SIZE, 8), Ebml.text(Ebml.DOC_TYPE, matroska ? "matroska" : "webm"),
                Ebml.number(Ebml.DOC_TYPE_VERSION, 4), Ebml.number(Ebml.DOC_TYPE_READ_VERSION, 2));
        byte[] segment = Ebml.join(Ebml.id(Ebml.SEGMENT), Ebml.longSize(Ebml.UNKNOWN));
        segmentAt = ebml.length + segment.length;
        infoAt = segmentAt + RESERVED;
        byte[] info = info();
        durationAt = infoAt + info.length - 8;
        tracksAt = infoAt + info.length;
        byte[] tracks = tracks();
        byte[] said = tags();
        pendingAt = tracksAt + tracks.length + said.length;
        return List.of(new Piece(0, Ebml.join(ebml, segment, Ebml.nothing(RESERVED), info, tracks, said)));
    }

    /// Ends with the duration.
    private byte[] info() {
        return Ebml.element(Ebml.INFO, Ebml.number(Ebml.TIMESTAMP_SCALE, SCALE_NANOS), Ebml.text(Ebml.TITLE, tags.getOrDefault("TITLE", "")),
                Ebml.text(Ebml.MUXING_APP, APP), Ebml.text(Ebml.WRITING_APP, APP), Ebml.decimal(Ebml.DURATION, endMillis));
    }

    /// As long whether or not there is video, so that it can take its place.
    private byte[] tracks() {
        byte[] opus = ByteBuffer.allocate(19).order(ByteOrder.LITTLE_ENDIAN).put("OpusHead".getBytes(StandardCharsets.US_ASCII)).put((byte) 1)
                .put((byte) channels).putShort((short) OggOpusWriter.PRE_SKIP).putInt(48_000).putShort((short) 0).put((byte) 0).array();
        byte[] sound = Ebml.element(Ebml.TRACK_ENTRY, Ebml.number(Ebml.TRACK_NUMBER, AUDIO_TRACK), Ebml.number(Ebml.TRACK_UID, AUDIO_TRACK),
                Ebml.number(Ebml.TRACK_TYPE, AUDIO_TYPE), Ebml.number(Ebml.FLAG_LACING, 0), Ebml.text(Ebml.CODEC_ID, "A_OPUS"),
                Ebml.element(Ebml.CODEC_PRIVATE, opus), Ebml.number(Ebml.CODEC_DELAY, OggOpusWriter.PRE_SKIP * 1_000_000_000L / 48_000),
                Ebml.number(Ebml.SEEK_PRE_ROLL, PRE_ROLL_NANOS),
                Ebml.element(Ebml.AUDIO, Ebml.decimal(Ebml.SAMPLING_FREQUENCY, 48_000), Ebml.number(Ebml.CHANNELS, channels)));
        VideoCodec known = codec;
        return Ebml.element(Ebml.TRACKS, sound, known == null ? Ebml.nothing(VIDEO_BYTES) : video(known));
    }

    private byte[] video(VideoCodec known) {
        byte[] beside = setup.length == 0 ? setup : Ebml.element(Ebml.CODEC_PRIVATE, setup);
        byte[] video = Ebml.element(Ebml.TRACK_ENTRY, Ebml.number(Ebml.TRACK_NUMBER, VIDEO_TRACK), Ebml.number(Ebml.TRACK_UID, VIDEO_TRACK),
                Ebml.number(Ebml.TRACK_TYPE, VIDEO_TYPE), Ebml.number(Ebml.FLAG_LACING, 0), Ebml.text(Ebml.CODEC_ID, MatroskaCodec.name(known)), beside,
                Ebml.element(Ebml.VIDEO, Ebml.number(Ebml.PIXEL_WIDTH, width, 2), Ebml.number(Ebml.PIXEL_HEIGHT, height, 2)));
        return Ebml.join(video, Ebml.nothing(VIDEO_BYTES - video.length));
    }

    private byte[] tags() {
        byte[][] said = tags.entrySet().stream().filter(tag -> !tag.getValue().isEmpty()).sorted(Map.Entry.comparingByKey())
                .map(tag -> Ebml.element(Ebml.SIMPLE_TAG, Ebml.text(Ebml.TAG_NAME, tag.getKey()), Ebml.text(Ebml.TAG_STRING, tag.getValue())))
                .toArray(byte[][]::new);
        return said.length == 0 ? new byte[0]
                : Ebml.element(Ebml.TAGS, Ebml.element(Ebml.TAG, Ebml.element(Ebml.TARGETS), Ebml.join(said)));
    }

    /// @param millis of its beginning
    /// @param lasts milliseconds of it
    public void sound(long millis, int lasts, byte[] packet, int length) {
        boolean begins = needsCluster(millis);
        if (begins) {
            beginCluster(millis);
        }
        if (begins && codec == null) {
            cue(millis, AUDIO_TRACK);
        }
        block(AUDIO_TRACK, millis, KEY, packet, length);
        endMillis = Math.max(endMillis, millis + lasts);
    }

    /// The first one must be a key frame; all are of the same codec.
    ///
    /// @param pixels size of a key frame
    /// @param beside what Matroska keeps beside the track, of the first one
    public void picture(long millis, VideoCodec of, boolean key, Size pixels, byte[] beside, byte[] frame, int length) {
        if (codec == null) {
            codec = of;
            setup = beside.length > MAX_SETUP ? new byte[0] : beside;
            width = pixels.width();
            height = pixels.height();
            tracksChanged = true;
        }
        if (key || needsCluster(millis)) {
            beginCluster(Math.max(millis, clusterMillis));
        }
        if (key) {
            cue(clusterMillis, VIDEO_TRACK);
        }
        block(VIDEO_TRACK, Math.max(millis, clusterMillis), key ? KEY : 0, frame, length);
        endMillis = Math.max(endMillis, millis);
    }

    /// @return null before the first picture
    public @Nullable VideoCodec codec() {
        return codec;
    }

    /// @return whether so much waits that it should be written
    public boolean isLarge() {
        return pending.size() > CLUSTER_BYTES / 16;
    }

    private boolean needsCluster(long millis) {
        return clusterAt < 0 || millis - clusterMillis >= CLUSTER_MILLIS || at() - clusterAt > CLUSTER_BYTES;
    }

    private long at() {
        return pendingAt + pending.size();
    }

    private void beginCluster(long millis) {
        endCluster();
        clusterAt = at();
        clusterMillis = millis;
        pending.writeBytes(Ebml.id(Ebml.CLUSTER));
        pending.writeBytes(Ebml.longSize(Ebml.UNKNOWN));
        pending.writeBytes(Ebml.number(Ebml.TIMESTAMP, millis));
    }

    private void endCluster() {
        if (clusterAt >= 0) {
            corrections.add(new Piece(clusterAt + 4, Ebml.longSize(at() - clusterAt - 12)));
        }
    }

    private void block(int track, long millis, int flags, byte[] bytes, int length) {
        int relative = Math.clamp(millis - clusterMillis, Short.MIN_VALUE, Short.MAX_VALUE);
        pending.writeBytes(Ebml.id(Ebml.SIMPLE_BLOCK));
        pending.writeBytes(Ebml.size(4 + length));
        pending.write(0x80 | track);
        pending.write(relative >> 8);
        pending.write(relative);
        pending.write(flags);
        pending.write(bytes, 0, length);
    }

    private void cue(long millis, int track) {
        if (!cues.isEmpty() && track == cues.getLast().track() && millis - cues.getLast().millis() < cueMillis) {
            return;
        }
        if (cues.size() >= MAX_CUES) {
            for (int i = cues.size() - 1; i > 0; i -= 2) {
                cues.remove(i);
            }
            cueMillis *= 2;
        }
        cues.add(new Cue(millis, clusterAt - segmentAt, track));
    }

    /// @return what came since the last time, and what has changed by that; in this order
    public List<Piece> flush() {
        List<Piece> pieces = new ArrayList<>();
        if (pending.size() > 0) {
            pieces.add(new Piece(pendingAt, pending.toByteArray()));
            pendingAt += pending.size();
            pending.reset();
        }
        if (tracksChanged) {
            pieces.add(new Piece(tracksAt, tracks()));
            tracksChanged = false;
        }
        pieces.addAll(corrections);
        corrections.clear();
        pieces.add(new Piece(durationAt, ByteBuffer.allocate(8).putDouble(endMillis).array()));
        return pieces;
    }

    /// @return the rest; nothing comes after it
    public List<Piece> finish() {
        endCluster();
        clusterAt = -1;
        List<Piece> pieces = new ArrayList<>(flush());
        boolean pictures = codec != null;
        byte[] index = Ebml.element(Ebml.CUES, cues.stream().filter(cue -> !pictures || cue.track() == VIDEO_TRACK)
                .map(cue -> Ebml.element(Ebml.CUE_POINT, Ebml.number(Ebml.CUE_TIME, cue.millis()), Ebml.element(Ebml.CUE_TRACK_POSITIONS,
                        Ebml.number(Ebml.CUE_TRACK, cue.track()), Ebml.number(Ebml.CUE_CLUSTER_POSITION, cue.at()))))
                .toArray(byte[][]::new));
        byte[] seek = Ebml.element(Ebml.SEEK_HEAD, seek(Ebml.INFO, infoAt), seek(Ebml.TRACKS, tracksAt), seek(Ebml.CUES, pendingAt));
        pieces.add(new Piece(pendingAt, index));
        pieces.add(new Piece(segmentAt, Ebml.join(seek, Ebml.nothing(RESERVED - seek.length))));
        pieces.add(new Piece(segmentAt - 8, Ebml.longSize(pendingAt + index.length - segmentAt)));
        return pieces;
    }

    private byte[] seek(int id, long at) {
        return Ebml.element(Ebml.SEEK, Ebml.element(Ebml.SEEK_ID, Ebml.id(id)), Ebml.number(Ebml.SEEK_POSITION, at - segmentAt, 8));
    }
}
