package io.jverto.conference;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// Flags of a room (conference.md section 5). `docs/conference.md` is made from this list.
enum ConferenceFlag {
    WAIT_MOD("wait-mod", true, "until the first moderator comes nobody is heard, and music plays"),
    AUDIO_ALWAYS("audio-always", true, "members are heard however quiet they are"),
    RESTART_AUTO_RECORD("restart-auto-record", true, "`auto-record` begins again after it was stopped by hand"),
    JSON_EVENTS("json-events", true, "who is there is told on the channel `conference.<name>` at each join and leave"),
    LIVEARRAY_SYNC("livearray-sync", true, "clients see who is in the room, and can chat and moderate; without it they see nothing"),
    LIVEARRAY_JSON_STATUS("livearray-json-status", true, "the status in that list is JSON; always so"),
    BREAKABLE("breakable", true, "`uuid_break` lets a member out, who goes on in its dialplan; where something is played to it, that ends first"),
    RFC_4579("rfc-4579", false, "SIP telephones are not told of rooms"),
    AUTO_3D_POSITION("auto-3d-position", true, "members who may speak sit on a half circle, in a room with two channels"),
    VIDEO_FLOOR_ONLY("video-floor-only", true, "who has the floor is seen; always so"),
    MINIMIZE_VIDEO_ENCODING("minimize-video-encoding", true, "those who watch a canvas at the same bit rate share an encoder; always so"),
    MANAGE_INBOUND_VIDEO_BITRATE("manage-inbound-video-bitrate", true, "members are told to send no more than their place on the canvas needs; always so"),
    VIDEO_BRIDGE_FIRST_TWO("video-bridge-first-two", false, "two members see the canvas, too"),
    VIDEO_REQUIRED_FOR_CANVAS("video-required-for-canvas", true, "members without a camera are not on the canvas"),
    VIDEO_MUTE_EXIT_CANVAS("video-mute-exit-canvas", true, "members that are not seen leave it, instead of being shown as such"),
    VIDEO_MUXING_PERSONAL_CANVAS("video-muxing-personal-canvas", true, "each member sees a canvas without itself"),
    DED_VID_LAYER_AUDIO_FLOOR("ded-vid-layer-audio-floor", false, "members with a reserved slot may have the floor, too");

    /// Words of one list that are looked at.
    private static final int MAX_WORDS = 25;

    private final String word;
    private final boolean works;
    private final String summary;

    ConferenceFlag(String word, boolean works, String summary) {
        this.word = word;
        this.works = works;
        this.summary = summary;
    }

    /// @param text words joined by `|` or `,`; unknown ones are ignored
    static Set<ConferenceFlag> decode(String text) {
        EnumSet<ConferenceFlag> flags = EnumSet.noneOf(ConferenceFlag.class);
        Arrays.stream(text.split("[|,]", MAX_WORDS + 1))
                .limit(MAX_WORDS)
                .map(word -> word.strip().toLowerCase(Locale.ROOT))
                .forEach(word -> Arrays.stream(values()).filter(flag -> flag.word.equals(word)).forEach(flags::add));
        return flags;
    }

    String word() {
        return word;
    }

    /// @return whether it has an effect here
    boolean works() {
        return works;
    }

    String summary() {
        return summary;
    }
}
