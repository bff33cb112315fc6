package io.jverto.server.finding;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.server.finding.Finding.Level;
import io.jverto.wire.jsonrpc.JsonText;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/// Prints findings for a person or for a program.
public record FindingReport(List<Finding> findings) {
    /// All is well.
    public static final int FINE = 0;
    /// There are warnings.
    public static final int WARNED = 1;
    /// There are errors.
    public static final int FAILED = 2;

    public FindingReport {
        findings = List.copyOf(findings);
    }

    /// @return what the program ends with
    public int exitCode() {
        return count(Level.ERROR) > 0 ? FAILED : count(Level.WARNING) > 0 ? WARNED : FINE;
    }

    /// A line for each, and for what is not well two more; once for several in a row of which the same is to be said.
    public void print(PrintStream out) {
        for (int at = 0; at < findings.size(); at++) {
            Finding finding = findings.get(at);
            out.printf("%-7s %-12s %s%n", mark(finding.level()), finding.subject(), finding.fact());
            if (at + 1 == findings.size() || !finding.saysTheSameAs(findings.get(at + 1))) {
                line(out, "means:", finding.meaning());
                line(out, "do:", finding.remedy());
            }
        }
        out.printf("%s, %s%n", counted(count(Level.ERROR), "error"), counted(count(Level.WARNING), "warning"));
    }

    /// One object: `{"errors":0,"warnings":1,"findings":[{"level","subject","fact","meaning","remedy"}]}`.
    public void printJson(PrintStream out) {
        List<JsonValue> rows = findings.stream()
                .<JsonValue>map(finding -> new JsonObjectBuilder()
                        .put("level", finding.level().name().toLowerCase(Locale.ROOT))
                        .put("subject", finding.subject())
                        .put("fact", finding.fact())
                        .putKnown("meaning", finding.meaning())
                        .putKnown("remedy", finding.remedy())
                        .build())
                .toList();
        out.println(JsonText.write(new JsonObjectBuilder()
                .put("errors", count(Level.ERROR)).put("warnings", count(Level.WARNING)).put("findings", new JsonArray(rows)).build()));
    }

    /// @return `1 error`, `2 errors`
    public static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private long count(Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }

    private static void line(PrintStream out, String head, String text) {
        if (!text.isEmpty()) {
            out.printf("        %-12s %s%n", head, text);
        }
    }

    private static String mark(Level level) {
        return switch (level) {
            case FINE -> "ok";
            case WARNING -> "warning";
            case ERROR -> "ERROR";
        };
    }
}
