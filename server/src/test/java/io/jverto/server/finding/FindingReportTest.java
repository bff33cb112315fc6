package io.jverto.server.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingReportTest {
    @Test
    void whatIsToBeDoneIsSaidOnceForSeveralInARow() {
        String text = printed(Finding.error("security", "1000 is weak", "strangers log in", "a longer password"),
                Finding.error("security", "1001 is weak", "strangers log in", "a longer password"),
                Finding.warning("issuer", "itself", "browsers warn", "an authority"));

        assertThat(text.lines().map(String::strip)).containsExactly(
                "ERROR   security     1000 is weak",
                "ERROR   security     1001 is weak",
                "means:       strangers log in",
                "do:          a longer password",
                "warning issuer       itself",
                "means:       browsers warn",
                "do:          an authority",
                "2 errors, 1 warning");
    }

    private static String printed(Finding... findings) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new FindingReport(List.of(findings)).print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
