package io.jverto.media.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PngMakerTest {
    @Test
    void aPictureIsWrittenInItsSizeAndColours() throws IOException {
        Picture picture = new Picture(320, 180);
        picture.fill(0, 0, 160, 180, 0xc81e1e);
        picture.fill(160, 0, 160, 90, 0x1e1ec8);
        picture.fill(160, 90, 160, 90, 0xffffff);

        BufferedImage read = ImageIO.read(new ByteArrayInputStream(PngMaker.png(picture)));

        assertThat(read.getWidth()).isEqualTo(320);
        assertThat(read.getHeight()).isEqualTo(180);
        assertThat(new int[] {read.getRGB(0, 0), read.getRGB(319, 0), read.getRGB(319, 179)})
                .satisfies(seen -> assertThat(near(seen[0], 0xc81e1e)).isTrue())
                .satisfies(seen -> assertThat(near(seen[1], 0x1e1ec8)).isTrue())
                .satisfies(seen -> assertThat(near(seen[2], 0xffffff)).isTrue());
    }

    /// Chroma and luma are whole numbers: a colour comes back nearly.
    private static boolean near(int one, int other) {
        return Math.abs((one >> 16 & 0xff) - (other >> 16 & 0xff)) < 4 && Math.abs((one >> 8 & 0xff) - (other >> 8 & 0xff)) < 4
                && Math.abs((one & 0xff) - (other & 0xff)) < 4;
    }
}
