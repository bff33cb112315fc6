package io.jverto.media.plan;

/// How one way of a channel's sound is cleaned (`preprocess`: dialplan-directory.md section 9.3).
///
/// @param noiseDecibels by which noise is lowered: 0 for not at all, down to -60
/// @param echoMillis how late an echo of the other way may come to be taken out: 0 for none, at most [#MOST_ECHO_MILLIS]
/// @param echoDecibels by which what is left of an echo is lowered: 0 down to -60
/// @param voiceOnly whether whatever is no voice becomes silence
public record Cleaning(int noiseDecibels, int echoMillis, int echoDecibels, boolean voiceOnly) {
    /// Defaults of the library, and so of FreeSWITCH.
    public static final int USUAL_NOISE_DECIBELS = -15;
    public static final int USUAL_ECHO_DECIBELS = -40;
    /// 1024 samples of a telephone line.
    public static final int USUAL_ECHO_MILLIS = 128;
    public static final int MOST_ECHO_MILLIS = 500;
    public static final int MOST_DECIBELS = -60;
    public static final Cleaning NONE = new Cleaning(0, 0, USUAL_ECHO_DECIBELS, false);
    /// What a side gets of which anything is wished, unless it says otherwise.
    public static final Cleaning USUAL = new Cleaning(USUAL_NOISE_DECIBELS, 0, USUAL_ECHO_DECIBELS, false);

    /// Bounds what is asked for.
    public Cleaning {
        noiseDecibels = Math.clamp(noiseDecibels, MOST_DECIBELS, 0);
        echoDecibels = Math.clamp(echoDecibels, MOST_DECIBELS, 0);
        echoMillis = Math.clamp(echoMillis, 0, MOST_ECHO_MILLIS);
    }

    public boolean isNothing() {
        return noiseDecibels == 0 && echoMillis == 0 && !voiceOnly;
    }

    public Cleaning withNoise(int decibels) {
        return new Cleaning(decibels, echoMillis, echoDecibels, voiceOnly);
    }

    public Cleaning withEcho(int millis) {
        return new Cleaning(noiseDecibels, millis, echoDecibels, voiceOnly);
    }

    public Cleaning withEchoLeft(int decibels) {
        return new Cleaning(noiseDecibels, echoMillis, decibels, voiceOnly);
    }

    public Cleaning withVoiceOnly(boolean wanted) {
        return new Cleaning(noiseDecibels, echoMillis, echoDecibels, wanted);
    }
}
