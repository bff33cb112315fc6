package io.jverto.verto.site;

import java.nio.file.Path;
import java.util.Map;

/// What a request gets.
public sealed interface SiteReply {
    int status();

    /// Names in lower case; without `content-length`, `date` and `server`, which are added.
    Map<String, String> headers();

    /// A few words.
    record Words(int status, Map<String, String> headers, String text) implements SiteReply {
        public Words {
            headers = Map.copyOf(headers);
        }
    }

    /// A file.
    record Content(Path file, String type) implements SiteReply {
        @Override
        public int status() {
            return 200;
        }

        @Override
        public Map<String, String> headers() {
            return Map.of("content-type", type, "x-content-type-options", "nosniff");
        }
    }
}
