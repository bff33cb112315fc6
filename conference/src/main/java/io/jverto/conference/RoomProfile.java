package io.jverto.conference;

import io.jverto.media.plan.VoiceRules;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One conference profile (conference.md section 4).
///
/// @param values what it says, as it is to be used
/// @param controls digits of its members
/// @param moderatorControls digits of its moderators
/// @param variables of the rooms, for `getvar` and events
/// @param codecGroups by their names
record RoomProfile(String name, Map<ProfileParam, String> values, List<Control> controls, List<Control> moderatorControls,
        Map<String, String> variables, Map<String, CodecGroup> codecGroups) {
    /// What one room holds at most, whatever its profile says: a mix of more is no conversation.
    static final int MOST_MEMBERS = 1_000;
    /// Of `rate` and `channels`: as whoever makes the room has it.
    static final String AUTO = "auto";
    private static final int TICK_MILLIS = 20;
    /// Root mean square of a sum of six uniform numbers of 16 bits, which is divided by `comfort-noise` (conference.md section 10).
    private static final double NOISE = Math.sqrt(6.0 / 12) * 65_536;

    RoomProfile {
        Map<ProfileParam, String> copy = new EnumMap<>(ProfileParam.class);
        copy.putAll(values);
        values = Collections.unmodifiableMap(copy);
        controls = List.copyOf(controls);
        moderatorControls = List.copyOf(moderatorControls);
        variables = Map.copyOf(variables);
        codecGroups = Map.copyOf(codecGroups);
    }

    /// @param text `description`, empty when there is none
    /// @param pushed `json-events`: told at each join and leave, not only when asked
    record Description(String text, boolean pushed) {
        static final Description NONE = new Description("", false);
    }

    String text(ProfileParam param) {
        return values.getOrDefault(param, param.otherwise());
    }

    int number(ProfileParam param) {
        String text = text(param);
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    boolean isTrue(ProfileParam param) {
        return List.of("true", "yes", "on", "1", "enabled", "t", "y").contains(text(param));
    }

    /// @return sampling rate of the mix: 8000, 16000, 32000 or 48000; `auto` is 48000 where no codec tells another
    int rateHz() {
        return text(ProfileParam.RATE).equals(AUTO) ? 48_000 : number(ProfileParam.RATE);
    }

    /// @return 1 mono, 2 stereo
    int channels() {
        return text(ProfileParam.CHANNELS).equals(AUTO) ? 2 : number(ProfileParam.CHANNELS);
    }

    /// As the channel wants it that makes a room (conference.md section 2.1).
    ///
    /// @param codec of the channel, for instance `opus@48000`, which `auto` means
    RoomProfile forced(Map<String, String> channel, String codec) {
        Map<ProfileParam, String> changed = new EnumMap<>(ProfileParam.class);
        changed.putAll(values);
        String rate = channel.getOrDefault("conference_force_rate", auto(ProfileParam.RATE));
        String hertz = rate.equals(AUTO) ? codec.substring(codec.indexOf('@') + 1) : rate;
        if (hertz.matches("[0-9]{4,5}")) {
            int wanted = Integer.parseInt(hertz);
            Arrays.stream(ConferenceSettings.RATES).filter(one -> one >= wanted).findFirst()
                    .ifPresent(one -> changed.put(ProfileParam.RATE, Integer.toString(one)));
        }
        String channels = channel.getOrDefault("conference_force_channels", auto(ProfileParam.CHANNELS));
        String count = channels.equals(AUTO) ? codec.isEmpty() || codec.startsWith("opus") ? "2" : "1" : channels;
        if (count.matches("[12]")) {
            changed.put(ProfileParam.CHANNELS, count);
        }
        CanvasProfile.size(channel.getOrDefault("conference_force_canvas_size", ""))
                .ifPresent(size -> changed.put(ProfileParam.VIDEO_CANVAS_SIZE, size.width() + "x" + size.height()));
        return changed.equals(values) ? this : new RoomProfile(name, changed, controls, moderatorControls, variables, codecGroups);
    }

    private String auto(ProfileParam param) {
        return text(param).equals(AUTO) ? AUTO : "";
    }

    /// @return what is done to voices by itself
    VoiceRules voiceRules() {
        return new VoiceRules(
                new VoiceRules.AutoGain(number(ProfileParam.AUTO_GAIN_LEVEL), number(ProfileParam.AUTO_GAIN_LOW_ENERGY_LEVEL),
                        number(ProfileParam.AUTO_GAIN_MARGIN), number(ProfileParam.AUTO_GAIN_CHANGE_FACTOR),
                        Math.max(1, number(ProfileParam.AUTO_GAIN_PERIOD_LEN))),
                new VoiceRules.Shouting(number(ProfileParam.MAX_ENERGY_LEVEL), number(ProfileParam.MAX_ENERGY_HIT_TRIGGER),
                        frames(number(ProfileParam.MAX_ENERGY_LEVEL_MUTE_MS))));
    }

    static int frames(int millis) {
        return millis / TICK_MILLIS;
    }

    /// The noise of a line on which nobody talks: that of the reference server at the room's rate, brought to the mixer's.
    ///
    /// @return root mean square of a sample; 0 for none
    int noise() {
        int divisor = Math.max(number(ProfileParam.COMFORT_NOISE), number(ProfileParam.COMFORT_NOISE_LEVEL));
        double ofRoom = NOISE / (divisor * (rateHz() / 8_000.0));
        return divisor == 0 ? 0 : (int) Math.max(1, Math.round(ofRoom * Math.sqrt(48_000.0 / rateHz())));
    }

    /// @return flags of members, to which they bring their own
    MemberFlags memberFlags() {
        return MemberFlags.decode(text(ProfileParam.MEMBER_FLAGS));
    }

    Set<ConferenceFlag> flags() {
        return ConferenceFlag.decode(text(ProfileParam.CONFERENCE_FLAGS));
    }

    Description description() {
        return new Description(text(ProfileParam.DESCRIPTION), flags().contains(ConferenceFlag.JSON_EVENTS));
    }

    /// The domain of a room of that name: what stands behind its first `@`, else the profile's, else the creator's.
    String domainOf(String room, String creator) {
        String own = text(ProfileParam.DOMAIN);
        return Optional.of(room.indexOf('@'))
                .filter(at -> at >= 0)
                .map(at -> room.substring(at + 1))
                .orElse(own.isEmpty() ? creator : own);
    }
}
