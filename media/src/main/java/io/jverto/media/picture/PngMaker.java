package io.jverto.media.picture;

import io.jverto.base.Broken;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/// Makes PNG files of pictures. Takes tens of milliseconds: not for threads that have no time.
public final class PngMaker {
    private PngMaker() {}

    /// @return the bytes of a PNG file of that size
    public static byte[] png(Picture picture) {
        int width = picture.width();
        int height = picture.height();
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int chroma = y / 2 * (width / 2) + x / 2;
                row[x] = rgb(picture.luma()[y * width + x] & 0xff, picture.u()[chroma] & 0xff, picture.v()[chroma] & 0xff);
            }
            image.setRGB(0, y, width, 1, row, 0, width);
        }
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(image, "png", out);
            return out.toByteArray();
        } catch (IOException impossible) {
            throw new Broken("memory cannot be written", impossible);
        }
    }

    /// Of BT.601, limited range (ITU-R BT.601 section 2.5), in 256ths.
    private static int rgb(int luma, int u, int v) {
        int y = 298 * (luma - 16) + 128;
        int red = y + 409 * (v - 128);
        int green = y - 100 * (u - 128) - 208 * (v - 128);
        int blue = y + 516 * (u - 128);
        return Math.clamp(red >> 8, 0, 255) << 16 | Math.clamp(green >> 8, 0, 255) << 8 | Math.clamp(blue >> 8, 0, 255);
    }
}
