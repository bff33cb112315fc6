package io.jverto.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the pages of the protocol say about tests and deviations is so.
class ConformanceTest {
    private static final Path ROOT = Path.of("..");
    private static final Path PAGES = ROOT.resolve("docs/protocol");
    private static final Pattern IN_BACKTICKS = Pattern.compile("`([^`\n]+)`");
    /// `SomeTest` or `SomeTest.fact`, `dialogue.vt`, `client/dialogue.replay`, `things.test.mjs` or `things.test.mjs: title of a test`.
    private static final Pattern TEST = Pattern.compile(
            "(\\w+(?:Test|Fuzz))(?:\\.(\\w+))?|([\\w-]+\\.vt)|\\w+/([\\w-]+\\.replay)|([\\w-]+\\.test\\.mjs)(?:: (.+))?");
    private static final Pattern DEVIATION = Pattern.compile("(?m)^\\| ([a-z]+-\\d+) \\|");

    @Test
    void everyTestThatAPageNamesIsThere() throws IOException {
        Map<String, List<Path>> sources = testSources();
        List<String> dead = new ArrayList<>();
        for (Path page : pages()) {
            Matcher matcher = IN_BACKTICKS.matcher(Files.readString(page));
            while (matcher.find()) {
                Matcher test = TEST.matcher(matcher.group(1));
                if (test.matches() && !isThere(test, sources)) {
                    dead.add(page + ": " + matcher.group(1));
                }
            }
        }

        assertThat(dead).isEmpty();
    }

    @Test
    void everyRowOfConformanceNamesATestOrADeviation() throws IOException {
        List<String> deviations = deviations();
        List<String> rows = Files.readAllLines(PAGES.resolve("conformance.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| ---") && !line.contains("| Shown by |"))
                .toList();

        assertThat(rows).hasSizeGreaterThan(50).allSatisfy(row -> {
            String shownBy = row.split(" \\| ")[1];
            boolean tested = IN_BACKTICKS.matcher(shownBy).results().anyMatch(word -> TEST.matcher(word.group(1)).matches());
            assertThat(tested || deviations.stream().anyMatch(number -> shownBy.matches(".*\\b" + number + "\\b.*"))).as(row).isTrue();
        });
    }

    @Test
    void everyDeviationHasANumberOfItsOwn() throws IOException {
        assertThat(deviations()).hasSizeGreaterThan(50).doesNotHaveDuplicates();
    }

    private static boolean isThere(Matcher test, Map<String, List<Path>> sources) throws IOException {
        String file = Stream.of(3, 4, 5).map(test::group).filter(name -> name != null).findFirst().orElse(test.group(1) + ".java");
        String inside = test.group(2) != null ? " " + test.group(2) + "(" : test.group(6) != null ? test.group(6) : "";
        for (Path source : sources.getOrDefault(file, List.of())) {
            if (Files.readString(source).contains(inside)) {
                return true;
            }
        }
        return false;
    }

    /// What tests are written in, by file name.
    private static Map<String, List<Path>> testSources() throws IOException {
        try (Stream<Path> all = Files.find(ROOT, 16, (path, _) -> path.toString().matches(".*/(src/test|e2e/test)/.*\\.(java|vt|replay|mjs)"))) {
            return all.collect(Collectors.groupingBy(path -> path.getFileName().toString()));
        }
    }

    private static List<String> deviations() throws IOException {
        return DEVIATION.matcher(Files.readString(PAGES.resolve("deviations.md"))).results().map(found -> found.group(1)).toList();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> all = Files.list(PAGES)) {
            return all.filter(page -> page.toString().endsWith(".md")).toList();
        }
    }
}
