package io.jverto.switchboard.event;

import io.jverto.base.json.JsonValue.JsonObject;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What all hearers of one event have in common: the params of `verto.event`, and their text, which is made once for all of them.
/// Thread-safe.
public final class SharedEvent {
    private final JsonObject params;
    private volatile @Nullable String text;

    SharedEvent(JsonObject params) {
        this.params = params;
    }

    public JsonObject params() {
        return params;
    }

    /// @param encoder the same one every time
    /// @return its text for the params, made by whoever asks first
    public String text(Function<JsonObject, String> encoder) {
        String known = text;
        if (known == null) {
            known = encoder.apply(params); // two who ask at the same moment make the same text
            text = known;
        }
        return known;
    }
}
