package io.jverto.sip.transaction;

/// A request of ours.
public record ClientId(String key) {}
