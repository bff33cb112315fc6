package io.jverto.media.plan;

/// How a transport treats a peer without ICE (media-rtc.md sections 9 and 12.1).
///
/// @param learns whether the peer's packets may come from somewhere else than its SDP says, as they do behind a NAT
/// @param timeoutMillis a call ends that received no RTP for so long; 0 for never
/// @param holdTimeoutMillis the same for a peer that put us on hold
public record DirectRules(boolean learns, long timeoutMillis, long holdTimeoutMillis) {
    /// What counts where nobody says anything.
    public static final DirectRules DEFAULT = new DirectRules(true, 300_000, 1_800_000);
}
