package io.jverto.server.eventsocket;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One command of a client: a line, headers of its own, and a body.
///
/// @param line the first line, without its end
/// @param headers in their order; names as they came
record Command(String line, List<Map.Entry<String, String>> headers, String body) {
    Command {
        headers = List.copyOf(headers);
    }

    /// @return the first word, in small letters
    String name() {
        int space = line.indexOf(' ');
        return (space < 0 ? line : line.substring(0, space)).toLowerCase(Locale.ROOT);
    }

    /// @return what stands behind it, trimmed
    String arguments() {
        int space = line.indexOf(' ');
        return space < 0 ? "" : line.substring(space + 1).trim();
    }

    /// Looks a header up in any letter case; the first counts.
    Optional<String> header(String name) {
        return headers.stream().filter(header -> header.getKey().equalsIgnoreCase(name)).map(Map.Entry::getValue).findFirst();
    }
}
