package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// A tree in the shape of FreeSWITCH's stock one can be used as it is, and `check` says all that is of no effect in it.
class StockTreeTest {
    private static final Path STOCK = Path.of("src/test/resources/stock");
    private static final Path REPORT = Path.of("src/test/resources/stock-report.txt");
    private static final Path MADE = Path.of("target", "stock-report.txt");

    @TempDir
    Path temp;

    @Test
    void theWholeReportIsKnown() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

        int result = new CommandLine(new Check(out)).execute("--conf", STOCK.toString(), "--data", temp.resolve("data").toString());
        String report = bytes.toString(StandardCharsets.UTF_8).replace(STOCK + "/", "").replace(temp.toString(), "TEMP").replaceAll(
                "[0-9]+(\\.[0-9]+){3} is taken", "ADDRESS is taken");
        Files.writeString(MADE, report);

        assertThat(result).as(report).isEqualTo(1);
        assertThat(report).as("look at server/%s, and copy it when it is right", MADE).isEqualTo(Files.readString(REPORT));
        assertThat(report.lines().filter(line -> !line.startsWith("src/"))).allSatisfy(line ->
                assertThat(line).matches("[\\w./-]+\\.xml:\\d+: (warning|unsupported): .*"));
    }
}
