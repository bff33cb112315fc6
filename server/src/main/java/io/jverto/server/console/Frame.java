package io.jverto.server.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the server sends: headers, and a body when `Content-Length` says so.
///
/// @param headers by name in any letter case
record Frame(Map<String, String> headers, String body) {
    private static final int MAX_HEAD = 65_536;
    private static final int MAX_BODY = 256 << 20;

    String type() {
        return headers.getOrDefault("Content-Type", "");
    }

    String reply() {
        return headers.getOrDefault("Reply-Text", "");
    }

    /// Waits for the next one.
    ///
    /// @return empty when the server has closed the connection
    /// @throws IOException also when it speaks another protocol
    static Optional<Frame> read(InputStream in) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int size = 0;
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (++size > MAX_HEAD) {
                throw new IOException("that is no event socket");
            }
            if (next != '\n') {
                line.write(next);
                continue;
            }
            String text = line.toString(StandardCharsets.UTF_8);
            line.reset();
            if (text.isEmpty() && !headers.isEmpty()) {
                return Optional.of(new Frame(headers, body(in, headers.getOrDefault("Content-Length", "0"))));
            }
            int colon = text.indexOf(':');
            if (colon > 0) {
                headers.put(text.substring(0, colon), text.substring(colon + 1).strip());
            }
        }
        return Optional.empty();
    }

    private static String body(InputStream in, String length) throws IOException {
        if (!length.matches("[0-9]{1,9}") || Integer.parseInt(length) > MAX_BODY) {
            throw new IOException("that is no event socket");
        }
        return new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
    }
}
