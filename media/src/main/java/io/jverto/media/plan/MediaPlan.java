package io.jverto.media.plan;

import java.util.List;
import java.util.Optional;

/// Everything that an offer and an answer settled for one channel.
///
/// @param video empty for a call without
/// @param gallery lines for single members of a room, in their order; none without video
/// @param simulcast how the camera comes where it comes in several sizes; none without video
public record MediaPlan(
        TransportPlan transport, AudioPlan audio, Optional<VideoPlan> video, List<GalleryLine> gallery, Optional<SimulcastPlan> simulcast) {
    public MediaPlan {
        gallery = List.copyOf(gallery);
    }

    /// Without a gallery.
    public MediaPlan(TransportPlan transport, AudioPlan audio, Optional<VideoPlan> video) {
        this(transport, audio, video, List.of(), Optional.empty());
    }

    /// Of a call without video.
    public MediaPlan(TransportPlan transport, AudioPlan audio) {
        this(transport, audio, Optional.empty());
    }

    /// @return the SRTP profile to be preferred
    public SrtpProfile bestProfile() {
        return SrtpProfile.cheapest(video.isPresent());
    }

    /// @return the role that we play in DTLS; empty for a peer without
    public Optional<DtlsRole> dtlsRole() {
        return switch (transport) {
            case IcePlan ice -> Optional.of(ice.dtlsRole());
            case DirectPlan direct -> direct.dtls().map(DtlsPeer::role);
        };
    }
}
