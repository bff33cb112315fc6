package io.jverto.media.plan;

import java.util.List;

/// Tones to look for in sound, all of them at once.
///
/// @param hertz one to [#MAX_PITCHES], each within [#LEAST_HERTZ] and [#MOST_HERTZ]
/// @param hits how many times 60 ms they have to be heard, together or apart; at least 1
public record Tones(List<Double> hertz, int hits) {
    public static final int MAX_PITCHES = 5;
    public static final int LEAST_HERTZ = 200;
    public static final int MOST_HERTZ = 2_600;

    public Tones {
        hertz = List.copyOf(hertz);
    }
}
