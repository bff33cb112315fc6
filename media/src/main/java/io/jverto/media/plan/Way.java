package io.jverto.media.plan;

/// The two ways of a channel's sound.
public enum Way {
    /// What its party says; "read" in a dialplan.
    SAID,
    /// What its party hears; "write" in a dialplan.
    HEARD
}
