package io.jverto.server.config;

import io.jverto.base.config.ConfigNode.Origin;
import java.util.ArrayList;
import java.util.List;

/// The text of all files after preprocessing, as one document that still knows where each of its lines was written.
final class FlatText {
    private static final int MAX_CHARS = 32 << 20;

    private final StringBuilder text = new StringBuilder();
    private final List<Origin> origins = new ArrayList<>();

    /// @return false when the document has become too large
    boolean add(String line, Origin origin) {
        text.append(line).append('\n');
        origins.add(origin);
        return text.length() <= MAX_CHARS;
    }

    String text() {
        return text.toString();
    }

    /// @param line of the document, counted from 1
    Origin origin(int line) {
        if (origins.isEmpty()) {
            return new Origin("freeswitch.xml", 0);
        }
        return origins.get(Math.clamp(line - 1L, 0, origins.size() - 1));
    }
}
