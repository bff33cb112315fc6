package io.jverto.switchboard.dialplan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Several values in one variable: `ARRAY::a|:b|:c` (dialplan-directory.md section 7). Only marks that are syntax separate: what a caller
/// says cannot add an element.
public final class TextArray {
    private static final String MARK = "ARRAY::";
    private static final char BAR = '|';

    private TextArray() {}

    public static Text of(List<Text> elements) {
        Text.Builder out = new Text.Builder();
        out.add(Text.syntax(MARK));
        for (int i = 0; i < elements.size(); i++) {
            out.add(Text.syntax(i == 0 ? "" : "|:"));
            out.add(elements.get(i));
        }
        return out.build();
    }

    /// @return the elements; of a value that is no array, the value; of an empty one none
    public static List<Text> elements(Text value) {
        if (value.isEmpty()) {
            return List.of();
        }
        if (!isArray(value)) {
            return List.of(value);
        }
        List<Text> elements = new ArrayList<>();
        int from = MARK.length();
        for (int at = from; at < value.length(); at++) {
            if (value.isSyntax(at, BAR) && value.isSyntax(at + 1, ':')) {
                elements.add(value.slice(from, at));
                from = at + 2;
            }
        }
        elements.add(value.slice(from));
        return List.copyOf(elements);
    }

    static Optional<Text> element(Text value, int index) {
        List<Text> elements = elements(value);
        return index < elements.size() ? Optional.of(elements.get(index)) : Optional.empty();
    }

    private static boolean isArray(Text value) {
        for (int i = 0; i < MARK.length(); i++) {
            if (!value.isSyntax(i, MARK.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
