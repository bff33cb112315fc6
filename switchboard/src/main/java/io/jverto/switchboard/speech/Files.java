package io.jverto.switchboard.speech;

import java.util.ArrayList;
import java.util.List;

/// A list of sound files that grows.
final class Files {
    private static final int CENTURIES_FROM = 1_100;
    private static final int CENTURIES_TO = 2_000;

    private final List<String> names = new ArrayList<>();

    /// @param name without its extension; nothing when empty
    Files add(String name) {
        if (!name.isEmpty()) {
            names.add(name + ".wav");
        }
        return this;
    }

    Files number(int value) {
        names.addAll(EnglishNumbers.cardinal(value));
        return this;
    }

    Files ordinal(int value) {
        names.addAll(EnglishNumbers.ordinal(value));
        return this;
    }

    /// Nineteen eighty-four, two thousand twenty-six.
    Files year(int year) {
        if (year < CENTURIES_FROM || year >= CENTURIES_TO) {
            return number(year);
        }
        number(year / 100);
        int rest = year % 100;
        return rest == 0 ? add("digits/hundred") : add(rest < 10 ? "time/oh" : "").number(rest);
    }

    List<String> list() {
        return List.copyOf(names);
    }
}
