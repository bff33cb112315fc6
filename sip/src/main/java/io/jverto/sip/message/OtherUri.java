package io.jverto.sip.message;

import io.jverto.base.Broken;
import java.util.Locale;

/// An address of another kind, for instance `tel:+4930...`; not looked into.
///
/// @param scheme in lower case
/// @param rest what follows the colon
public record OtherUri(String scheme, String rest) implements Uri {
    public OtherUri {
        scheme = scheme.toLowerCase(Locale.ROOT);
        if (!isScheme(scheme) || rest.isEmpty() || !rest.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '<' && c != '>' && c != '"')) {
            throw new Broken("no URI");
        }
    }

    static boolean isScheme(String scheme) {
        return scheme.matches("[A-Za-z][A-Za-z0-9+.-]*");
    }

    @Override
    public String toString() {
        return scheme + ":" + rest;
    }
}
