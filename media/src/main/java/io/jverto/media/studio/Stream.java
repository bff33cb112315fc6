package io.jverto.media.studio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.frame.Packetizer;
import io.jverto.media.frame.VpxEncoder;
import io.jverto.media.picture.Picture;
import io.jverto.media.plan.VideoCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One encoding of a canvas, for all who watch it in that codec and at that bit rate.
@OwnedBy(Role.PICTURES)
final class Stream implements Packetizer.Sink {
    /// Between two key frames: each is as large as many others.
    static final long KEY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    /// A picture that stands still is encoded so often again, in which it becomes sharp.
    private static final int SETTLING = 12;
    /// And then once in so long, so that nobody takes it for dead.
    private static final long STILL_NANOS = TimeUnit.SECONDS.toNanos(1);
    /// Differences of rates that are worth telling the encoder.
    private static final int RATE_PART = 20;

    private final StudioSetup setup;
    private final VideoCodec codec;
    private final int level;
    final List<Viewer> viewers = new ArrayList<>();
    private final Packetizer packetizer;
    private int timestamp;
    private @Nullable VpxEncoder encoder;
    private int framesPerSecond;
    private boolean keyWanted;
    private boolean keyDelayed;
    private long keyNanos = Long.MIN_VALUE;
    private long sentNanos = Long.MIN_VALUE;
    private int still;
    private boolean first;

    Stream(StudioSetup setup, VideoCodec codec, int level) {
        this.setup = setup;
        this.codec = codec;
        this.level = level;
        this.packetizer = Packetizer.of(codec);
    }

    VideoCodec codec() {
        return codec;
    }

    int level() {
        return level;
    }

    void add(Viewer viewer) {
        viewers.add(viewer);
        viewer.level = level;
        keyWanted = true; // who comes in sees nothing else
    }

    void remove(Viewer viewer) {
        viewers.remove(viewer);
        if (viewers.isEmpty()) {
            close();
        }
    }

    /// Encodes a picture, if anybody watches and there is a reason.
    ///
    /// @param changed whether it is another one than the last
    /// @param mediaTime of the picture, in 1/90,000 s, of the whole studio
    void send(long nowNanos, Picture picture, boolean changed, int fps, int bitsPerSecond, long mediaTime) {
        for (int i = 0; i < viewers.size(); i++) {
            keyWanted |= viewers.get(i).outlet().takeKeyFrameWish();
        }
        still = changed ? 0 : still + 1;
        boolean key = keyWanted && (keyNanos == Long.MIN_VALUE || nowNanos - keyNanos >= KEY_NANOS);
        if (keyWanted && !key && !keyDelayed) {
            keyDelayed = true;
            setup.counters().increment(StudioCount.KEY_FRAMES_DELAYED);
        }
        if (viewers.isEmpty() || still > SETTLING && !key && nowNanos - sentNanos < STILL_NANOS) {
            return;
        }
        VpxEncoder ours = encoder(picture, fps, rate(bitsPerSecond));
        int length = ours.encode(picture.luma(), picture.u(), picture.v(), mediaTime, key);
        if (length == 0) {
            return; // left out by the encoder, which was over its rate
        }
        sentNanos = nowNanos;
        if (ours.isKey()) {
            keyNanos = nowNanos;
            keyWanted = false;
            keyDelayed = false;
            setup.counters().increment(StudioCount.KEY_FRAMES_MADE);
        }
        timestamp = (int) mediaTime;
        first = ours.isKey();
        packetizer.send(ours.output(), length, this);
    }

    @Override
    public void onPayload(byte[] bytes, int length, boolean marker) {
        for (int i = 0; i < viewers.size(); i++) {
            viewers.get(i).send(first, marker, timestamp, bytes, length);
        }
        first = false;
    }

    /// What the weakest of them can take.
    private int rate(int bitsPerSecond) {
        int rate = Rates.top(bitsPerSecond, level);
        for (int i = 0; i < viewers.size(); i++) {
            int able = viewers.get(i).able();
            rate = able > 0 && able < rate ? able : rate;
        }
        return rate;
    }

    private VpxEncoder encoder(Picture picture, int fps, int rate) {
        VpxEncoder ours = encoder;
        if (ours == null || ours.width() != picture.width() || ours.height() != picture.height() || fps != framesPerSecond) {
            close();
            ours = setup.codec().encoder(codec, picture.width(), picture.height(), fps, rate);
            encoder = ours;
            framesPerSecond = fps;
        } else if (Math.abs(ours.bitsPerSecond() - rate) > ours.bitsPerSecond() / RATE_PART) {
            ours.bitsPerSecond(rate);
        }
        return ours;
    }

    void close() {
        VpxEncoder ours = encoder;
        if (ours != null) {
            ours.close();
            encoder = null;
        }
    }
}
