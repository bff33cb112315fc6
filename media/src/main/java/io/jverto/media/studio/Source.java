package io.jverto.media.studio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.frame.FrameAssembler;
import io.jverto.media.frame.VpxDecoder;
import io.jverto.media.picture.Picture;
import io.jverto.media.plan.VideoCodec;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A camera or a screen, as it comes from a member. It is decoded only while it is on a canvas that somebody watches.
@OwnedBy(Role.PICTURES)
final class Source implements FrameAssembler.Sink {
    /// Without a new picture for so long a key frame is asked for, and then the picture is taken off (conference.md section 21.5).
    static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(1);
    static final long GONE_NANOS = TimeUnit.SECONDS.toNanos(5);
    /// Between two key frames that are asked for.
    static final long ASK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final StudioSetup setup;
    private final Studio.Inlet inlet;
    private final Picture picture = new Picture(2, 2);
    private VideoCodec codec = VideoCodec.VP8;
    private FrameAssembler assembler;
    private @Nullable VpxDecoder decoder;
    private boolean shown;
    private int limit;
    private boolean seen;
    private long pictureNanos;
    private long askedNanos = Long.MIN_VALUE;
    private long nowNanos;

    Source(StudioSetup setup, Studio.Inlet inlet) {
        this.setup = setup;
        this.inlet = inlet;
        this.assembler = new FrameAssembler(codec, setup.frames());
    }

    /// @param now whether somebody sees it
    /// @param kbps that are enough for how large it is shown
    void shown(boolean now, int kbps) {
        if (kbps != limit) {
            limit = kbps;
            inlet.bandwidth(kbps);
        }
        if (now && !shown) {
            assembler = new FrameAssembler(codec, setup.frames()); // what was passed over is lost
            askedNanos = Long.MIN_VALUE;
        } else if (!now && shown) {
            close();
        }
        shown = now;
    }

    /// What comes from now on. What canvases cannot show is passed over.
    void codec(VideoCodec next) {
        if (next != codec) {
            codec = next;
            close();
            assembler = new FrameAssembler(codec, setup.frames());
            askedNanos = Long.MIN_VALUE;
        }
    }

    void onPacket(long now, int sequence, int timestamp, boolean marker, byte[] payload, int offset, int length) {
        if (!shown) {
            setup.counters().increment(StudioCount.PICTURES_NOT_NEEDED);
            return;
        }
        nowNanos = now;
        assembler.onPacket(now, sequence, timestamp, marker, payload, offset, length, this);
        ask(now);
    }

    /// Asks for a key frame where none can be done without.
    void ask(long now) {
        boolean silent = seen && now - pictureNanos > SILENT_NANOS;
        if (shown && (assembler.needsKeyFrame() || silent) && (askedNanos == Long.MIN_VALUE || now - askedNanos >= ASK_NANOS)) {
            askedNanos = now;
            setup.counters().increment(StudioCount.KEY_FRAMES_ASKED);
            inlet.wantKeyFrame();
        }
    }

    @Override
    public void onFrame(byte[] bytes, int length, int timestamp) {
        VpxDecoder ours = decoder;
        if (ours == null) {
            ours = setup.codec().decoder(codec);
            decoder = ours;
        }
        if (!ours.decode(nowNanos, bytes, length)) {
            assembler.breakOff();
            return;
        }
        int width = ours.width() & ~1;
        int height = ours.height() & ~1;
        if (width < 2 || height < 2) {
            return;
        }
        picture.resize(width, height);
        ours.copyPlane(0, picture.luma(), width, height);
        ours.copyPlane(1, picture.u(), width / 2, height / 2);
        ours.copyPlane(2, picture.v(), width / 2, height / 2);
        picture.painted();
        seen = true;
        pictureNanos = nowNanos;
    }

    /// @param freezes whether the last picture stays when none comes
    @Nullable Picture picture(long now, boolean freezes) {
        return seen && (freezes || now - pictureNanos < GONE_NANOS) ? picture : null;
    }

    /// The thread's own; a picture that was decoded stays.
    void close() {
        VpxDecoder ours = decoder;
        if (ours != null) {
            ours.close();
            decoder = null;
        }
    }
}
