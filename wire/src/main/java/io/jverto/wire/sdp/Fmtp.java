package io.jverto.wire.sdp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// `a=fmtp` with parameters of the form `key=value; key=value` (RFC 7587 section 7 and most others).
///
/// @param format the payload number it is for
/// @param parameters keys in lower case, the first of equal keys; a word without `=` has an empty value
public record Fmtp(String format, Map<String, String> parameters) {
    /// More than any codec defines; the rest is not looked at.
    private static final int MAX_PARAMETERS = 32;

    public Fmtp {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    public static Optional<Fmtp> decode(String value) {
        int blank = value.indexOf(' ');
        if (blank <= 0) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String part : value.substring(blank + 1).split(";", MAX_PARAMETERS + 1)) {
            String item = part.strip();
            int equals = item.indexOf('=');
            String key = (equals < 0 ? item : item.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
            if (!key.isEmpty() && parameters.size() < MAX_PARAMETERS) {
                parameters.putIfAbsent(key, equals < 0 ? "" : item.substring(equals + 1).strip());
            }
        }
        return Optional.of(new Fmtp(value.substring(0, blank), parameters));
    }

    /// @return `key=value; key=value`, as the reference server writes it
    public String encode() {
        StringBuilder text = new StringBuilder(format);
        String separator = " ";
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            text.append(separator).append(parameter.getKey());
            if (!parameter.getValue().isEmpty()) {
                text.append('=').append(parameter.getValue());
            }
            separator = "; ";
        }
        return text.toString();
    }

    public boolean isOne(String key) {
        return "1".equals(parameters.get(key));
    }

    /// @return the parameter as a number from 0 to a billion, empty when it is absent or none
    public Optional<Integer> number(String key) {
        long value = Digits.decode(parameters.getOrDefault(key, ""), 1_000_000_000);
        return value < 0 ? Optional.empty() : Optional.of((int) value);
    }
}
