package io.jverto.conference;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What a room is like at the moment: its profile, what its maker's channel said of it, and what moderators have changed since.
@OwnedBy(Role.ROOM)
final class RoomState {
    private static final String VARIABLE_PREFIX = "confvar_";
    private static final int MAX_VARIABLES = 64;
    /// They become names of headers.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

    final String uuid;
    final long startedNanos;
    final Set<ConferenceFlag> flags = EnumSet.noneOf(ConferenceFlag.class);
    final Map<String, String> variables = new LinkedHashMap<>();
    String pin;
    String moderatorPin;
    String soundPrefix;
    String callerName;
    String callerNumber;
    String enterSound;
    String exitSound;
    String music;
    String perpetual;
    boolean enterSounds = true;
    boolean exitSounds = true;
    boolean musicOff;
    boolean locked;
    boolean waiting;
    /// Made for two, who are put through to each other.
    boolean bridged;
    int maxMembers;
    int graceSeconds;
    /// Fewer members than this end the room once there were as many.
    int least = 1;

    RoomState(RoomProfile profile, String uuid, long nowNanos) {
        this.uuid = uuid;
        this.startedNanos = nowNanos;
        this.pin = profile.text(ProfileParam.PIN);
        this.moderatorPin = profile.text(ProfileParam.MODERATOR_PIN);
        this.soundPrefix = profile.text(ProfileParam.SOUND_PREFIX);
        this.callerName = profile.text(ProfileParam.CALLER_ID_NAME);
        this.callerNumber = profile.text(ProfileParam.CALLER_ID_NUMBER);
        this.enterSound = profile.text(ProfileParam.ENTER_SOUND);
        this.exitSound = profile.text(ProfileParam.EXIT_SOUND);
        this.music = profile.text(ProfileParam.MOH_SOUND);
        this.perpetual = profile.text(ProfileParam.PERPETUAL_SOUND);
        this.maxMembers = profile.number(ProfileParam.MAX_MEMBERS);
        this.graceSeconds = profile.number(ProfileParam.ENDCONF_GRACE_TIME);
        flags.addAll(profile.flags());
        variables.putAll(profile.variables());
        waiting = flags.contains(ConferenceFlag.WAIT_MOD);
    }

    /// What the channel that makes the room says of it (conference.md section 2.1).
    void madeBy(Map<String, String> channel, String roomFlags) {
        flags.addAll(ConferenceFlag.decode(roomFlags));
        waiting = flags.contains(ConferenceFlag.WAIT_MOD);
        List<String> words = Arrays.asList(roomFlags.split("[|,]"));
        bridged = words.contains("bridge_to");
        maxMembers = number(channel, "conference_max_members", maxMembers);
        graceSeconds = number(channel, "conference_endconference_grace_time", graceSeconds);
        music = music.isEmpty() ? channel.getOrDefault("conference_moh_sound", "") : music;
        perpetual = perpetual.isEmpty() ? channel.getOrDefault("conference_perpetual_sound", "") : perpetual;
        soundPrefix = soundPrefix.isEmpty() ? channel.getOrDefault("sound_prefix", "") : soundPrefix;
        channel.forEach((name, value) -> {
            if (name.startsWith(VARIABLE_PREFIX)) {
                set(name.substring(VARIABLE_PREFIX.length()), value);
            }
        });
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /// @return false when there are too many, or the name is no word
    boolean set(String name, String value) {
        if (!isName(name)) {
            return false;
        }
        if (value.isEmpty()) {
            variables.remove(name);
            return true;
        }
        if (!variables.containsKey(name) && variables.size() >= MAX_VARIABLES) {
            return false;
        }
        variables.put(name, value);
        return true;
    }

    /// @param sound of the configuration
    /// @return the same with the room's prefix, where it is a relative file
    String prefixed(String sound) {
        boolean relative = !soundPrefix.isEmpty() && !sound.isEmpty() && !sound.startsWith("/") && !sound.startsWith("{") && !sound.contains("://");
        return relative ? soundPrefix + "/" + sound : sound;
    }

    /// @return members that fit in
    int capacity() {
        return maxMembers == 0 ? RoomProfile.MOST_MEMBERS : Math.min(maxMembers, RoomProfile.MOST_MEMBERS);
    }

    private static int number(Map<String, String> channel, String name, int otherwise) {
        String value = channel.getOrDefault(name, "");
        return value.matches("[1-9][0-9]{0,6}") ? Integer.parseInt(value) : otherwise;
    }
}
