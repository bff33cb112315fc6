package io.jverto.server.config;

import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The global variables of a configuration, for `$${name}`. Not thread-safe: one loading run uses it, alone.
public final class Variables {
    private static final int MAX_VARIABLES = 10_000;

    private final Map<String, String> values = new TreeMap<>();
    private final Set<String> fixed = new HashSet<>();

    /// Gives a variable a value from before the first line, as XML text: `&`, `<`, `>` and quotes come out as themselves.
    public Variables define(String name, String value) {
        values.put(name, escaped(value));
        return this;
    }

    /// As [#define], and no file can change it.
    public Variables fix(String name, String value) {
        fixed.add(name);
        return define(name, value);
    }

    /// Sets it to text that stands in a file, hence is XML text already.
    ///
    /// @return false when there are too many variables
    boolean set(String name, String value) {
        if (!fixed.contains(name)) {
            values.put(name, value);
        }
        return values.size() <= MAX_VARIABLES;
    }

    /// @return the value as XML text
    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /// @return all of them, as plain text, by name
    Map<String, String> plain() {
        Map<String, String> plain = new TreeMap<>();
        values.forEach((name, value) -> plain.put(name, unescaped(value)));
        return Collections.unmodifiableMap(plain);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&apos;");
    }

    private static String unescaped(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&");
    }
}
