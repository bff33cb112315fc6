package io.jverto.verto.present;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextPiecesTest {
    @Test
    void nothingIsNoPiece() {
        assertThat(TextPieces.of("")).isEmpty();
    }

    @Test
    void aHundredBytesAreOnePiece() {
        assertThat(TextPieces.of("x".repeat(100))).containsExactly("x".repeat(100));
        assertThat(TextPieces.of("x".repeat(101))).containsExactly("x".repeat(100), "x");
    }

    /// Whatever the text: the pieces together are it, none is longer than 100 bytes, and each is whole characters.
    @Test
    void piecesAreShortAndWholeAndTogetherTheText() {
        Random random = new Random(3);
        int[] characters = {'a', 0xE9, 0x20AC, 0x1F600, 0xFFFD};
        for (int turn = 0; turn < 500; turn++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(300), 0, characters.length).forEach(one -> text.appendCodePoint(characters[one]));

            List<String> pieces = TextPieces.of(text.toString());

            assertThat(String.join("", pieces)).isEqualTo(text.toString());
            assertThat(pieces).allSatisfy(piece -> {
                byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
                assertThat(bytes).hasSizeBetween(1, 100);
                assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(piece);
            });
        }
    }
}
