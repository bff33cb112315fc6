package io.jverto.sip.message;

import io.jverto.base.Broken;
import java.util.Locale;
import java.util.Map;

/// One header line.
///
/// @param name in its long form; case as written
/// @param value without white space at its ends
public record Header(String name, String value) {
    /// RFC 3261 section 7.3.3 and the registrations after it.
    private static final Map<String, String> COMPACT = Map.ofEntries(
            Map.entry("a", "Accept-Contact"),
            Map.entry("b", "Referred-By"),
            Map.entry("c", "Content-Type"),
            Map.entry("d", "Request-Disposition"),
            Map.entry("e", "Content-Encoding"),
            Map.entry("f", "From"),
            Map.entry("i", "Call-ID"),
            Map.entry("j", "Reject-Contact"),
            Map.entry("k", "Supported"),
            Map.entry("l", "Content-Length"),
            Map.entry("m", "Contact"),
            Map.entry("n", "Identity-Info"),
            Map.entry("o", "Event"),
            Map.entry("r", "Refer-To"),
            Map.entry("s", "Subject"),
            Map.entry("t", "To"),
            Map.entry("u", "Allow-Events"),
            Map.entry("v", "Via"),
            Map.entry("x", "Session-Expires"),
            Map.entry("y", "Identity"));

    public Header {
        if (!Cursor.isToken(name)) {
            throw new Broken("a header's name is a token");
        }
        name = COMPACT.getOrDefault(name.toLowerCase(Locale.ROOT), name);
        value = Cursor.printable(value).strip();
    }

    public boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }

    @Override
    public String toString() {
        return name + ": " + value;
    }
}
