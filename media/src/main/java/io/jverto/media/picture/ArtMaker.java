package io.jverto.media.picture;

import io.jverto.media.plan.Scene.Art;
import io.jverto.media.plan.Scene.Banner;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/// Makes sprites of texts and files, in the size in which they are shown. Takes milliseconds: not for threads that have no time. Letters need
/// a font on the machine; without one they are left out. Thread-safe.
public final class ArtMaker {
    /// Of a picture of a file: a header may claim more than there is memory for.
    public static final int MAX_PIXELS = 16_000_000;
    public static final int MAX_FILE = 8 << 20;
    private static final int MAX_SIDE = 4_096;
    private static final int MAX_LETTERS = 80;
    /// Sides of the circle behind initials, in parts of the place.
    private static final double CIRCLE = 0.5;
    private static final int[] HUES = {0x3d6fb4, 0x2f8f6b, 0xb4593d, 0x7d55a8, 0xa8873a, 0x3a8fa8, 0xa84a72, 0x5f7a3a};

    private ArtMaker() {}

    /// @param file the bytes of an [Art.Image]; of others nothing
    /// @return empty when nothing can be made of it
    public static Optional<Sprite> make(Art art, byte[] file, int width, int height) {
        if (width < 2 || height < 2 || width > MAX_SIDE || height > MAX_SIDE) {
            return Optional.empty();
        }
        BufferedImage image = new BufferedImage(width & ~1, height & ~1, BufferedImage.TYPE_INT_ARGB);
        Graphics2D pen = image.createGraphics();
        try {
            pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            boolean drawn = switch (art) {
                case Art.Image _ -> picture(pen, file, image.getWidth(), image.getHeight());
                case Art.Initials(String name) -> initials(pen, name, image.getWidth(), image.getHeight());
                case Art.Line(Banner banner) -> line(pen, banner, image.getWidth(), image.getHeight());
            };
            return drawn ? Optional.of(sprite(image)) : Optional.empty();
        } finally {
            pen.dispose();
        }
    }

    private static Sprite sprite(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        return new Sprite(image.getRGB(0, 0, width, height, null, 0, width), width, height);
    }

    private static boolean picture(Graphics2D pen, byte[] file, int width, int height) {
        Optional<BufferedImage> read = read(file);
        if (read.isEmpty()) {
            return false;
        }
        BufferedImage image = read.get();
        double scale = Math.min((double) width / image.getWidth(), (double) height / image.getHeight());
        BufferedImage source = halved(image, scale);
        int shownWidth = Math.max(1, (int) Math.round(image.getWidth() * scale));
        int shownHeight = Math.max(1, (int) Math.round(image.getHeight() * scale));
        pen.drawImage(source, (width - shownWidth) / 2, (height - shownHeight) / 2, shownWidth, shownHeight, null);
        return true;
    }

    /// A bicubic step down of more than two leaves pixels out.
    private static BufferedImage halved(BufferedImage image, double scale) {
        BufferedImage source = image;
        for (double left = scale; left < 0.5 && source.getWidth() > 2 && source.getHeight() > 2; left *= 2) {
            BufferedImage half = new BufferedImage(source.getWidth() / 2, source.getHeight() / 2, BufferedImage.TYPE_INT_ARGB);
            Graphics2D pen = half.createGraphics();
            pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            pen.drawImage(source, 0, 0, half.getWidth(), half.getHeight(), null);
            pen.dispose();
            source = half;
        }
        return source;
    }

    /// PNG, JPEG, GIF or BMP, after its size was looked at.
    private static Optional<BufferedImage> read(byte[] file) {
        if (file.length > MAX_FILE) {
            return Optional.empty();
        }
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                return Optional.empty();
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
                return pixels < 1 || pixels > MAX_PIXELS ? Optional.empty() : Optional.ofNullable(reader.read(0));
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException broken) {
            return Optional.empty(); // the readers of the JDK throw what they like on broken files
        }
    }

    private static boolean initials(Graphics2D pen, String name, int width, int height) {
        int side = (int) (Math.min(width, height) * CIRCLE);
        pen.setColor(new Color(HUES[Math.floorMod(name.hashCode(), HUES.length)]));
        pen.fillOval((width - side) / 2, (height - side) / 2, side, side);
        letters(pen, firstLetters(name), Color.WHITE, side * 2 / 5, width, height, true);
        return true;
    }

    static String firstLetters(String name) {
        StringBuilder letters = new StringBuilder();
        for (String word : name.strip().split("[\\s._@-]+")) {
            if (!word.isEmpty() && letters.codePoints().count() < 2) {
                letters.appendCodePoint(word.codePointAt(0));
            }
        }
        return letters.toString().toUpperCase(Locale.ROOT);
    }

    private static boolean line(Graphics2D pen, Banner banner, int width, int height) {
        pen.setColor(new Color(banner.background()));
        pen.fillRect(0, 0, width, height);
        letters(pen, banner.text(), new Color(banner.foreground()), height * 6 / 10, width, height, false);
        return true;
    }

    private static void letters(Graphics2D pen, String text, Color colour, int size, int width, int height, boolean centred) {
        try {
            pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, Math.max(6, size)));
            FontMetrics metrics = pen.getFontMetrics();
            int margin = height / 4;
            String shown = fit(text.codePoints().limit(MAX_LETTERS).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString(), metrics, width - 2 * margin);
            int left = centred ? (width - metrics.stringWidth(shown)) / 2 : margin;
            pen.setColor(colour);
            pen.drawString(shown, left, (height - metrics.getHeight()) / 2 + metrics.getAscent());
        } catch (RuntimeException | LinkageError noFont) {
            // The strip alone then; docs/conference.md says which package has fonts.
        }
    }

    private static String fit(String text, FontMetrics metrics, int width) {
        if (metrics.stringWidth(text) <= width) {
            return text;
        }
        int end = text.length();
        while (end > 0 && metrics.stringWidth(text.substring(0, end) + "…") > width) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end) + "…";
    }
}
