package io.jverto.testkit.transcript;

import io.jverto.base.json.JsonValue;

/// One line of a transcript.
public sealed interface Step {
    /// @return counted from 1
    int line();

    /// @return which client, `1` when the line does not say
    String client();

    /// @return virtual milliseconds since the beginning
    long atMillis();

    /// `C>`: the client sends.
    record Send(int line, String client, long atMillis, String text) implements Step {}

    /// `S<`: the server sends this JSON.
    ///
    /// @param atLeisure any time until `atMillis`; otherwise exactly then
    record Expect(int line, String client, long atMillis, boolean atLeisure, JsonValue pattern) implements Step {}

    /// `C| gone`: the client goes away.
    record Vanish(int line, String client, long atMillis) implements Step {}

    /// `S| closed`: the server has closed the connection.
    record Closed(int line, String client, long atMillis) implements Step {}

    /// `!`: an order to the bench, for instance to let the switch make a call.
    record Order(int line, String client, long atMillis, String text) implements Step {}
}
