package io.jverto.media.plan;

import java.util.Optional;

/// Everything that an offer and an answer settled for one channel.
///
/// @param video empty for a call without
public record MediaPlan(TransportPlan transport, AudioPlan audio, Optional<VideoPlan> video) {
    /// Of a call without video.
    public MediaPlan(TransportPlan transport, AudioPlan audio) {
        this(transport, audio, Optional.empty());
    }
}
