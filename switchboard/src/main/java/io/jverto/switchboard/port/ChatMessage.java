package io.jverto.switchboard.port;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A written message (verto-wire.md section 6.4).
///
/// @param fields `from`, `to`, `body`, `from_...` and `to_...`, in the order in which clients get them; whom it is from says the server
public record ChatMessage(Map<String, String> fields) {
    private static final String TO = "to";

    public ChatMessage {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /// @return the same message, addressed to somebody else
    public ChatMessage to(String address) {
        Map<String, String> changed = new LinkedHashMap<>(fields);
        changed.put(TO, address);
        return new ChatMessage(changed);
    }

    /// @return characters of all names and values
    public int length() {
        return fields.entrySet().stream().mapToInt(field -> field.getKey().length() + field.getValue().length()).sum();
    }
}
