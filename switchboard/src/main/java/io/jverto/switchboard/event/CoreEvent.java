package io.jverto.switchboard.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One event of the switch. Immutable. Values may hold anything that a caller chose, line ends too; names are words.
///
/// @param subclass of [EventName#CUSTOM], else empty
/// @param headers all of them in their order, `Event-Name` and the date among them
/// @param body empty for none
public record CoreEvent(EventName name, String subclass, Map<String, String> headers, String body) {
    private static final int HEADER_OVERHEAD = 64;

    public CoreEvent {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /// Looks a header up in any letter case.
    public Optional<String> header(String header) {
        String exact = headers.get(header);
        return exact != null
                ? Optional.of(exact)
                : headers.entrySet().stream().filter(entry -> entry.getKey().equalsIgnoreCase(header)).map(Map.Entry::getValue).findFirst();
    }

    /// @return roughly the bytes that it takes in memory and on a wire
    public int weight() {
        int weight = body.length();
        for (Map.Entry<String, String> header : headers.entrySet()) {
            weight += header.getKey().length() + header.getValue().length() + HEADER_OVERHEAD;
        }
        return weight;
    }
}
