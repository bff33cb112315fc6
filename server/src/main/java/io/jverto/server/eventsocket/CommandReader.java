package io.jverto.server.eventsocket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Cuts what a client sends into commands: lines up to an empty one, of which the first is the command and the others headers, then so
/// many bytes as `Content-Length` says. Bounded in every direction. Used by one thread.
final class CommandReader {
    private final InputStream in;
    private Limits limits;

    CommandReader(InputStream in, Limits limits) {
        this.in = in;
        this.limits = limits;
    }

    /// @param line bytes of a line
    /// @param lines of a command
    /// @param all bytes of its lines together
    /// @param body bytes behind it
    record Limits(int line, int lines, int all, int body) {
        /// Of a stranger, who has nothing to say but a password.
        static final Limits STRANGER = new Limits(1_024, 8, 2_048, 0);
        static final Limits CLIENT = new Limits(65_536, 256, 131_072, 1_048_576);
    }

    /// What came.
    sealed interface Read {
        record Complete(Command command) implements Read {}

        /// Not to be understood, but it is clear where the next command begins.
        record Malformed(String why) implements Read {}

        /// It is not clear where the next one begins, or it is too much: whoever reads must stop.
        record Hopeless(String why) implements Read {}

        record End() implements Read {}
    }

    void limits(Limits other) {
        limits = other;
    }

    /// Waits for the next command.
    Read next() throws IOException {
        List<String> lines = new ArrayList<>();
        int all = 0;
        while (true) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            Ending ending = line(line);
            if (ending == Ending.STREAM) {
                return new Read.End();
            }
            if (ending == Ending.LIMIT) {
                return new Read.Hopeless("a line is longer than " + limits.line() + " bytes");
            }
            all += line.size();
            String text = line.toString(StandardCharsets.UTF_8);
            if (text.isBlank() && !lines.isEmpty()) {
                return complete(lines);
            }
            if (!text.isBlank()) {
                lines.add(text);
            }
            if (lines.size() > limits.lines() || all > limits.all()) {
                return new Read.Hopeless("a command has more than " + limits.lines() + " lines or " + limits.all() + " bytes");
            }
        }
    }

    private enum Ending { LINE, STREAM, LIMIT }

    private Ending line(ByteArrayOutputStream into) throws IOException {
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                return Ending.LINE;
            }
            if (into.size() >= limits.line()) {
                return Ending.LIMIT;
            }
            if (next != '\r') {
                into.write(next);
            }
        }
        return Ending.STREAM;
    }

    private Read complete(List<String> lines) throws IOException {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        boolean malformed = false;
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            malformed |= colon <= 0;
            if (colon > 0) {
                headers.add(Map.entry(line.substring(0, colon).trim(), line.substring(colon + 1).trim()));
            }
        }
        List<String> lengths = headers.stream()
                .filter(header -> header.getKey().toLowerCase(Locale.ROOT).equals("content-length"))
                .map(Map.Entry::getValue)
                .distinct()
                .toList();
        String length = lengths.isEmpty() ? "0" : lengths.getFirst();
        if (lengths.size() > 1 || !length.matches("[0-9]{1,9}") || Integer.parseInt(length) > limits.body()) {
            return new Read.Hopeless("Content-Length must be one number up to " + limits.body());
        }
        byte[] body = in.readNBytes(Integer.parseInt(length));
        if (body.length < Integer.parseInt(length)) {
            return new Read.End();
        }
        return malformed
                ? new Read.Malformed("a header has no colon")
                : new Read.Complete(new Command(lines.getFirst().strip(), headers, new String(body, StandardCharsets.UTF_8)));
    }
}
