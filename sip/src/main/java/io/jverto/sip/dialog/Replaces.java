package io.jverto.sip.dialog;

import io.jverto.sip.message.Param;
import io.jverto.sip.message.Params;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The dialog that a new call is to take the place of (RFC 3891 section 6.1), as whom the INVITE goes to knows it.
///
/// @param toTag the tag of whom the INVITE goes to
/// @param fromTag the tag of the other side of that dialog
/// @param earlyOnly only while it has not been answered
public record Replaces(String callId, String toTag, String fromTag, boolean earlyOnly) {
    public static final String HEADER = "Replaces";
    private static final String IN_URI = "replaces=";

    /// @return empty when a part is missing
    public static Optional<Replaces> parse(String text) {
        int semicolon = text.indexOf(';');
        if (semicolon <= 0) {
            return Optional.empty();
        }
        Params params = Params.NONE;
        for (String one : text.substring(semicolon + 1).split(";")) {
            int equals = one.indexOf('=');
            String name = (equals < 0 ? one : one.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
            params = params.with(name, equals < 0 ? "" : one.substring(equals + 1).strip());
        }
        String callId = text.substring(0, semicolon).strip();
        Optional<String> to = params.get("to-tag").filter(tag -> !tag.isEmpty());
        Optional<String> from = params.get("from-tag").filter(tag -> !tag.isEmpty());
        boolean earlyOnly = params.all().stream().map(Param::name).anyMatch("early-only"::equals);
        return to.isPresent() && from.isPresent() && !callId.isEmpty()
                ? Optional.of(new Replaces(callId, to.get(), from.get(), earlyOnly))
                : Optional.empty();
    }

    /// @param headers of a URI, as in Refer-To: `Replaces=call%40host%3Bto-tag%3D...`
    /// @return what follows the name, unescaped; empty when there is none
    public static Optional<String> inUri(String headers) {
        return Arrays.stream(headers.split("&"))
                .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(IN_URI))
                .flatMap(header -> decoded(header.substring(IN_URI.length())).stream())
                .findFirst();
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException malformed) { // its only way of saying no
            return Optional.empty();
        }
    }

    /// @return the value of the header
    @Override
    public String toString() {
        return callId + ";to-tag=" + toTag + ";from-tag=" + fromTag + (earlyOnly ? ";early-only" : "");
    }

    /// A call that was found.
    ///
    /// @param state what it is at
    public record Found(CallId call, State state) {}

    /// What a call that is to be replaced is at.
    public enum State {
        /// We call, and nobody has answered.
        RINGS,
        /// We are called, and have not answered.
        WAITS,
        ANSWERED,
        OVER
    }
}
