package io.jverto.verto.present;

import java.util.ArrayList;
import java.util.List;

/// Real-time text in pieces that a message may carry: at most 100 bytes in UTF-8 (verto-wire.md section 6.3).
/// DEVIATION verto-53: no character is cut.
final class TextPieces {
    private static final int MAX_BYTES = 100;

    private TextPieces() {}

    static List<String> of(String chars) {
        List<String> pieces = new ArrayList<>();
        int begin = 0;
        int bytes = 0;
        for (int at = 0; at < chars.length(); ) {
            int character = chars.codePointAt(at);
            int length = bytes(character);
            if (bytes + length > MAX_BYTES) {
                pieces.add(chars.substring(begin, at));
                begin = at;
                bytes = 0;
            }
            bytes += length;
            at += Character.charCount(character);
        }
        if (begin < chars.length()) {
            pieces.add(chars.substring(begin));
        }
        return pieces;
    }

    /// RFC 3629 section 3.
    private static int bytes(int character) {
        if (character < 0x80) {
            return 1;
        }
        if (character < 0x800) {
            return 2;
        }
        return character < 0x1_0000 ? 3 : 4;
    }
}
