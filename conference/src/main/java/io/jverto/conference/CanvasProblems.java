package io.jverto.conference;

import io.jverto.base.config.ConfigNode.Origin;
import io.jverto.base.config.ConfigProblem;
import io.jverto.conference.layout.Layouts;
import java.util.List;
import java.util.Optional;

/// What is wrong with parameters of video in a profile.
final class CanvasProblems {
    private static final CanvasProfile.Size ANY = new CanvasProfile.Size(1_280, 720);

    private static final String LARGEST = CanvasProfile.MAX_WIDTH + "x" + CanvasProfile.MAX_HEIGHT;
    /// Pictures in a second of the reference server.
    private static final int MOST_ELSEWHERE = 100;

    private CanvasProblems() {}

    static Optional<ConfigProblem> of(ProfileParam param, String value, Origin origin, Layouts layouts) {
        String name = param.word();
        return switch (param) {
            case VIDEO_MODE -> switch (value) {
                case "passthrough", "mux" -> Optional.empty();
                case "transcode" -> Optional.of(ConfigProblem.unsupported(origin, "video-mode transcode: passthrough is used"));
                default -> Optional.of(ConfigProblem.error(origin, "video-mode must be passthrough or mux"));
            };
            case VIDEO_LAYOUT_NAME -> layouts.knows(value) ? Optional.empty()
                    : Optional.of(ConfigProblem.warning(origin, "there is no layout " + value + "; a group is written group:NAME"));
            case VIDEO_CANVAS_SIZE -> value.matches("[0-9]{4,5}[xX][0-9]{4,5}") && CanvasProfile.size(value).isEmpty()
                    ? Optional.of(ConfigProblem.unsupported(origin, name + " " + value + ": " + LARGEST + " is used"))
                    : check(CanvasProfile.size(value).isPresent(), origin, name + " must be " + CanvasProfile.MIN_WIDTH + "x"
                    + CanvasProfile.MIN_HEIGHT + " to " + CanvasProfile.MAX_WIDTH + "x" + CanvasProfile.MAX_HEIGHT);
            case VIDEO_CANVAS_COUNT -> check(between(value, 1, CanvasProfile.MAX_CANVASES), origin, name + " must be 1 to " + CanvasProfile.MAX_CANVASES);
            case VIDEO_FPS -> between(value, CanvasProfile.MAX_FPS + 1, MOST_ELSEWHERE)
                    ? Optional.of(ConfigProblem.unsupported(origin, name + " " + value + ": " + CanvasProfile.MAX_FPS + " is used"))
                    : check(value.startsWith("0") || between(value, 1, CanvasProfile.MAX_FPS), origin, name + " must be 1 to " + CanvasProfile.MAX_FPS);
            case VIDEO_BORDER_SIZE -> check(between(value, 0, CanvasProfile.MAX_BORDER), origin, name + " must be 0 to " + CanvasProfile.MAX_BORDER);
            case VIDEO_CODEC_BANDWIDTH -> check(CanvasProfile.rate(value, ANY, 30, 1).isPresent(), origin,
                    name + " must be kbit/s, for instance 3mb or 1500, or auto");
            default -> check(CanvasProfile.colour(value).isPresent(), origin, name + " must be a colour, for instance #333333");
        };
    }

    /// @return what is used instead; empty for the default
    static Optional<String> mended(ProfileParam param, String value) {
        return switch (param) {
            case VIDEO_FPS -> between(value, CanvasProfile.MAX_FPS, MOST_ELSEWHERE) ? Optional.of(Integer.toString(CanvasProfile.MAX_FPS)) : Optional.empty();
            case VIDEO_CANVAS_SIZE -> value.matches("[0-9]{4,5}[xX][0-9]{4,5}") ? Optional.of(LARGEST) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<ConfigProblem> check(boolean right, Origin origin, String otherwise) {
        return right ? Optional.empty() : Optional.of(ConfigProblem.error(origin, otherwise));
    }

    private static boolean between(String value, int least, int most) {
        return value.matches("[0-9]{1,5}") && List.of(Integer.parseInt(value)).stream().allMatch(number -> number >= least && number <= most);
    }
}
