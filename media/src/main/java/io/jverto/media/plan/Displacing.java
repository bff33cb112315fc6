package io.jverto.media.plan;

/// How a sound comes instead of what a channel says or hears.
///
/// @param mixed it is added, not put in place
/// @param maxMillis after which it ends; 0 for none
public record Displacing(Way way, boolean mixed, int maxMillis) {}
