package io.jverto.sip.message;

import java.util.Optional;

/// An address.
public sealed interface Uri permits SipUri, OtherUri {
    /// @return empty when the text is none
    static Optional<Uri> parse(String text) {
        try {
            return Optional.of(read(text));
        } catch (MalformedSip malformed) {
            return Optional.empty();
        }
    }

    static Uri read(String text) throws MalformedSip {
        int colon = text.indexOf(':');
        if (colon <= 0 || text.length() > SipLimits.LINE) {
            throw new MalformedSip("a URI without a scheme");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '<' || c == '>' || c == '"') {
                throw new MalformedSip("a URI with a character that has to be escaped");
            }
        }
        String scheme = text.substring(0, colon);
        String rest = text.substring(colon + 1);
        if (scheme.equalsIgnoreCase("sip") || scheme.equalsIgnoreCase("sips")) {
            return SipUri.read(scheme.equalsIgnoreCase("sips"), rest);
        }
        if (!OtherUri.isScheme(scheme) || rest.isEmpty()) {
            throw new MalformedSip("no URI");
        }
        return new OtherUri(scheme, rest);
    }
}
