package io.jverto.sip.dialog;

import io.jverto.sip.message.HostPort;
import io.jverto.sip.transaction.Hop;
import java.util.function.Function;

/// How a [UserAgent] behaves.
///
/// @param name for User-Agent and Server
/// @param local where we are, as who is there is to know it
/// @param reliable whether provisional responses are sent reliably to callers who can do that (RFC 3262); to those who require it, always
/// @param maxCalls those that ended less than 32 seconds ago included
public record UserAgentConfig(
        String name, Function<Hop, HostPort> local, boolean reliable, SessionRules session, int maxCalls) {}
