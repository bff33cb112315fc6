package io.jverto.bench.load;

import java.util.concurrent.CompletableFuture;

/// The signalling of one call, to whatever server.
interface Dialog {
    /// @return done with the server's SDP when it has answered
    CompletableFuture<String> invite(String offer);

    /// @return done when the server knows that the call is over
    CompletableFuture<Void> bye();
}
