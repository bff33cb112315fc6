package io.jverto.switchboard.channel;

/// Whom a channel stands for, as the other side is shown it. Texts may be empty.
public record Party(String name, String number) {}
