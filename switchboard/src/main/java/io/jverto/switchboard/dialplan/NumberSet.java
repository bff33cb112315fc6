package io.jverto.switchboard.dialplan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/// Numbers as time conditions write them: `5`, `1-5`, `22-6` round the end, joined by commas (dialplan-directory.md section 5.4).
///
/// @param ranges from and to, both in it
record NumberSet(List<int[]> ranges) {
    /// @param number reads one number of the text
    /// @return empty when the text is no such list or a number does not lie in these bounds
    static Optional<NumberSet> parse(String text, int least, int most, Function<String, OptionalInt> number) {
        List<int[]> ranges = new ArrayList<>();
        for (String item : text.split(",", -1)) {
            String[] ends = item.trim().split("-", 2);
            OptionalInt from = number.apply(ends[0].trim());
            OptionalInt to = ends.length > 1 ? number.apply(ends[1].trim()) : from;
            if (from.isEmpty() || to.isEmpty() || outside(from.getAsInt(), least, most) || outside(to.getAsInt(), least, most)) {
                return Optional.empty();
            }
            ranges.add(new int[] {from.getAsInt(), to.getAsInt()});
        }
        return Optional.of(new NumberSet(ranges));
    }

    private static boolean outside(int number, int least, int most) {
        return number < least || number > most;
    }

    boolean contains(int number) {
        return ranges.stream().anyMatch(range -> range[0] <= range[1]
                ? range[0] <= number && number <= range[1]
                : number >= range[0] || number <= range[1]);
    }
}
