package io.jverto.medialoop.file;

import io.jverto.base.bytes.PacketRing;
import io.jverto.media.plan.VideoCodec;
import org.jspecify.annotations.Nullable;

/// Lets the pictures of a file that plays go into a recording.
public final class FilmReel implements Reel, Screen {
    /// Some seconds, or some pictures of a large film, which come all at once.
    private static final int RING_PACKETS = 1_024;
    private static final int RING_BYTES = 1_300;

    private final PacketRing ring = new PacketRing(RING_PACKETS, RING_BYTES);
    private final Film film;
    private volatile @Nullable VideoCodec codec; // written by the thread of the file that plays
    private volatile boolean keyFrameWanted;

    /// @param film the recording's
    public FilmReel(Film film) {
        this.film = film;
    }

    /// The recording goes on with it once it is known what comes; with the first codec alone.
    @Override
    public boolean takes(VideoCodec next) {
        boolean takes = film.takes(next) && (codec == null || codec == next);
        if (takes && codec == null) {
            codec = next;
            film.show(this);
        }
        return takes;
    }

    @Override
    public VideoCodec codec() {
        VideoCodec known = codec;
        return known == null ? VideoCodec.VP8 : known;
    }

    @Override
    public PacketRing ring() {
        return ring;
    }

    @Override
    public void came() {
        film.came();
    }

    @Override
    public void wantKeyFrame() {
        keyFrameWanted = true;
    }

    @Override
    public boolean takeKeyFrameWish() {
        boolean wanted = keyFrameWanted;
        keyFrameWanted = false;
        return wanted;
    }

    @Override
    public void close() {
        // nobody else holds it
    }
}
