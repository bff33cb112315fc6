package io.jverto.medialoop;

import io.jverto.base.bytes.PacketRing;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.VideoCodec;
import io.jverto.media.plan.VideoPlan;
import io.jverto.media.transport.VideoLink;
import io.jverto.medialoop.picture.Tap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The video of a call, as the studio of a room has it: a link to there, and one back.
final class StudioTap implements Tap {
    private final VideoCodec codec;
    private final @Nullable VideoLink incoming;
    private final @Nullable VideoLink outgoing;

    private StudioTap(VideoCodec codec, @Nullable VideoLink incoming, @Nullable VideoLink outgoing) {
        this.codec = codec;
        this.incoming = incoming;
        this.outgoing = outgoing;
    }

    /// @return empty where the call has nothing that canvases can show
    static Optional<Tap> of(CallMedia call) {
        Optional<VideoPlan> plan = call.state.plan.flatMap(MediaPlan::video).filter(video -> video.format().canBePainted());
        if (plan.isEmpty() || call.state.closed) {
            return Optional.empty();
        }
        LoopTransport transport = call.transport();
        MediaLoop loop = transport.loop();
        VideoLink in = null;
        VideoLink out = null;
        if (plan.get().receiving()) {
            in = VideoLink.outside(transport.transport(), () -> { });
            loop.tell(new LoopCommand.Show(transport, in));
        }
        if (plan.get().sending()) {
            out = VideoLink.outside(transport.transport(), loop.fedSignal());
            loop.tell(new LoopCommand.Watch(transport, VideoLink.MAIN, Optional.of(out)));
        }
        return Optional.of(new StudioTap(plan.get().codec(), in, out));
    }

    @Override
    public VideoCodec codec() {
        return codec;
    }

    @Override
    public @Nullable PacketRing incoming() {
        return incoming == null ? null : incoming.ring();
    }

    @Override
    public void wantKeyFrame() {
        if (incoming != null) {
            incoming.wantKeyFrame();
        }
    }

    @Override
    public void bandwidth(int kbps) {
        if (incoming != null) {
            incoming.bandwidth(kbps);
        }
    }

    @Override
    public @Nullable PacketRing outgoing() {
        return outgoing == null || outgoing.isClosed() ? null : outgoing.ring();
    }

    @Override
    public void sent() {
        if (outgoing != null) {
            outgoing.wakeViewer();
        }
    }

    @Override
    public boolean takeKeyFrameWish() {
        return outgoing != null && outgoing.takeKeyFrameWish();
    }

    @Override
    public int kbps() {
        return outgoing == null ? 0 : outgoing.kbps();
    }

    @Override
    public void close() {
        if (incoming != null) {
            incoming.close();
        }
        if (outgoing != null) {
            outgoing.close();
        }
    }
}
