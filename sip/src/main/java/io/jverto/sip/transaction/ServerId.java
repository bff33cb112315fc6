package io.jverto.sip.transaction;

/// A request to us.
public record ServerId(String key) {}
