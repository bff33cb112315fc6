package io.jverto.sip.dialog;

/// A call of a [UserAgent], from its INVITE to its end; not the Call-ID of its messages.
public record CallId(long number) {}
