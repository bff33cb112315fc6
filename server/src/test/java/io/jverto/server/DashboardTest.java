package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonValue;
import io.jverto.wire.jsonrpc.JsonText;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/monitoring.md and the dashboard beside it.
class DashboardTest {
    private static final Pattern METRIC = Pattern.compile("\\b(jverto_[a-z_]+?)(_bucket)?(?=[\\[{ )])");

    private static final Pattern CONSTANT = Pattern.compile("^    ([A-Z][A-Z_]+)\\(\"", Pattern.MULTILINE);

    @Test
    void everyMetricOfTheDashboardIsToldOfOrIsACounterOfTheServer() throws IOException {
        String dashboard = Files.readString(Path.of("../docs/monitoring/grafana.json"));
        String page = Files.readString(Path.of("../docs/monitoring.md"));
        assertThat(JsonText.parse(dashboard).flatMap(JsonValue::asObject)).isPresent();
        Set<String> counted = counted();
        Set<String> unknown = new TreeSet<>();
        Matcher metric = METRIC.matcher(dashboard.replace("\\\"", "\""));
        int found = 0;
        while (metric.find()) {
            found++;
            String name = metric.group(1);
            if (!page.contains(name) && !isCounted(name, counted)) {
                unknown.add(name);
            }
        }

        assertThat(found).isGreaterThan(20);
        assertThat(unknown).isEmpty();
    }

    private static boolean isCounted(String name, Set<String> counted) {
        return name.endsWith("_total") && counted.stream().anyMatch(what -> name.endsWith("_" + what + "_total"));
    }

    /// @return the constants of the enums that parts of the server count with, in small letters
    private static Set<String> counted() throws IOException {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> modules = Files.newDirectoryStream(Path.of(".."), module -> Files.isDirectory(module.resolve("src/main/java")))) {
            for (Path module : modules) {
                try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
                    for (Path file : files.filter(one -> one.toString().matches(".*Count(er)?\\.java")).toList()) {
                        CONSTANT.matcher(Files.readString(file)).results().forEach(constant -> names.add(constant.group(1).toLowerCase(Locale.ROOT)));
                    }
                }
            }
        }
        return names;
    }
}
