package io.jverto.base.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TokensTest {
    private final Random random = new Random(1);

    @Test
    void uuidIsOfVersionFourAndVariantTwo() {
        assertThat(Tokens.uuid(random)).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @Test
    void digitsNeverBeginWithZero() {
        for (int i = 0; i < 100; i++) {
            assertThat(Tokens.digits(random, 10)).matches("[1-9][0-9]{9}");
        }
    }

    @Test
    void alphanumericHasTheLengthAskedFor() {
        assertThat(Tokens.alphanumeric(random, 24)).matches("[A-Za-z0-9]{24}");
    }
}
