package io.jverto.switchboard.event;

import java.util.List;

/// What became of the channels that a session wanted to hear, each list in the order asked (verto-wire.md section 8.2).
///
/// @param subscribed heard from now on
/// @param unauthorized not allowed, or more than one session may have
/// @param already allowed, and heard before
public record SubscribeResult(List<String> subscribed, List<String> unauthorized, List<String> already) {
    public SubscribeResult {
        subscribed = List.copyOf(subscribed);
        unauthorized = List.copyOf(unauthorized);
        already = List.copyOf(already);
    }
}
