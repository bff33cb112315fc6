package io.jverto.sip.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.sip.message.SipDecoding.Decoded;
import io.jverto.sip.message.SipDecoding.Dropped;
import io.jverto.sip.message.SipDecoding.Rejected;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Attack S26: the file says of each message what becomes of it.
class TortureTest {
    private static final String HEAD0 = """
            Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKkdjuw
            From: "Caller" <sip:caller@example.org>;tag=88asjd
            To: <sip:user@example.org>
            Call-ID: 0ha0isndaksdj@192.0.2.1""";

    private static final int MUTATIONS = 50_000;

    record Case(String name, String expected, byte[] bytes) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void s26BecomesWhatTheFileSays(Case one) {
        assertThat(outcome(decode(one.bytes))).isEqualTo(one.expected);
    }

    @Test
    void s26ThereAreCasesOfEachKind() {
        assertThat(cases()).hasSizeGreaterThan(60).extracting(Case::expected).contains("decoded", "rejected 400", "rejected 505", "dropped");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void s26WhatIsDecodedIsWrittenAndReadTheSame(Case one) {
        if (decode(one.bytes) instanceof Decoded decoded) {
            assertThat(decode(SipEncoder.encode(decoded.message()))).isEqualTo(decoded);
        }
    }

    @Test
    void s26FiftyThousandMutationsRaiseNothingAndDecodeStably() {
        Random random = new Random(4475);
        List<Case> cases = cases();
        int decoded = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] bytes = mutate(cases.get(random.nextInt(cases.size())).bytes, random);
            if (decode(bytes) instanceof Decoded(SipMessage message)) {
                decoded++;
                assertThat(decode(SipEncoder.encode(message))).isEqualTo(new Decoded(message));
            }
        }
        assertThat(decoded).isBetween(1_000, MUTATIONS - 1_000);
    }

    private static byte[] mutate(byte[] original, Random random) {
        byte[] bytes = original.clone();
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times && bytes.length > 1; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) " \t\r\n<>\";,:@?=/%[]*".charAt(random.nextInt(18));
                case 2 -> System.arraycopy(bytes, at, bytes, Math.max(0, at - 3), bytes.length - at);
                default -> bytes = java.util.Arrays.copyOf(bytes, at);
            }
        }
        return bytes;
    }

    private static SipDecoding decode(byte[] bytes) {
        return SipDecoder.decode(bytes, 0, bytes.length);
    }

    private static String outcome(SipDecoding decoding) {
        return switch (decoding) {
            case Decoded _ -> "decoded";
            case Rejected rejected -> "rejected " + rejected.status();
            case Dropped _ -> "dropped";
        };
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (String part : file().split("(?m)^=== ")) {
            if (part.startsWith("#")) {
                continue;
            }
            String title = part.substring(0, part.indexOf('\n'));
            String[] words = title.split(" \\| ");
            cases.add(new Case(words[0], words[1], message(part.substring(part.indexOf('\n') + 1))));
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
        try (InputStream in = Objects.requireNonNull(TortureTest.class.getResourceAsStream("torture.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
