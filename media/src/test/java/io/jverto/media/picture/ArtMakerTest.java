package io.jverto.media.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.Scene.Art;
import io.jverto.media.plan.Scene.Banner;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArtMakerTest {
    private static final Art IMAGE = new Art.Image(Path.of("x.png"));
    private static final byte[] NOTHING = {};

    @Test
    void aFileIsShownWholeAndInItsColours() throws IOException {
        Sprite sprite = ArtMaker.make(IMAGE, png(400, 100, 0xffe02020), 64, 36).orElseThrow();

        assertThat(sprite.width()).isEqualTo(64);
        assertThat(sprite.height()).isEqualTo(36);
        int middle = 18 * 64 + 32;
        assertThat(sprite.luma()[middle] & 0xff).isCloseTo(Picture.lumaOf(0xe02020), org.assertj.core.data.Offset.offset(2));
        assertThat(sprite.alpha()[middle] & 0xff).isEqualTo(255);
        assertThat(sprite.alpha()[2 * 64 + 32]).as("above it nothing").isZero();
        assertThat(sprite.v()[9 * 32 + 16] & 0xff).isCloseTo(Picture.vOf(0xe02020), org.assertj.core.data.Offset.offset(2));
    }

    @Test
    void aFileThatClaimsToBeHugeIsRefusedBeforeItIsRead() throws IOException {
        byte[] png = png(10, 10, 0xff000000);
        png[16] = 0x00; // width of 65,536 in the header (PNG section 11.2.2)
        png[17] = 0x01;
        png[18] = 0;
        png[19] = 0;
        png[21] = 0x01; // and so high

        assertThat(ArtMaker.make(IMAGE, png, 64, 36)).isEmpty();
        assertThat(ArtMaker.make(IMAGE, new byte[ArtMaker.MAX_FILE + 1], 64, 36)).isEmpty();
    }

    @Test
    void brokenFilesAreRefused() throws IOException {
        byte[] png = png(50, 50, 0xff336699);
        Random random = new Random(2);
        for (int i = 0; i < 400; i++) {
            byte[] broken = Arrays.copyOf(png, random.nextInt(png.length));
            for (int hit = 0; hit < 3 && broken.length > 0; hit++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            ArtMaker.make(IMAGE, broken, 64, 36); // or not: it does not throw
        }
        assertThat(ArtMaker.make(IMAGE, NOTHING, 64, 36)).isEmpty();
        assertThat(ArtMaker.make(IMAGE, "hello".getBytes(java.nio.charset.StandardCharsets.UTF_8), 64, 36)).isEmpty();
    }

    @Test
    void aLineHasLettersOnItsStrip() {
        Sprite empty = ArtMaker.make(new Art.Line(new Banner("", 0xffffff, 0x102030, 20)), NOTHING, 200, 24).orElseThrow();
        Sprite named = ArtMaker.make(new Art.Line(new Banner("Ada Lovelace", 0xffffff, 0x102030, 20)), NOTHING, 200, 24).orElseThrow();
        Sprite endless = ArtMaker.make(new Art.Line(new Banner("x".repeat(10_000), 0xffffff, 0x102030, 20)), NOTHING, 200, 24).orElseThrow();

        assertThat(bright(empty)).isZero();
        assertThat(bright(named)).isBetween(50, 2_400);
        assertThat(bright(endless)).isBetween(50, 2_400);
    }

    @ParameterizedTest
    @CsvSource({"Ada Lovelace,AL", "ada,A", "'',''", "Jean-Luc Picard,JL", "1000@pbx.test,1P", "'  ö x ',ÖX"})
    void initialsAreTheFirstLettersOfTwoWords(String name, String letters) {
        assertThat(ArtMaker.firstLetters(name)).isEqualTo(letters);
    }

    @Test
    void whoHasNoAvatarHasACircleWithInitials() {
        Sprite sprite = ArtMaker.make(new Art.Initials("Ada Lovelace"), NOTHING, 320, 180).orElseThrow();

        assertThat(sprite.alpha()[0]).isZero();
        assertThat(sprite.alpha()[90 * 320 + 160 - 40] & 0xff).isEqualTo(255);
    }

    private static int bright(Sprite sprite) {
        int count = 0;
        for (byte pixel : sprite.luma()) {
            count += (pixel & 0xff) > 150 ? 1 : 0;
        }
        return count;
    }

    private static byte[] png(int width, int height, int argb) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, argb);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }
}
