package io.jverto.wire.verto;

import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonLiteral;
import java.util.List;

/// A text frame of a client, decoded.
public sealed interface Incoming {
    /// A request to be answered.
    ///
    /// @param id echoed unchanged
    /// @param method as sent
    /// @param login what the gate looks at
    /// @param echo what a result is to repeat as `requestParams`; [JsonLiteral#NULL] for nothing
    record Call(JsonValue id, String method, LoginParams login, VertoRequest request, JsonValue echo) implements Incoming {}

    /// To be answered without a look at who sends it.
    record Rejected(JsonValue id) implements Incoming {}

    /// No JSON: to be answered likewise.
    record Unreadable() implements Incoming {}

    /// An answer of the client; nothing to do.
    record Ignored() implements Incoming {}

    /// Several, to be answered in one array.
    record Batch(List<Incoming> members) implements Incoming {
        public Batch {
            members = List.copyOf(members);
        }
    }
}
