package io.jverto.base.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TokensTest {
    private final Random random = new Random(1);

    @Test
    void orderedUuidsAreOfVersionSevenAndSortByTheirTime() {
        String before = Tokens.orderedUuid(random, 1_700_000_000_000L);
        String after = Tokens.orderedUuid(random, 1_700_000_000_001L);

        assertThat(before).matches("018bcfe5-6800-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}").isLessThan(after);
    }

    @Test
    void uuidIsOfVersionFourAndVariantTwo() {
        assertThat(Tokens.uuid(random)).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @Test
    void digitsNeverBeginWithZero() {
        for (int i = 0; i < 100; i++) {
            assertThat(Tokens.digits(random, 10)).matches("[1-9][0-9]{9}");
            assertThat(Tokens.digits(random, 1)).matches("[1-9]");
            assertThat(Tokens.digits(random, 18)).matches("[1-9][0-9]{17}");
        }
    }

    @Test
    void alphanumericHasTheLengthAskedFor() {
        for (int length = 0; length < 100; length++) {
            assertThat(Tokens.alphanumeric(random, length)).matches("[A-Za-z0-9]{" + length + "}");
        }
    }

    @Test
    void everyCharacterIsAboutAsLikely() {
        Map<Integer, Long> counts = Tokens.alphanumeric(random, 62_000).chars().boxed()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(counts).hasSize(62);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(850L, 1_150L));
    }
}
