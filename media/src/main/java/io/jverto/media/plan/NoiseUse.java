package io.jverto.media.plan;

/// Whether a peer without ICE may send comfort noise in place of silence (RFC 3389), and is sent it.
public enum NoiseUse {
    NEVER,
    /// When it offers that.
    TAKEN,
    /// We offer it too.
    OFFERED
}
