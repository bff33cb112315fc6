package io.jverto.medialoop.picture;

import io.jverto.base.bytes.PacketRing;
import io.jverto.media.plan.VideoCodec;
import org.jspecify.annotations.Nullable;

/// A channel's video, as a studio has it. Thread-safe where it says so; the rings have one writer and one reader.
public interface Tap {
    /// @return in which the channel's pictures come, perhaps another one later, and those go that it is to see
    VideoCodec codec();

    /// @return RTP packets that the channel sends, repaired; null when none are to be expected
    @Nullable PacketRing incoming();

    /// Asks the channel's peer for a key frame.
    void wantKeyFrame();

    /// Tells the channel's peer how much it may send.
    void bandwidth(int kbps);

    /// @return where RTP packets go that the channel is to see, tagged 1 where a key frame begins; null when it sees none
    @Nullable PacketRing outgoing();

    /// Something is in [#outgoing].
    void sent();

    /// @return whether the channel's peer needs a key frame, since the last time this was asked
    boolean takeKeyFrameWish();

    /// @return kbit/s that it can take; 0 when it does not say
    int kbps();

    /// The studio has done with it.
    void close();
}
