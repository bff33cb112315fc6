package io.jverto.media.plan;

/// Everything that an offer and an answer settled for one channel.
public record MediaPlan(TransportPlan transport, AudioPlan audio) {}
