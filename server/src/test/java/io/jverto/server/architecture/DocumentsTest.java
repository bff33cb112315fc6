package io.jverto.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the documents name is there.
class DocumentsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern IN_BACKTICKS = Pattern.compile("`([^`\n]+)`");
    private static final Pattern PATH = Pattern.compile("\\.?[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_.-]+)*/?");
    private static final Pattern TYPE = Pattern.compile("([A-Z][a-z0-9]+){2,}");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");
    /// A row of the table of attacks: its number, and whatever follows.
    private static final Pattern ATTACK = Pattern.compile("(?m)^\\| S(\\d+) \\|(.*)$");
    /// A class of tests, and behind it some of its methods.
    private static final Pattern TESTS = Pattern.compile("`([A-Za-z]+Test)`((?: s\\d+\\w+,?)+)");
    /// What is not built has no test.
    private static final Set<String> NOT_BUILT = Set.of();
    /// Made when the server is built or started.
    private static final Pattern GENERATED = Pattern.compile("(data|target|node_modules|dist)(/.*)?");

    @Test
    void everyPathInBackticksExists() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path document : documents()) {
            Matcher matcher = IN_BACKTICKS.matcher(prose(document));
            while (matcher.find()) {
                String word = matcher.group(1);
                boolean path = PATH.matcher(word).matches() && !word.matches("[A-Z/]+") && (word.contains("/") || word.matches(".*\\.(md|xml|java|ts)"));
                if (path && !GENERATED.matcher(word).matches() && !Files.exists(ROOT.resolve(word)) && !isInConf(word) && !isRecording(word)) {
                    dead.add(document + ": " + word);
                }
            }
        }

        assertThat(dead).isEmpty();
    }

    @Test
    void everyTypeInBackticksExists() throws IOException {
        Set<String> types = types();
        List<String> dead = new ArrayList<>();
        for (Path document : List.of(ROOT.resolve("README.md"), ROOT.resolve("ARCHITECTURE.md"))) {
            Matcher matcher = IN_BACKTICKS.matcher(prose(document));
            while (matcher.find()) {
                String word = matcher.group(1);
                if (TYPE.matcher(word).matches() && !types.contains(word)) {
                    dead.add(document + ": " + word);
                }
            }
        }

        assertThat(dead).isEmpty();
    }

    @Test
    void everyAttackIsShownToFailByTestsThatExistAndCarryItsNumber() throws IOException {
        List<String> wrong = new ArrayList<>();
        Matcher row = ATTACK.matcher(Files.readString(ROOT.resolve("docs/protocol/security.md")));
        Set<String> numbers = new TreeSet<>();
        while (row.find()) {
            String number = row.group(1);
            numbers.add(number);
            List<String> tests = tests(row.group(2));
            if (tests.isEmpty() != NOT_BUILT.contains(number)) {
                wrong.add("S" + number + " has tests: " + tests);
            }
            for (String test : tests) {
                String method = test.substring(test.indexOf('.') + 1);
                if (!method.matches("s" + number + "\\D.*") || !isTest(test.substring(0, test.indexOf('.')), method)) {
                    wrong.add("S" + number + ": " + test);
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(numbers).hasSizeGreaterThan(20);
    }

    /// @return `Class.method` of all that a row names
    private static List<String> tests(String row) {
        List<String> tests = new ArrayList<>();
        Matcher matcher = TESTS.matcher(row);
        while (matcher.find()) {
            for (String method : matcher.group(2).trim().split(",? ")) {
                tests.add(matcher.group(1) + "." + method.replace(",", ""));
            }
        }
        return tests;
    }

    /// Looks into the modules alone: what else lies in a tree, npm packages above all, is many times as much.
    private static boolean isTest(String type, String method) throws IOException {
        List<Path> modules;
        try (Stream<Path> all = Files.list(ROOT)) {
            modules = all.map(folder -> folder.resolve("src/test")).filter(Files::isDirectory).toList();
        }
        for (Path module : modules) {
            try (Stream<Path> all = Files.find(module, 14, (path, _) -> path.endsWith(type + ".java"))) {
                for (Path file : all.toList()) {
                    if (Files.readString(file).contains("void " + method + "(")) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path document : documents()) {
            Matcher matcher = LINK.matcher(prose(document));
            while (matcher.find()) {
                if (!Files.exists(document.resolveSibling(matcher.group(1)))) {
                    dead.add(document + ": " + matcher.group(1));
                }
            }
        }

        assertThat(dead).isEmpty();
    }

    @Test
    void theScriptExplainsEveryOptionOfTheServer() throws IOException {
        String script = Files.readString(ROOT.resolve("jverto"));

        assertThat(script).contains("--conf DIR", "--data DIR", "--version", "--help");
    }

    private static boolean isInConf(String word) {
        return Files.exists(ROOT.resolve("conf").resolve(word));
    }

    private static boolean isRecording(String word) {
        return Files.exists(ROOT.resolve("server/src/test/resources/replay").resolve(word));
    }

    private static String prose(Path document) throws IOException {
        return Files.readString(document).replaceAll("(?s)```.*?```", "");
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("ARCHITECTURE.md")));
        try (Stream<Path> all = Files.walk(ROOT.resolve("docs"))) {
            all.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
        }
        return documents;
    }

    private static Set<String> types() throws IOException {
        try (Stream<Path> all = Files.find(ROOT, 14, (path, _) -> path.toString().matches(".*/src/.*\\.(java|ts|tsx)"))) {
            return all.map(path -> path.getFileName().toString().replaceFirst("\\.[a-z]+$", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
