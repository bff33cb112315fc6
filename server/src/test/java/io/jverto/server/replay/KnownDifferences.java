package io.jverto.server.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The differences that are known, each with the number that explains it in `docs/protocol/deviations.md`. One a line:
/// `scenario | message | what | number`, where `*` fits anything and `\*` a star.
record KnownDifferences(List<Entry> entries) {
    KnownDifferences {
        entries = List.copyOf(entries);
    }

    /// @param line counted from 1
    record Entry(int line, String text, Pattern pattern, String number) {
        boolean explains(Difference difference) {
            return pattern.matcher(difference.toString()).matches();
        }

        @Override
        public String toString() {
            return "differences.txt:" + line + ": " + text;
        }
    }

    static KnownDifferences read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return new KnownDifferences(Stream.iterate(0, i -> i + 1).limit(lines.size())
                    .filter(i -> !lines.get(i).isBlank() && !lines.get(i).startsWith("#"))
                    .map(i -> entry(i + 1, lines.get(i)))
                    .toList());
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    List<Entry> explaining(Difference difference) {
        return entries.stream().filter(entry -> entry.explains(difference)).toList();
    }

    private static Entry entry(int line, String text) {
        String[] columns = text.strip().split("\\s+\\|\\s+");
        if (columns.length != 4) {
            throw new AssertionError("differences.txt:" + line + ": not four columns: " + text);
        }
        String pattern = Stream.of(columns).limit(3).map(KnownDifferences::glob).collect(Collectors.joining(" \\| "));
        return new Entry(line, text.strip(), Pattern.compile(pattern), columns[3]);
    }

    private static String glob(String text) {
        return Stream.of(text.split("(?<!\\\\)\\*", -1))
                .map(part -> Pattern.quote(part.replace("\\*", "*")))
                .collect(Collectors.joining("[^|]*"));
    }
}
