package io.jverto.wire.verto;

import io.jverto.wire.verto.VertoRequest.Info.Digits;
import java.util.ArrayList;
import java.util.List;

/// The `dtmf` text of `verto.info`: groups separated by `+`, each with an optional `@milliseconds` (verto-wire.md section 6.2).
final class DtmfText {
    /// More is no dialling but an attempt to keep the channel busy.
    private static final int MAX_KEYS = 256;
    private static final String KEYS = "0123456789ABCDabcd*#wWfF";

    private DtmfText() {}

    static List<Digits> parse(String text) {
        List<Digits> groups = new ArrayList<>();
        int left = MAX_KEYS;
        for (String group : text.split("\\+")) {
            int at = group.indexOf('@');
            String keys = keys(at < 0 ? group : group.substring(0, at), left);
            if (!keys.isEmpty()) {
                int duration = at < 0 ? 0 : VertoParamsReader.whole(group.substring(at + 1)).orElse(0);
                groups.add(new Digits(keys, duration));
                left -= keys.length();
            }
        }
        return groups;
    }

    private static String keys(String text, int limit) {
        StringBuilder keys = new StringBuilder();
        text.chars().filter(key -> KEYS.indexOf(key) >= 0).limit(limit).forEach(key -> keys.append(upper((char) key)));
        return keys.toString();
    }

    /// `a` to `d` are the keys A to D; `w`, `W`, `f` and `F` differ by their case.
    private static char upper(char key) {
        return key >= 'a' && key <= 'd' ? (char) (key - 'a' + 'A') : key;
    }
}
