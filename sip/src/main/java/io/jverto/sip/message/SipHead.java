package io.jverto.sip.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The start line and the headers, as lines (RFC 3261 section 7.3.1): unfolded, bounded, not yet understood.
record SipHead(String startLine, List<Header> headers) {
    /// @return where the empty line ends, counted from the start of `bytes`; -1 when it is not there yet
    static int end(byte[] bytes, int from, int to) {
        for (int i = from; i + 3 < to; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r' && bytes[i + 3] == '\n') {
                return i + 4;
            }
        }
        return -1;
    }

    /// @param end where the empty line ends
    static SipHead read(byte[] bytes, int from, int end) throws MalformedSip {
        if (end - from > SipLimits.HEAD_BYTES) {
            throw new MalformedSip("too many bytes of headers");
        }
        String text = new String(bytes, from, end - from - 4, StandardCharsets.UTF_8);
        List<String> lines = lines(text);
        List<Header> headers = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            headers.add(header(line));
        }
        if (headers.size() > SipLimits.HEADERS) {
            throw new MalformedSip("too many headers");
        }
        return new SipHead(lines.getFirst(), headers);
    }

    /// S32: a carriage return or line feed of its own means a line's end to some and nothing to others. It means refusal here.
    private static List<String> lines(String text) throws MalformedSip {
        List<StringBuilder> lines = new ArrayList<>();
        for (String line : text.split("\r\n", -1)) {
            if (line.chars().anyMatch(c -> Cursor.isControl((char) c))) {
                throw new MalformedSip("a control character");
            }
            boolean folded = !line.isEmpty() && Cursor.isSpace(line.charAt(0));
            if (folded && lines.size() > 1) {
                lines.getLast().append(' ').append(line.strip());
            } else if (folded) {
                throw new MalformedSip("a start line that is folded");
            } else {
                lines.add(new StringBuilder(line));
            }
            if (lines.getLast().length() > SipLimits.LINE) {
                throw new MalformedSip("a line too long");
            }
        }
        return lines.stream().map(StringBuilder::toString).toList();
    }

    private static Header header(String line) throws MalformedSip {
        int colon = line.indexOf(':');
        String name = colon < 0 ? "" : line.substring(0, colon).stripTrailing();
        if (!Cursor.isToken(name)) {
            throw new MalformedSip("a line that is no header");
        }
        return new Header(name, line.substring(colon + 1));
    }

    List<String> values(String name) {
        return headers.stream().filter(header -> header.is(name)).map(Header::value).toList();
    }

    String only(String name) throws MalformedSip {
        List<String> values = values(name);
        if (values.size() != 1) {
            throw new MalformedSip(values.isEmpty() ? "no " + name : "more than one " + name);
        }
        return values.getFirst();
    }

    /// S32: two lengths, equal or not, are two messages to somebody.
    ///
    /// @return empty when there is none
    Optional<Integer> contentLength() throws MalformedSip {
        if (values("Content-Length").isEmpty()) {
            return Optional.empty();
        }
        Cursor cursor = new Cursor(only("Content-Length"));
        int length = (int) cursor.number("Content-Length", SipLimits.MESSAGE_BYTES);
        if (!cursor.atEnd()) {
            throw new MalformedSip("Content-Length is no number");
        }
        return Optional.of(length);
    }
}
