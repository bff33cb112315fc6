package io.jverto.media.plan;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where somebody sits for those who hear him in stereo (conference.md section 12.2). The listener is at the origin and looks to -z.
///
/// @param x left -1 to right 1
/// @param y up; heard as less of left and right
/// @param z in front -1 to behind 1
public record Position(double x, double y, double z) {
    /// In the middle of the head: as without a position.
    public static final Position CENTRE = new Position(0, 0, 0);
    private static final String NUMBER = "(-?[0-9]{0,4}(?:\\.[0-9]{0,9})?)";
    private static final Pattern FORM = Pattern.compile("\\s*" + NUMBER + ":" + NUMBER + ":" + NUMBER + "\\s*");
    private static final double FARTHEST = 100;

    public Position {
        if (!Double.isFinite(x) || !Double.isFinite(y) || !Double.isFinite(z)) {
            throw new IllegalArgumentException("no position: " + x + ":" + y + ":" + z);
        }
        x = Math.clamp(x, -FARTHEST, FARTHEST);
        y = Math.clamp(y, -FARTHEST, FARTHEST);
        z = Math.clamp(z, -FARTHEST, FARTHEST);
    }

    /// @param text `x:y:z`
    /// @return empty when it is something else
    public static Optional<Position> parse(String text) {
        Matcher parts = FORM.matcher(text);
        try {
            return parts.matches()
                    ? Optional.of(new Position(Double.parseDouble(parts.group(1)), Double.parseDouble(parts.group(2)), Double.parseDouble(parts.group(3))))
                    : Optional.empty();
        } catch (NumberFormatException none) {
            return Optional.empty(); // "-", "." or nothing between colons
        }
    }

    /// A place on the half circle in front of the listener.
    ///
    /// @param degrees left -90 to right 90
    public static Position inFront(double degrees) {
        double angle = Math.toRadians(degrees);
        return new Position(Math.sin(angle), 0, -Math.cos(angle));
    }

    public double distance() {
        return Math.sqrt(x * x + y * y + z * z);
    }

    /// @return `x:y:z` with two decimals
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f:%.2f:%.2f", hundredths(x), hundredths(y), hundredths(z));
    }

    /// Without the sign of what is nothing.
    private static double hundredths(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
