package io.jverto.verto.connect;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a client offers of permessage-deflate (RFC 7692 section 7.1), and the answer to it. Both sides forget each message when it is
/// over (`no_context_takeover`): a compressor that remembers takes 256 kB for each connection, ten times as much as all the rest of it.
final class DeflateOffer {
    private static final String NAME = "permessage-deflate";
    private static final String ANSWER = NAME + "; server_no_context_takeover; client_no_context_takeover";
    /// The only window that the JDK's compressor has.
    private static final String WHOLE_WINDOW = "15";
    private static final int MAX_HEADER = 1_024;

    private DeflateOffer() {}

    /// @param headers the values of `Sec-WebSocket-Extensions`, in order
    /// @return the value for the response; empty when there is nothing to accept
    static Optional<String> answer(List<String> headers) {
        String all = String.join(",", headers);
        if (all.length() > MAX_HEADER) {
            return Optional.empty();
        }
        for (String offer : all.split(",")) {
            Optional<String> answer = answer(offer.toLowerCase(Locale.ROOT).split(";", -1));
            if (answer.isPresent()) {
                return answer;
            }
        }
        return Optional.empty();
    }

    /// @param parts the name of an extension and its parameters
    private static Optional<String> answer(String[] parts) {
        if (!parts[0].strip().equals(NAME)) {
            return Optional.empty();
        }
        String answer = ANSWER;
        Set<String> seen = new HashSet<>();
        for (int i = 1; i < parts.length; i++) {
            String[] parameter = parts[i].strip().split("=", 2);
            String name = parameter[0].strip();
            String value = parameter.length < 2 ? "" : parameter[1].strip().replace("\"", "");
            if (!seen.add(name) || !isAcceptable(name, value)) {
                return Optional.empty();
            }
            answer += name.equals("server_max_window_bits") ? "; " + name + "=" + WHOLE_WINDOW : "";
        }
        return Optional.of(answer);
    }

    private static boolean isAcceptable(String name, String value) {
        return switch (name) {
            case "server_no_context_takeover", "client_no_context_takeover" -> value.isEmpty();
            case "client_max_window_bits" -> value.isEmpty() || value.matches("[89]|1[0-5]"); // whatever it is, we can read it
            case "server_max_window_bits" -> value.equals(WHOLE_WINDOW);
            default -> false;
        };
    }
}
