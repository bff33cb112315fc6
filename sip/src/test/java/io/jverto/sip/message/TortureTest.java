package io.jverto.sip.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.sip.message.SipDecoding.Decoded;
import io.jverto.sip.message.SipDecoding.Dropped;
import io.jverto.sip.message.SipDecoding.Rejected;
import io.jverto.sip.message.TortureCases.Case;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Attack S26: the file says of each message what becomes of it.
class TortureTest {
    private static final int MUTATIONS = 50_000;

    static List<Case> cases() {
        return TortureCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void s26BecomesWhatTheFileSays(Case one) {
        assertThat(outcome(decode(one.bytes()))).isEqualTo(one.expected());
    }

    @Test
    void s26ThereAreCasesOfEachKind() {
        assertThat(TortureCases.all()).hasSizeGreaterThan(60).extracting(Case::expected).contains("decoded", "rejected 400", "rejected 505", "dropped");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void s26WhatIsDecodedIsWrittenAndReadTheSame(Case one) {
        if (decode(one.bytes()) instanceof Decoded decoded) {
            assertThat(decode(SipEncoder.encode(decoded.message()))).isEqualTo(decoded);
        }
    }

    @Test
    void s26FiftyThousandMutationsRaiseNothingAndDecodeStably() {
        Random random = new Random(4475);
        List<Case> cases = TortureCases.all();
        int decoded = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] bytes = mutate(cases.get(random.nextInt(cases.size())).bytes(), random);
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
}
