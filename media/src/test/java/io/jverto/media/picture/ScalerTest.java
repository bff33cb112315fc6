package io.jverto.media.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalerTest {
    @ParameterizedTest
    @CsvSource({"640,360,320,180", "640,360,426,240", "320,180,640,360", "1280,720,256,144", "100,50,100,50", "100,50,100,40", "100,50,90,50",
        "7,5,3,2", "2,2,64,64", "1,1,10,10", "4,3,1,1", "640,360,72,72"})
    void aRampStaysARamp(int fromWidth, int fromHeight, int toWidth, int toHeight) {
        byte[] from = new byte[fromWidth * fromHeight];
        for (int i = 0; i < from.length; i++) {
            from[i] = (byte) ramp(i % fromWidth, fromWidth, i / fromWidth, fromHeight);
        }
        byte[] to = scaled(from, fromWidth, fromHeight, toWidth, toHeight);

        for (int i = 0; i < to.length; i++) {
            int x = i % toWidth;
            int y = i / toWidth;
            boolean inside = x > 0 && y > 0 && x < toWidth - 1 && y < toHeight - 1;
            if (inside && fromWidth > 2) {
                assertThat(to[i] & 0xff).as("at %d,%d", x, y).isCloseTo((int) ramp(x, toWidth, y, toHeight), org.assertj.core.data.Offset.offset(3));
            }
        }
    }

    @Test
    void aSmallerPictureHasTheMeanOfTheLargerOne() {
        Random random = new Random(1);
        byte[] from = new byte[640 * 360];
        random.nextBytes(from);

        for (int[] size : new int[][] {{320, 180}, {213, 120}, {160, 90}, {500, 281}}) {
            byte[] to = scaled(from, 640, 360, size[0], size[1]);
            assertThat(mean(to)).isCloseTo(mean(from), org.assertj.core.data.Offset.offset(1.0));
        }
        byte[] half = scaled(from, 640, 360, 320, 180);
        for (int i = 0; i < 100; i++) {
            int at = i * 2;
            int sum = (from[at] & 0xff) + (from[at + 1] & 0xff) + (from[at + 640] & 0xff) + (from[at + 641] & 0xff);
            assertThat(half[i] & 0xff).isCloseTo(sum / 4, org.assertj.core.data.Offset.offset(1));
        }
    }

    @Test
    void oneColourStaysIt() {
        for (int value : new int[] {0, 16, 128, 255}) {
            byte[] from = new byte[90 * 70];
            java.util.Arrays.fill(from, (byte) value);
            for (int width = 1; width < 200; width += 13) {
                for (byte pixel : scaled(from, 90, 70, width, 31)) {
                    assertThat(pixel & 0xff).isEqualTo(value);
                }
            }
        }
    }

    private static double ramp(int x, int width, int y, int height) {
        return 20 + 150 * ((x + 0.5) / width) + 60 * ((y + 0.5) / height);
    }

    private static double mean(byte[] plane) {
        long sum = 0;
        for (byte pixel : plane) {
            sum += pixel & 0xff;
        }
        return (double) sum / plane.length;
    }

    private static byte[] scaled(byte[] from, int fromWidth, int fromHeight, int toWidth, int toHeight) {
        Scaler scaler = new Scaler();
        scaler.set(fromWidth, fromHeight, toWidth, toHeight);
        byte[] to = new byte[toWidth * toHeight];
        scaler.scale(from, 0, fromWidth, to, 0, toWidth);
        return to;
    }
}
