package io.jverto.bench.load;

import java.util.concurrent.CompletableFuture;

/// The signalling of one call, to whatever server.
interface Dialog {
    /// @return done with the server's SDP when it has answered
    CompletableFuture<String> invite(String offer);

    /// @return done with the reason when the server ends the call by itself
    CompletableFuture<String> ended();

    /// @return done when the server knows that the call is over
    CompletableFuture<Void> bye();
}
