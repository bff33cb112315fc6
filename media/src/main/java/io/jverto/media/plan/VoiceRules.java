package io.jverto.media.plan;

/// What a mixer does to somebody's voice by itself (conference.md sections 8.5 and 10).
public record VoiceRules(AutoGain autoGain, Shouting shouting) {
    /// Voices stay as they are.
    public static final VoiceRules NONE = new VoiceRules(AutoGain.OFF, Shouting.ALLOWED);

    /// Brings a voice to a level, a decibel at a time.
    ///
    /// @param level mean magnitude of a sample that it is brought to; 0 for never
    /// @param low below this the gain rises after each period
    /// @param margin so far from `level` is near enough
    /// @param patience periods too loud or too soft before the gain changes
    /// @param periodFrames frames of 20 ms with voice that are judged together
    public record AutoGain(int level, int low, int margin, int patience, int periodFrames) {
        public static final AutoGain OFF = new AutoGain(0, 0, 100, 2, 25);
    }

    /// Softens who is very loud, and silences who stays so.
    ///
    /// @param level mean magnitude of a sample that is too loud; 0 for never
    /// @param trigger frames of 20 ms too loud that are let pass, softened
    /// @param muteFrames frames of silence after more than these; 0 to soften alone
    public record Shouting(int level, int trigger, int muteFrames) {
        public static final Shouting ALLOWED = new Shouting(0, 5, 0);
    }
}
