package io.jverto.wire.sdp;

import io.jverto.wire.sdp.SdpDecoding.Decoded;
import io.jverto.wire.sdp.SdpDecoding.Malformed;
import io.jverto.wire.sdp.SdpDecoding.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads a description (RFC 8866) in one pass. Lenient where clients need it (verto-wire.md 12.1): any line end, empty
/// lines, no final line end, any order of lines within a section. Bounded everywhere (security.md S15): the largest
/// browser offers have about 400 lines, 60 formats and 20 candidates.
public final class SdpDecoder {
    static final int MAX_CHARACTERS = 64 * 1024;
    static final int MAX_LINES = 2_000;
    static final int MAX_LINE = 8 * 1024;
    static final int MAX_FMTP = 1_024;
    static final int MAX_MEDIA = 16;
    static final int MAX_ATTRIBUTES = 1_000;
    static final int MAX_CANDIDATES = 100;
    static final int MAX_FORMATS = 128;

    /// Line ends and empty lines do not count as content, but must not cost us a long walk either.
    private static final int MAX_TEXT = 2 * MAX_CHARACTERS;

    private final String text;

    private final List<SdpLine> session = new ArrayList<>();
    private final List<MediaDescription> media = new ArrayList<>();
    private List<SdpLine> section = session;

    private int position;
    private int lineNumber;
    private int characters;
    private int lines;
    private int attributes;
    private int candidates;

    private SdpDecoder(String text) {
        this.text = text;
    }

    /// Never throws.
    public static SdpDecoding decode(SdpText text) {
        return new SdpDecoder(text.value()).decode();
    }

    private SdpDecoding decode() {
        if (text.length() > MAX_TEXT) {
            return new Malformed(1, Reason.TOO_LONG);
        }
        while (position < text.length()) {
            String line = nextLine();
            Optional<Reason> reason = line.isEmpty() ? Optional.empty() : onLine(line);
            if (reason.isPresent()) {
                return new Malformed(lineNumber, reason.get());
            }
        }
        if (lines == 0) {
            return new Malformed(1, Reason.NO_VERSION);
        }
        closeMedia();
        return new Decoded(new SessionDescription(session, media));
    }

    /// @return the next line without its end and trailing blanks
    private String nextLine() {
        int start = position;
        while (position < text.length() && text.charAt(position) != '\n' && text.charAt(position) != '\r') {
            position++;
        }
        int end = position;
        while (end > start && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == '\t')) {
            end--;
        }
        if (text.startsWith("\r\n", position)) {
            position++;
        }
        position++;
        lineNumber++;
        return text.substring(start, end);
    }

    private Optional<Reason> onLine(String line) {
        Optional<Reason> broken = check(line);
        if (broken.isPresent()) {
            return broken;
        }
        lines++;
        characters += line.length();
        String value = line.substring(2);
        if (line.charAt(0) == 'm') {
            return onMedia(value);
        }
        section.add(new SdpLine(line.charAt(0), value));
        return line.charAt(0) == 'a' ? onAttribute(value) : Optional.empty();
    }

    private Optional<Reason> check(String line) {
        if (line.length() > MAX_LINE) {
            return Optional.of(Reason.LINE_TOO_LONG);
        }
        if (characters + line.length() > MAX_CHARACTERS) {
            return Optional.of(Reason.TOO_LONG);
        }
        if (lines >= MAX_LINES) {
            return Optional.of(Reason.TOO_MANY_LINES);
        }
        if (lines == 0 && !line.equals("v=0")) {
            return Optional.of(Reason.NO_VERSION);
        }
        if (line.length() < 2 || line.charAt(1) != '=' || line.charAt(0) < 'a' || line.charAt(0) > 'z') {
            return Optional.of(Reason.NOT_A_LINE);
        }
        return hasControl(line) ? Optional.of(Reason.CONTROL_CHARACTER) : Optional.empty();
    }

    private static boolean hasControl(String line) {
        for (int i = 0; i < line.length(); i++) {
            char character = line.charAt(i);
            if (character < ' ' && character != '\t' || character == 0x7f) {
                return true;
            }
        }
        return false;
    }

    private Optional<Reason> onAttribute(String value) {
        if (++attributes > MAX_ATTRIBUTES) {
            return Optional.of(Reason.TOO_MANY_ATTRIBUTES);
        }
        if (value.startsWith("candidate:") && ++candidates > MAX_CANDIDATES) {
            return Optional.of(Reason.TOO_MANY_CANDIDATES);
        }
        return value.startsWith("fmtp:") && value.length() > MAX_FMTP
                ? Optional.of(Reason.FMTP_TOO_LONG)
                : Optional.empty();
    }

    private Optional<Reason> onMedia(String value) {
        if (media.size() >= MAX_MEDIA) {
            return Optional.of(Reason.TOO_MANY_MEDIA);
        }
        List<String> fields = fields(value);
        if (fields.size() < 4) {
            return Optional.of(Reason.BAD_MEDIA_LINE);
        }
        if (fields.size() > 3 + MAX_FORMATS) {
            return Optional.of(Reason.TOO_MANY_FORMATS);
        }
        String[] ports = fields.get(1).split("/", 2);
        int port = (int) Digits.decode(ports[0], 65_535);
        int count = ports.length == 1 ? 1 : (int) Digits.decode(ports[1], 65_535);
        if (port < 0 || count < 1) {
            return Optional.of(Reason.BAD_MEDIA_LINE);
        }
        closeMedia();
        section = new ArrayList<>();
        attributes = 0;
        candidates = 0;
        media.add(new MediaDescription(
                fields.get(0), port, count, fields.get(2), fields.subList(3, fields.size()), List.of()));
        return Optional.empty();
    }

    private static List<String> fields(String value) {
        List<String> fields = new ArrayList<>();
        for (String field : value.split(" ")) {
            if (!field.isEmpty()) {
                fields.add(field);
            }
        }
        return fields;
    }

    /// Gives the medium that was begun the lines that came after it.
    private void closeMedia() {
        if (!media.isEmpty()) {
            media.add(media.removeLast().with(section));
        }
    }
}
