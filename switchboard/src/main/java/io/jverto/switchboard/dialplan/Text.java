package io.jverto.switchboard.dialplan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// A string whose every character is either syntax, written by whoever configured the switch, or data, which may come from a
/// caller. Only syntax can be a variable reference, a separator or a bracket: a caller's name that reads `${x}` or `},a/b` stays a
/// name, however often it is put into other text (security.md S11, S12). Immutable.
public final class Text {
    public static final Text EMPTY = syntax("");

    private final String value;
    private final BitSet data;

    private Text(String value, BitSet data) {
        this.value = value;
        this.data = data;
    }

    /// Text from the configuration.
    public static Text syntax(String value) {
        return new Text(value, new BitSet());
    }

    /// Text from anywhere else.
    public static Text data(String value) {
        BitSet data = new BitSet();
        data.set(0, value.length());
        return new Text(value, data);
    }

    public static Text join(Text one, Text other) {
        Builder both = new Builder();
        both.add(one);
        both.add(other);
        return both.build();
    }

    /// @return its parts in turn: syntax, data, syntax and so on; of those the first may be empty
    public List<String> runs() {
        List<String> runs = new ArrayList<>();
        int from = 0;
        for (boolean isData = false; from < value.length() || runs.isEmpty(); isData = !isData) {
            int next = isData ? data.nextClearBit(from) : data.nextSetBit(from);
            int to = next < 0 ? value.length() : Math.min(next, value.length());
            runs.add(value.substring(from, to));
            from = to;
        }
        return runs;
    }

    /// @param runs as [#runs] gave them
    public static Text ofRuns(List<String> runs) {
        Builder text = new Builder();
        for (int i = 0; i < runs.size(); i++) {
            text.add(i % 2 == 0 ? syntax(runs.get(i)) : data(runs.get(i)));
        }
        return text.build();
    }

    public int length() {
        return value.length();
    }

    public boolean isEmpty() {
        return value.isEmpty();
    }

    public char charAt(int index) {
        return value.charAt(index);
    }

    /// Whether that character stands there and may steer a parser.
    public boolean isSyntax(int index, char character) {
        return index < value.length() && value.charAt(index) == character && !data.get(index);
    }

    public boolean isSyntax(int index) {
        return !data.get(index);
    }

    /// @return where that character stands as syntax, -1 when nowhere
    public int indexOf(char character, int from) {
        int at = value.indexOf(character, from);
        while (at >= 0 && data.get(at)) {
            at = value.indexOf(character, at + 1);
        }
        return at;
    }

    public Text slice(int from, int to) {
        return new Text(value.substring(from, to), data.get(from, to));
    }

    public Text slice(int from) {
        return slice(from, value.length());
    }

    /// @return the parts between syntax characters `separator`; at least one
    public List<Text> split(char separator) {
        List<Text> parts = new ArrayList<>();
        int from = 0;
        for (int at = indexOf(separator, 0); at >= 0; at = indexOf(separator, from)) {
            parts.add(slice(from, at));
            from = at + 1;
        }
        parts.add(slice(from));
        return parts;
    }

    public Text trim() {
        int from = 0;
        int to = value.length();
        while (from < to && value.charAt(from) <= ' ') {
            from++;
        }
        while (to > from && value.charAt(to - 1) <= ' ') {
            to--;
        }
        return slice(from, to);
    }

    /// @return the characters, without what is known of them
    @Override
    public String toString() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Text text && text.value.equals(value) && text.data.equals(data);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /// Puts texts together.
    static final class Builder {
        private final StringBuilder value = new StringBuilder();
        private final BitSet data = new BitSet();

        int length() {
            return value.length();
        }

        void add(Text text) {
            for (int at = text.data.nextSetBit(0); at >= 0; at = text.data.nextSetBit(at + 1)) {
                data.set(value.length() + at);
            }
            value.append(text.value);
        }

        /// Adds one character as it is in `text`.
        void add(Text text, int index) {
            data.set(value.length(), text.data.get(index));
            value.append(text.value.charAt(index));
        }

        Text build() {
            return new Text(value.toString(), (BitSet) data.clone());
        }
    }
}
