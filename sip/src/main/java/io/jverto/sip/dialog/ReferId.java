package io.jverto.sip.dialog;

/// A transfer that the peer of a call asked for: the CSeq of its REFER, which tells its notifications apart (RFC 3515 section 2.4.6).
public record ReferId(long number) {}
