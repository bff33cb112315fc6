package io.jverto.media.plan;

import java.net.InetSocketAddress;

/// One UDP address that a peer names after its description (RFC 8838 section 11).
///
/// @param ufrag of the exchange of credentials that it belongs to; empty for the one in force
/// @param address an IP literal
public record RemoteCandidate(String ufrag, InetSocketAddress address) {}
