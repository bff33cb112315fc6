package io.jverto.bench.load;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.wire.jsonrpc.JsonText;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What came out: figures in order, as text and as JSON.
final class Report {
    private static final MathContext THREE_DIGITS = new MathContext(3);

    private final List<Figure> figures = new ArrayList<>();

    private record Figure(String name, String unit, double value) {
        Figure unmeasured() {
            return new Figure(name, unit, 0);
        }

        String digits() {
            BigDecimal exact = BigDecimal.valueOf(value);
            return (value == Math.rint(value) ? exact.stripTrailingZeros() : exact.round(THREE_DIGITS)).toPlainString();
        }
    }

    void number(String name, String unit, double value) {
        figures.add(new Figure(name, unit, Double.isFinite(value) ? value : 0));
    }

    void print(PrintStream out) {
        for (Figure figure : figures) {
            out.printf("%-46s %12s %s%n", figure.name, figure.digits(), figure.unit);
        }
    }

    /// Prints two in columns, by the names of their figures.
    static void printBeside(PrintStream out, String name, Report one, String otherName, Report other) {
        out.printf("%-46s %12s %12s%n", "", name, otherName);
        Set<Figure> rows = new LinkedHashSet<>();
        Stream.of(one, other).flatMap(report -> report.figures.stream()).map(Figure::unmeasured).forEach(rows::add);
        rows.forEach(row -> out.printf("%-46s %12s %12s %s%n", row.name, one.digits(row), other.digits(row), row.unit));
    }

    private String digits(Figure row) {
        return figures.stream().filter(figure -> figure.unmeasured().equals(row)).map(Figure::digits).findFirst().orElse("-");
    }

    /// Writes two as one object.
    static void writeBeside(Path file, String name, Report one, String otherName, Report other) {
        write(file, new JsonObjectBuilder().put(name, one.object()).put(otherName, other.object()).build());
    }

    /// @return one object; a figure's key is its name and its unit
    String json() {
        return JsonText.write(object());
    }

    private JsonObject object() {
        JsonObjectBuilder object = new JsonObjectBuilder();
        for (Figure figure : figures) {
            String unit = figure.unit.isEmpty() ? "" : " (" + figure.unit + ")";
            object.put(figure.name + unit, new JsonNumber(figure.digits()));
        }
        return object.build();
    }

    void write(Path file) {
        write(file, object());
    }

    private static void write(Path file, JsonObject object) {
        try {
            Files.writeString(file, JsonText.write(object) + "\n");
        } catch (IOException refused) {
            throw new CannotLoad("cannot write " + file + ": " + refused.getMessage());
        }
    }
}
