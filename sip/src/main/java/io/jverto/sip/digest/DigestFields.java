package io.jverto.sip.digest;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `Digest name=value, name="value"`: names in lower case, values without quotes.
final class DigestFields {
    private static final int MOST = 24;
    private static final Pattern SCHEME = Pattern.compile("(?i)\\s*Digest\\s+");
    /// A backslash, and what it keeps from being a quote, is one step: no text makes this try twice.
    private static final Pattern FIELD = Pattern.compile(
            "\\G\\s*+([\\w.!%*+`'~-]++)\\s*+=\\s*+(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]*+))\\s*+(,|$)");

    private DigestFields() {}

    /// @return empty when the text is of another scheme, says something twice or is no list of fields
    static Optional<Map<String, String>> read(String text) {
        Matcher scheme = SCHEME.matcher(text);
        if (!scheme.lookingAt()) {
            return Optional.empty();
        }
        String rest = text.substring(scheme.end());
        Matcher field = FIELD.matcher(rest);
        Map<String, String> fields = new TreeMap<>();
        int end = 0;
        while (end < rest.length() && field.find()) {
            String value = field.group(2) == null ? field.group(3) : field.group(2).replaceAll("\\\\(.)", "$1");
            if (fields.put(field.group(1).toLowerCase(Locale.ROOT), value) != null || fields.size() > MOST) {
                return Optional.empty();
            }
            end = field.end();
        }
        return end == rest.length() && !fields.isEmpty() ? Optional.of(fields) : Optional.empty();
    }

    static String quoted(String name, String value) {
        return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
