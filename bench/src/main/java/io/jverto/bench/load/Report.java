package io.jverto.bench.load;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.wire.jsonrpc.JsonText;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What came out: figures in order, as text and as JSON.
final class Report {
    private static final MathContext THREE_DIGITS = new MathContext(3);

    private final List<Figure> figures = new ArrayList<>();

    private record Figure(String name, String unit, double value) {
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

    /// @return one object; a figure's key is its name and its unit
    String json() {
        JsonObjectBuilder object = new JsonObjectBuilder();
        for (Figure figure : figures) {
            String unit = figure.unit.isEmpty() ? "" : " (" + figure.unit + ")";
            object.put(figure.name + unit, new JsonNumber(figure.digits()));
        }
        return JsonText.write(object.build());
    }

    void write(Path file) {
        try {
            Files.writeString(file, json() + "\n");
        } catch (IOException refused) {
            throw new CannotLoad("cannot write " + file + ": " + refused.getMessage());
        }
    }
}
