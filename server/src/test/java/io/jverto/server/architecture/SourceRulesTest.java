package io.jverto.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Rules that class files do not show.
class SourceRulesTest {
    private static final Path ROOT = Path.of("..");
    private static final int MAX_LINES = 600;
    private static final Pattern BANNED_IN_TESTS = Pattern.compile("Thread\\.sleep\\(|TimeUnit\\.\\w+\\.sleep\\(|Instant\\.now\\(|org\\.mockito");
    private static final Pattern WORD = Pattern.compile("\\W+");
    private static final Pattern IMPORT = Pattern.compile("import (?:static )?[\\w.]+\\.(\\w+);");
    private static final Pattern NAME_IN_A_SOURCE_TREE = Pattern.compile("^(?!\\s*//).*\\./jverto");
    private static final Pattern ADDRESS_IN_A_LOG = Pattern.compile(
            "log\\.\\w+\\(.*, (?:\\w+(?:\\(\\))?\\.)*(?:remoteAddress|localAddress|getRemoteSocketAddress|getLocalSocketAddress|getInetAddress|remote|address)\\(\\)[,)]");
    private static final Pattern LOOSE_END = Pattern.compile("\\b(TODO|FIXME|XXX)\\b(?!\\(#\\d+\\))");

    @Test
    void testsNeitherSleepNorMockNorReadTheClock() throws IOException {
        assertThat(offenders("test", BANNED_IN_TESTS)).isEmpty();
    }

    @Test
    void nothingIsLeftToBeDone() throws IOException {
        assertThat(offenders("main", LOOSE_END)).isEmpty();
    }

    /// `Program` knows by which name somebody can run them; pages that are made from code are those of the source tree.
    @Test
    void nobodyIsToldOfACommandByANameThatItMayNotHave() throws IOException {
        assertThat(offenders("main", NAME_IN_A_SOURCE_TREE)).filteredOn(line -> !line.contains("/Program.java:") && !line.contains("/ApplicationsPage.java:")).isEmpty();
    }

    /// That of Java has a slash in front, or a name that somebody else gave. `Addresses` writes them.
    @Test
    void noLineOfTheLogHasAnAddressAsJavaWritesIt() throws IOException {
        assertThat(offenders("main", ADDRESS_IN_A_LOG)).isEmpty();
    }

    @Test
    void noFileIsTooLongToRead() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources("main")) {
            if (Files.readAllLines(file).size() > MAX_LINES) {
                tooLong.add(file.toString());
            }
        }

        assertThat(tooLong).isEmpty();
    }

    @Test
    void everyPackageForbidsNull() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Path file : sources("main")) {
            Path info = file.resolveSibling("package-info.java");
            if (!file.toString().contains("/bench/") && (!Files.exists(info) || !Files.readString(info).contains("@org.jspecify.annotations.NullMarked"))) {
                missing.add(info.toString());
            }
        }

        assertThat(missing.stream().distinct()).isEmpty();
    }

    @Test
    void nothingIsImportedThatNothingUses() throws IOException {
        List<String> unused = new ArrayList<>();
        for (Path file : Stream.concat(sources("main").stream(), sources("test").stream()).toList()) {
            List<String> lines = Files.readAllLines(file);
            Set<String> words = lines.stream().filter(line -> !line.startsWith("import ")).flatMap(WORD::splitAsStream).collect(Collectors.toSet());
            lines.stream().map(IMPORT::matcher).filter(Matcher::matches).filter(name -> !words.contains(name.group(1)))
                    .forEach(name -> unused.add(file + ": " + name.group(1)));
        }

        assertThat(unused).isEmpty();
    }

    private static List<String> offenders(String tree, Pattern banned) throws IOException {
        List<String> offenders = new ArrayList<>();
        for (Path file : sources(tree)) {
            if (file.endsWith("SourceRulesTest.java")) {
                continue;
            }
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (banned.matcher(lines.get(i)).find()) {
                    offenders.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
                }
            }
        }
        return offenders;
    }

    private static List<Path> sources(String tree) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path source : modules.map(module -> module.resolve("src/" + tree + "/java")).filter(Files::isDirectory).toList()) {
                try (Stream<Path> all = Files.walk(source)) {
                    all.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
                }
            }
        }
        return files;
    }
}
