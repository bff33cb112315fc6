package io.jverto.media.codec;

/// The quantizers of ITU-T G.722 at 64 kbit/s: six bits of the lower band, two of the higher one, the lower band's in the lower bits of a
/// byte. Figures are those of the Recommendation's tables.
final class G722Code {
    /// Where the magnitudes of the lower band's difference part, 1/4096 of the scale.
    private static final int[] BOUNDS = {
        35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1_023, 1_121, 1_219, 1_339, 1_458, 1_612,
        1_765, 1_980, 2_195, 2_557, 2_919
    };
    /// What each magnitude comes out as, 1/32768 of the scale.
    private static final int[] LEVELS = {
        136, 432, 728, 1_040, 1_360, 1_688, 2_032, 2_400, 2_776, 3_168, 3_576, 4_008, 4_464, 4_944, 5_456, 6_000, 6_576, 7_192, 7_856, 8_576,
        9_360, 10_232, 11_192, 12_280, 13_512, 14_984, 16_704, 19_008, 21_904, 24_808
    };
    /// The same with the two lowest bits left out, by which the predictor goes.
    private static final int[] COARSE_LEVELS = {0, 1_200, 2_584, 4_240, 6_288, 8_968, 12_896, 20_456};
    private static final int[] COARSE_STEPS = {-60, -30, 58, 172, 334, 538, 1_198, 3_042};

    private static final int HIGHER_BOUND = 564;
    private static final int HIGHER_SMALL = 1_616;
    private static final int HIGHER_GREAT = 7_408;
    private static final int SMALL_STEP = -214;
    private static final int GREAT_STEP = 798;

    private static final int[] LOWER = new int[64];
    private static final int[] COARSE = new int[16];
    private static final int[] COARSE_STEP = new int[16];

    static {
        for (int code = 0; code < 4; code++) {
            LOWER[code] = -LEVELS[0]; // no encoder sends them
        }
        for (int magnitude = 0; magnitude < LEVELS.length; magnitude++) {
            LOWER[code(magnitude, true)] = -LEVELS[magnitude];
            LOWER[code(magnitude, false)] = LEVELS[magnitude];
        }
        COARSE_STEP[0] = COARSE_STEPS[0];
        COARSE_STEP[15] = COARSE_STEPS[0];
        for (int magnitude = 1; magnitude < COARSE_LEVELS.length; magnitude++) {
            COARSE[8 - magnitude] = -COARSE_LEVELS[magnitude];
            COARSE[15 - magnitude] = COARSE_LEVELS[magnitude];
            COARSE_STEP[8 - magnitude] = COARSE_STEPS[magnitude];
            COARSE_STEP[15 - magnitude] = COARSE_STEPS[magnitude];
        }
    }

    private G722Code() {}

    private static int code(int magnitude, boolean negative) {
        if (!negative) {
            return 61 - magnitude;
        }
        return magnitude < 2 ? 63 - magnitude : 33 - magnitude;
    }

    /// @return six bits
    static int lower(int difference, int scale) {
        int size = difference >= 0 ? difference : -(difference + 1);
        int magnitude = 0;
        while (magnitude < BOUNDS.length && size >= BOUNDS[magnitude] * scale >> 12) {
            magnitude++;
        }
        return code(magnitude, difference < 0);
    }

    /// @return two bits
    static int higher(int difference, int scale) {
        int size = difference >= 0 ? difference : -(difference + 1);
        boolean great = size >= HIGHER_BOUND * scale >> 12;
        return (difference < 0 ? 0 : 2) + (great ? 0 : 1);
    }

    /// @return the level of six bits, 1/32768 of the scale
    static int lowerLevel(int code) {
        return LOWER[code];
    }

    /// Both sides adapt by four of the six bits, so that the others may be taken for data.
    static void adaptLower(G722Band band, int code) {
        band.adapt(band.difference(COARSE[code >> 2]), COARSE_STEP[code >> 2]);
    }

    /// @return the level of two bits, 1/32768 of the scale
    static int higherLevel(int code) {
        int size = (code & 1) == 0 ? HIGHER_GREAT : HIGHER_SMALL;
        return code < 2 ? -size : size;
    }

    static void adaptHigher(G722Band band, int code) {
        band.adapt(band.difference(higherLevel(code)), (code & 1) == 0 ? GREAT_STEP : SMALL_STEP);
    }
}
