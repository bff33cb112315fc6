package io.jverto.switchboard.event;

import java.util.List;

/// What became of the channels that a session wanted to hear no longer (verto-wire.md section 8.3).
///
/// @param unsubscribed heard until now, or until the server took them away
/// @param notSubscribed not heard anyway
public record UnsubscribeResult(List<String> unsubscribed, List<String> notSubscribed) {
    public UnsubscribeResult {
        unsubscribed = List.copyOf(unsubscribed);
        notSubscribed = List.copyOf(notSubscribed);
    }
}
