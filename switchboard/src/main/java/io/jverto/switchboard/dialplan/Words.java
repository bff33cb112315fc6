package io.jverto.switchboard.dialplan;

import java.util.ArrayList;
import java.util.List;

/// Splits the data of an application. Only what the configuration wrote separates.
public final class Words {
    private Words() {}

    /// @return the parts between spaces; `'...'` keeps spaces in one, and may be empty
    public static List<Text> of(Text data) {
        List<Text> words = new ArrayList<>();
        int at = 0;
        while (at < data.length()) {
            boolean quoted = data.isSyntax(at, '\'');
            int end = data.indexOf(quoted ? '\'' : ' ', at + 1);
            end = end < 0 ? data.length() : end;
            Text word = data.slice(quoted ? at + 1 : at, end).trim();
            if (quoted || !word.isEmpty()) {
                words.add(word);
            }
            at = end + 1;
        }
        return words;
    }
}
