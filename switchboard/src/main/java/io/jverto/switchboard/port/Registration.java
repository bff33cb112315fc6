package io.jverto.switchboard.port;

import java.time.Instant;

/// A device that has told the switch where it can be called, as `show registrations` tells of it (dialplan-directory.md section 14.2).
///
/// @param token by which its protocol knows it, for instance the Call-ID of a SIP registration
/// @param url what is called to reach it
/// @param expires when it ends unless it is renewed
/// @param address where it is
/// @param transport for instance `udp`
/// @param metadata of its edge, may be empty
public record Registration(
        UserId user, String token, String url, Instant expires, String address, int port, String transport, String metadata) {}
