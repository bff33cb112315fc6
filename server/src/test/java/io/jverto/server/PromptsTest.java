package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.speech.EnglishSpeech;
import io.jverto.switchboard.speech.SayType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The prompts that come along (docs/decisions/0018-prompts-are-synthesised.md).
class PromptsTest {
    private static final Path PROMPTS = Path.of("..", "sounds", "en", "us", "jverto");
    private static final Path LIST = Path.of("..", "tools", "prompts", "prompts.txt");
    private static final ZonedDateTime NOW = ZonedDateTime.parse("2026-11-25T21:05:00Z");
    private static final long MAX_BYTES = 3_000_000;

    @Test
    void eachLineOfTheListIsAFileAndTheOtherWayRound() throws IOException {
        List<String> listed = Files.readAllLines(LIST).stream()
                .filter(line -> !line.startsWith("#") && line.contains(" | "))
                .map(line -> line.substring(0, line.indexOf(" | ")) + ".opus")
                .toList();

        assertThat(listed).doesNotHaveDuplicates();
        assertThat(files()).containsExactlyInAnyOrderElementsOf(listed);
    }

    @Test
    void theyAreOggFilesOfOpusAndNotLarge() throws IOException {
        long bytes = 0;
        for (String file : files()) {
            byte[] content = Files.readAllBytes(PROMPTS.resolve(file));
            assertThat(new String(content, 0, 4)).as(file).isEqualTo("OggS");
            assertThat(new String(content, 28, 8)).as(file).isEqualTo("OpusHead");
            bytes += content.length;
        }
        assertThat(bytes).isBetween(500_000L, MAX_BYTES);
    }

    @Test
    void whateverSayCanNeedIsThere() {
        Set<String> needed = new HashSet<>();
        IntStream.rangeClosed(0, 1_100).mapToObj(String::valueOf).forEach(number -> {
            for (SayType.Method method : SayType.Method.values()) {
                needed.addAll(EnglishSpeech.files(SayType.NUMBER, method, number, NOW));
            }
        });
        IntStream.range(0, 500).mapToObj(day -> String.valueOf(day * 90_061L)).forEach(moment ->
                needed.addAll(EnglishSpeech.files(SayType.CURRENT_DATE_TIME, SayType.Method.PRONOUNCED, moment, NOW)));
        IntStream.rangeClosed(-2, 2).mapToObj(day -> String.valueOf(NOW.toEpochSecond() + day * 86_400L)).forEach(moment ->
                needed.addAll(EnglishSpeech.files(SayType.SHORT_DATE_TIME, SayType.Method.PRONOUNCED, moment, NOW)));
        String everything = IntStream.rangeClosed(' ', '~').mapToObj(Character::toString).collect(Collectors.joining());
        for (SayType type : SayType.values()) {
            for (String text : List.of("x" + everything, "-2000000", "1000000", "-12.34", "1.01", "1:01:01", "2:02:02", "3.1")) {
                needed.addAll(EnglishSpeech.files(type, SayType.Method.PRONOUNCED, text, NOW));
            }
        }

        assertThat(needed).hasSizeGreaterThan(150).allSatisfy(file -> assertThat(PROMPTS.resolve(file.replace(".wav", ".opus"))).isRegularFile());
    }

    private static List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(PROMPTS)) {
            return all.filter(Files::isRegularFile).map(file -> PROMPTS.relativize(file).toString()).toList();
        }
    }
}
