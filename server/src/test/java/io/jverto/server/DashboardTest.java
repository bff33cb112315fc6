package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonValue;
import io.jverto.wire.jsonrpc.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// docs/monitoring.md and the dashboard beside it.
class DashboardTest {
    private static final Pattern METRIC = Pattern.compile("\\b(jverto_[a-z_]+?)(_bucket)?(?=[\\[{ )])");

    @Test
    void everyMetricOfTheDashboardIsToldOfOrIsACounterOfTheServer() throws IOException {
        String dashboard = Files.readString(Path.of("../docs/monitoring/grafana.json"));
        String page = Files.readString(Path.of("../docs/monitoring.md"));
        assertThat(JsonText.parse(dashboard).flatMap(JsonValue::asObject)).isPresent();
        Set<String> unknown = new TreeSet<>();
        Matcher metric = METRIC.matcher(dashboard.replace("\\\"", "\""));
        int found = 0;
        while (metric.find()) {
            found++;
            String name = metric.group(1);
            if (!page.contains(name) && !isCounted(name)) {
                unknown.add(name);
            }
        }

        assertThat(found).isGreaterThan(20);
        assertThat(unknown).isEmpty();
    }

    /// By the constants of the enums that parts of the server count with.
    private static boolean isCounted(String name) throws IOException {
        if (!name.endsWith("_total")) {
            return false;
        }
        String what = name.substring("jverto_".length(), name.length() - "_total".length());
        try (var files = Files.walk(Path.of(".."))) {
            return files.filter(file -> file.toString().contains("/src/main/") && file.toString().matches(".*Count(er)?\\.java"))
                    .anyMatch(file -> constants(file).stream().anyMatch(constant -> what.endsWith("_" + constant.toLowerCase(java.util.Locale.ROOT))));
        }
    }

    private static Set<String> constants(Path file) {
        try {
            Set<String> names = new TreeSet<>();
            Matcher constant = Pattern.compile("^    ([A-Z][A-Z_]+)\\(\"", Pattern.MULTILINE).matcher(Files.readString(file));
            while (constant.find()) {
                names.add(constant.group(1));
            }
            return names;
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }
}
