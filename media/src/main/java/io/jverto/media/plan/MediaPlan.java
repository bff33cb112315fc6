package io.jverto.media.plan;

import java.util.Optional;

/// Everything that an offer and an answer settled for one channel.
///
/// @param video empty for a call without
public record MediaPlan(TransportPlan transport, AudioPlan audio, Optional<VideoPlan> video) {
    /// @return the role that we play in DTLS; empty for a peer without
    public Optional<DtlsRole> dtlsRole() {
        return switch (transport) {
            case IcePlan ice -> Optional.of(ice.dtlsRole());
            case DirectPlan direct -> direct.dtls().map(DtlsPeer::role);
        };
    }

    /// Of a call without video.
    public MediaPlan(TransportPlan transport, AudioPlan audio) {
        this(transport, audio, Optional.empty());
    }
}
