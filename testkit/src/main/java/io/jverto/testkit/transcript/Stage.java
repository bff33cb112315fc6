package io.jverto.testkit.transcript;

import java.util.function.Consumer;

/// What a transcript is played on: a server without sockets.
public interface Stage {
    /// A client connects.
    ///
    /// @param received takes every frame that the server sends
    /// @param closed called when the server closes
    Actor connect(Consumer<String> received, Runnable closed);

    /// Carries out a line that begins with `!`.
    void order(String text);

    /// A client.
    interface Actor {
        void send(String text);

        /// The socket is gone.
        void vanish();
    }
}
