package io.jverto.switchboard.speech;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.speech.SayType.Method;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnglishSpeechTest {
    private static final ZonedDateTime NOW = ZonedDateTime.parse("2026-11-25T21:05:00Z");
    private static final Map<Character, String> FOLDERS =
            Map.of('d', "digits", 't', "time", 'c', "currency", 'a', "ascii", 'p', "phonetic-ascii");

    record Case(String type, String method, String text, List<String> files) {}

    static Stream<Case> cases() throws IOException {
        try (InputStream table = Objects.requireNonNull(EnglishSpeechTest.class.getResourceAsStream("english.txt"))) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#")).map(EnglishSpeechTest::row).toList().stream();
        }
    }

    private static Case row(String line) {
        String[] columns = line.split("\\|", -1);
        String[] how = columns[0].trim().split(" ");
        List<String> files = Arrays.stream(columns[2].trim().split(" "))
                .filter(name -> !name.isEmpty())
                .map(name -> FOLDERS.get(name.charAt(0)) + name.substring(1) + ".wav")
                .toList();
        return new Case(how[0], how[1], columns[1].trim(), files);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysIt(Case one) {
        assertThat(EnglishSpeech.files(SayType.of(one.type).orElseThrow(), Method.of(one.method).orElseThrow(), one.text, NOW))
                .isEqualTo(one.files);
    }

    @Test
    void everyTypeStandsInTheTable() throws IOException {
        assertThat(cases().map(one -> SayType.of(one.type).orElseThrow()).collect(Collectors.toSet())).containsExactlyInAnyOrder(SayType.values());
    }

    @Test
    void aTextWithoutEndIsNotSaid() {
        assertThat(EnglishSpeech.files(SayType.NAME_SPELLED, Method.PRONOUNCED, "x".repeat(EnglishSpeech.MAX_TEXT), NOW)).hasSize(EnglishSpeech.MAX_TEXT);
        assertThat(EnglishSpeech.files(SayType.NAME_SPELLED, Method.PRONOUNCED, "x".repeat(EnglishSpeech.MAX_TEXT + 1), NOW)).isEmpty();
    }

    @Test
    void theZoneDecidesWhatDayItIs() {
        ZonedDateTime there = NOW.withZoneSameInstant(java.time.ZoneId.of("Asia/Tokyo"));

        assertThat(EnglishSpeech.files(SayType.CURRENT_DATE, Method.PRONOUNCED, "", there)).startsWith("time/day-4.wav");
        assertThat(EnglishSpeech.files(SayType.CURRENT_TIME, Method.PRONOUNCED, "0", there)).containsExactly("digits/9.wav", "time/oclock.wav", "time/a-m.wav");
    }
}
