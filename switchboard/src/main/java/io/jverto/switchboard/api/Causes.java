package io.jverto.switchboard.api;

import io.jverto.switchboard.port.Cause;
import java.util.Optional;

/// Causes as operators write them (dialplan-directory.md section 13).
final class Causes {
    private Causes() {}

    /// @return NORMAL_CLEARING for anything that is no cause
    static Cause parse(String text) {
        String word = text.trim();
        Optional<Cause> cause = word.matches("[0-9]{1,3}") ? Cause.byCode(Integer.parseInt(word)) : Cause.byName(word);
        return cause.filter(known -> known != Cause.NONE).orElse(Cause.NORMAL_CLEARING);
    }
}
