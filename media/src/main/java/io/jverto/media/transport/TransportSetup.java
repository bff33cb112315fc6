package io.jverto.media.transport;

import io.jverto.media.plan.IceCredentials;

/// Our side of a transport.
///
/// @param ice our credentials
/// @param audioSsrc of the audio that we send
/// @param cname RTCP canonical name, ASCII
public record TransportSetup(IceCredentials ice, int audioSsrc, String cname) {}
