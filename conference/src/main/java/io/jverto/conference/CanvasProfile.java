package io.jverto.conference;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a profile says of canvases (conference.md section 4.4).
///
/// @param width even pixels
/// @param height even pixels
/// @param count canvases on which members can be
/// @param layout name of a layout, or `group:` and that of a group
/// @param background `0xRRGGBB` where nobody is
/// @param edge beside pictures of another shape
/// @param borderColour around who talks
/// @param border pixels around pictures whose layout says nothing
/// @param fps pictures in a second
/// @param bitsPerSecond for those who can take so much
/// @param image file behind all; empty for none
/// @param avatar file for members without a picture; empty for their initials
/// @param mutedBanner text on members that are not seen; empty for the usual one
record CanvasProfile(int width, int height, int count, String layout, int background, int superBackground, int edge, int borderColour, int border,
        int fps, int bitsPerSecond, String image, String avatar, String mutedBanner) {
    static final int MIN_WIDTH = 320;
    static final int MIN_HEIGHT = 180;
    static final int MAX_WIDTH = 1_920;
    static final int MAX_HEIGHT = 1_200;
    static final int MAX_CANVASES = 20;
    static final int MAX_FPS = 60;
    static final int MAX_BORDER = 50;
    private static final Pattern SIZE = Pattern.compile("([0-9]{2,4})[xX]([0-9]{2,4})");
    private static final Pattern COLOUR = Pattern.compile("#?([0-9a-fA-F]{6})(?:[0-9a-fA-F]{2})?");
    private static final Pattern RATE = Pattern.compile("([0-9]{1,6})(kb|mb|KB|MB)?(?:ps)?");
    private static final double BITS_OF_A_PIXEL = 0.07;
    private static final int MAX_RATE = 20_000_000;
    private static final int MIN_RATE = 64_000;

    static CanvasProfile of(RoomProfile profile) {
        Size size = size(profile.text(ProfileParam.VIDEO_CANVAS_SIZE)).orElse(new Size(1_280, 720));
        int fps = Math.clamp(profile.number(ProfileParam.VIDEO_FPS), 1, MAX_FPS);
        int quality = Math.clamp(profile.number(ProfileParam.VIDEO_QUALITY), 1, 4);
        return new CanvasProfile(size.width(), size.height(), Math.clamp(profile.number(ProfileParam.VIDEO_CANVAS_COUNT), 1, MAX_CANVASES),
                profile.text(ProfileParam.VIDEO_LAYOUT_NAME), colour(profile, ProfileParam.VIDEO_CANVAS_BGCOLOR),
                colour(profile, ProfileParam.VIDEO_SUPER_CANVAS_BGCOLOR), colour(profile, ProfileParam.VIDEO_LETTERBOX_BGCOLOR),
                colour(profile, ProfileParam.VIDEO_BORDER_COLOR), Math.clamp(profile.number(ProfileParam.VIDEO_BORDER_SIZE), 0, MAX_BORDER), fps,
                rate(profile.text(ProfileParam.VIDEO_CODEC_BANDWIDTH), size, fps, quality).orElse(automatic(size, fps, quality)),
                profile.text(ProfileParam.VIDEO_CANVAS_BGIMG), profile.text(ProfileParam.VIDEO_NO_VIDEO_AVATAR),
                profile.text(ProfileParam.VIDEO_MUTE_BANNER));
    }

    /// Even pixels.
    record Size(int width, int height) {}

    /// @param text `WxH`
    /// @return empty when it is none, or too small or too large
    static Optional<Size> size(String text) {
        Matcher size = SIZE.matcher(text.strip());
        if (!size.matches()) {
            return Optional.empty();
        }
        int width = Integer.parseInt(size.group(1)) & ~1;
        int height = Integer.parseInt(size.group(2)) & ~1;
        boolean fits = width >= MIN_WIDTH && height >= MIN_HEIGHT && width <= MAX_WIDTH && height <= MAX_HEIGHT;
        return fits ? Optional.of(new Size(width, height)) : Optional.empty();
    }

    /// @param text `#RRGGBB`; what a transparency adds behind it is left out
    static Optional<Integer> colour(String text) {
        Matcher colour = COLOUR.matcher(text.strip());
        return colour.matches() ? Optional.of(Integer.parseInt(colour.group(1), 16)) : Optional.empty();
    }

    private static int colour(RoomProfile profile, ProfileParam param) {
        return colour(profile.text(param)).or(() -> colour(param.otherwise())).orElse(0);
    }

    /// @param text a number of kbit/s, with `mb` of 1,024 of them, with `KB` and `MB` of eight times as many; `auto` for what the size needs
    /// @return bit/s; empty when it is none
    static Optional<Integer> rate(String text, Size size, int fps, int quality) {
        if (text.strip().equalsIgnoreCase("auto")) {
            return Optional.of(automatic(size, fps, quality));
        }
        Matcher rate = RATE.matcher(text.strip());
        if (!rate.matches()) {
            return Optional.empty();
        }
        int unit = switch (rate.group(2) == null ? "" : rate.group(2)) {
            case "mb" -> 1_024;
            case "KB" -> 8;
            case "MB" -> 8_192;
            default -> 1;
        };
        return Optional.of(Math.clamp(Long.parseLong(rate.group(1)) * unit * 1_000, MIN_RATE, MAX_RATE));
    }

    private static int automatic(Size size, int fps, int quality) {
        return (int) Math.clamp(size.width() * size.height() * BITS_OF_A_PIXEL * fps * quality, MIN_RATE, MAX_RATE);
    }
}
