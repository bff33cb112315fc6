package io.jverto.sip.message;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The messages of RFC 4475 and RFC 5118 and others of their kind, in words of our own, and what becomes of each.
public final class TortureCases {
    public static final String NOTHING = "-";

    private static final String HEAD0 = """
            Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKkdjuw
            From: "Caller" <sip:caller@example.org>;tag=88asjd
            To: <sip:user@example.org>
            Call-ID: 0ha0isndaksdj@192.0.2.1""";

    private TortureCases() {}

    /// @param expected what the decoder makes of it
    /// @param answers statuses that a profile answers with; [#NOTHING] for none
    public record Case(String name, String expected, String answers, byte[] bytes) {
        @Override
        public String toString() {
            return name;
        }
    }

    public static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        for (String part : file().split("(?m)^=== ")) {
            if (part.startsWith("#")) {
                continue;
            }
            String title = part.substring(0, part.indexOf('\n'));
            String[] words = title.split(" \\| ");
            cases.add(new Case(words[0], words[1], words.length > 2 ? words[2] : NOTHING, message(part.substring(part.indexOf('\n') + 1))));
        }
        return cases;
    }

    private static byte[] message(String text) {
        String filled = text.replace("{HEAD}", HEAD0 + "\nMax-Forwards: 70").replace("{HEAD0}", HEAD0);
        int empty = filled.indexOf("\n\n");
        String body = filled.substring(empty + 2);
        String head = filled.substring(0, empty + 2)
                .replace("{n}", Integer.toString(body.replace("\n", "\r\n").length()))
                .replace("\n", "\r\n")
                .replace("\\u0000", "\0")
                .replace("\\c", "\r");
        return (head + body.replace("\n", "\r\n")).getBytes(StandardCharsets.UTF_8);
    }

    private static String file() {
        try (InputStream in = Objects.requireNonNull(TortureCases.class.getResourceAsStream("torture.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
