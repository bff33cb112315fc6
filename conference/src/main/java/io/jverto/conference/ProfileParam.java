package io.jverto.conference;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The parameters of a conference profile (conference.md section 4). `docs/conference.md` is made from this list.
enum ProfileParam {
    DOMAIN("domain", Kind.TEXT, "", "domain in the names of the room's event channels where the room's name has none; without it that of whoever makes the room"),
    DESCRIPTION("description", Kind.TEXT, "", "what the channel `conference.<name>` says that the room is"),
    RATE("rate", Kind.TEXT, "8000", "Hz: bandwidth of the mix: 8000, 16000, 32000 or 48000, or `auto`: that of the first member's codec"),
    CHANNELS("channels", Kind.TEXT, "1", "1 mono, 2 stereo, or `auto`: 2 where the first member has Opus"),
    INTERVAL("interval", Kind.TEXT, "20", "milliseconds of a tick; 20 alone"),
    ENERGY_LEVEL("energy-level", Kind.NUMBER, "0", "mean sample magnitude, 0 to 1800, over which a member is heard"),
    SOUND_PREFIX("sound-prefix", Kind.TEXT, "", "folder, in `sounds_dir` or by its whole path, in which relative sounds are sought first"),
    CALLER_ID_NAME("caller-id-name", Kind.TEXT, "conference", "who calls, for `dial`"),
    CALLER_ID_NUMBER("caller-id-number", Kind.TEXT, "0000000000", "the number of who calls, for `dial`"),
    PIN("pin", Kind.DIGITS, "", "digits that a caller has to press to come in"),
    MODERATOR_PIN("moderator-pin", Kind.DIGITS, "", "digits that let a caller in as moderator; alone it lets nobody else in"),
    PIN_RETRIES("pin-retries", Kind.NUMBER, "3", "how often a caller may try"),
    MAX_MEMBERS("max-members", Kind.NUMBER, "0", "members that fit in, at least 2; 0 for as many as any room holds, 1000"),
    ENDCONF_GRACE_TIME("endconf-grace-time", Kind.NUMBER, "0", "seconds after the last `mandatory_member_endconf` member has left until the room ends"),
    TERMINATE_ON_SILENCE("terminate-on-silence", Kind.NUMBER, "0", "seconds in which nobody of several talks or joins until the room ends; 0 for never"),
    CONFERENCE_FLAGS("conference-flags", Kind.TEXT, "", "flags of the room, joined by `|`"),
    MEMBER_FLAGS("member-flags", Kind.TEXT, "", "flags of its members, joined by `|`"),
    CALLER_CONTROLS("caller-controls", Kind.TEXT, "default", "group of digits that do something; `none` for none"),
    MODERATOR_CONTROLS("moderator-controls", Kind.TEXT, "", "group for moderators; without it theirs is that of all"),
    IVR_DTMF_TIMEOUT("ivr-dtmf-timeout", Kind.NUMBER, "500", "milliseconds, at least 500, until a digit that could begin a longer control counts alone"),
    SUPPRESS_EVENTS("suppress-events", Kind.TEXT, "", "events that are not told, joined by `,`"),
    VERBOSE_EVENTS("verbose-events", Kind.TRUTH, "false", "events of members tell the variables of their channels"),
    HEARTBEAT_PERIOD_SEC("heartbeat-period-sec", Kind.NUMBER, "0", "seconds, at least 20, between events `conference-heartbeat`; 0 for none"),
    OUTCALL_TEMPL("outcall-templ", Kind.TEXT, "", "what goes before a dial string of `dial` that has no `/`, for instance the word user and a slash"),
    AUTO_RECORD("auto-record", Kind.TEXT, "", "path of a `.wav`, `.ogg`, `.opus` or (with video) `.webm` or `.mkv` file to which the room is recorded, with variables of its first member"),
    AUTO_RECORD_TRACKS("auto-record-tracks", Kind.TRUTH, "false", "each member is recorded to a file of its own instead"),
    MIN_REQUIRED_RECORDING_PARTICIPANTS("min-required-recording-participants", Kind.NUMBER, "1", "members from which on that recording begins: 1 or 2"),
    CDR_LOG_DIR("cdr-log-dir", Kind.TEXT, "", "folder of the records of rooms, within that of logs unless it is a whole path; `auto` is `conference_cdr`; empty for none"),
    CDR_EVENT_MODE("cdr-event-mode", Kind.TEXT, "none", "`content`: an event `conference::cdr` has the record; `file`: it names its file; `none`: there is no such event"),
    MEMBER_ENTER_SOUND("member-enter-sound", Kind.SOUND, "", "to a member alone as it comes in"),
    ENTER_SOUND("enter-sound", Kind.SOUND, "", "to all when a second or later member comes in"),
    EXIT_SOUND("exit-sound", Kind.SOUND, "", "to those who stay when a member leaves"),
    ALONE_SOUND("alone-sound", Kind.SOUND, "", "to who is alone, at first or again"),
    PERPETUAL_SOUND("perpetual-sound", Kind.SOUND, "", "to all, for ever"),
    MOH_SOUND("moh-sound", Kind.SOUND, "", "music to who is alone or waits for a moderator; `silence` for none"),
    MUTED_SOUND("muted-sound", Kind.SOUND, "", "to a member that is muted"),
    UNMUTED_SOUND("unmuted-sound", Kind.SOUND, "", "to a member that is no longer"),
    MUTE_DETECT_SOUND("mute-detect-sound", Kind.SOUND, "", "to a muted member that talks; without it `muted-sound`"),
    DEAF_SOUND("deaf-sound", Kind.SOUND, "", "to a member that is made deaf"),
    UNDEAF_SOUND("undeaf-sound", Kind.SOUND, "", "to a member that is no longer"),
    LOCKED_SOUND("locked-sound", Kind.SOUND, "", "to a caller whom a locked room does not let in"),
    IS_LOCKED_SOUND("is-locked-sound", Kind.SOUND, "", "to all when the room is locked"),
    IS_UNLOCKED_SOUND("is-unlocked-sound", Kind.SOUND, "", "to all when it is no longer"),
    KICKED_SOUND("kicked-sound", Kind.SOUND, "", "to a member that was kicked"),
    MAX_MEMBERS_SOUND("max-members-sound", Kind.SOUND, "", "to a caller for whom there is no place"),
    ANNOUNCE_COUNT("announce-count", Kind.NUMBER, "0", "members from which on who comes in is told how many there are; 0 for never"),
    JOIN_ONLY_SOUND("join-only-sound", Kind.SOUND, "", "to a caller with the flag `join-only` where there is no such room"),
    PIN_SOUND("pin-sound", Kind.SOUND, "", "asks for the PIN"),
    BAD_PIN_SOUND("bad-pin-sound", Kind.SOUND, "", "says that it was wrong"),
    BROADCAST_CHAT_MESSAGES("broadcast-chat-messages", Kind.TRUTH, "true", "messages to the room's `chatID` reach its members"),
    OWN_POSITION("own-position", Kind.TRUTH, "false", "a member's client may choose where the others hear it, in a room with two channels"),
    AUTO_ENERGY_LEVEL("auto-energy-level", Kind.NUMBER, "0", "up to which `energy-level` of a member follows the noise around it by itself; 0 for not at all"),
    AUTO_ENERGY_SECONDS("auto-energy-seconds", Kind.NUMBER, "5", "seconds of silence after which that level falls by 100"),
    MAX_ENERGY_LEVEL("max-energy-level", Kind.NUMBER, "0", "mean sample magnitude that is too loud: a member is softened from three quarters of it on; 0 for never"),
    MAX_ENERGY_HIT_TRIGGER("max-energy-hit-trigger", Kind.NUMBER, "5", "frames of 20 ms over it until a member is silenced"),
    MAX_ENERGY_LEVEL_MUTE_MS("max-energy-level-mute-ms", Kind.NUMBER, "0", "milliseconds for which it is silenced; 0 for not at all"),
    AUTO_GAIN_LEVEL("auto-gain-level", Kind.NUMBER, "0", "mean sample magnitude to which members are brought by itself, at most 30 dB; 0 for not at all"),
    AUTO_GAIN_LOW_ENERGY_LEVEL("auto-gain-low-energy-level", Kind.NUMBER, "0", "below this the gain rises after each period"),
    AUTO_GAIN_MARGIN("auto-gain-margin", Kind.NUMBER, "100", "so far from `auto-gain-level` is near enough"),
    AUTO_GAIN_CHANGE_FACTOR("auto-gain-change-factor", Kind.NUMBER, "2", "periods too loud or too soft until the gain moves by a decibel"),
    AUTO_GAIN_PERIOD_LEN("auto-gain-period-len", Kind.NUMBER, "25", "frames of 20 ms with voice in a period"),
    COMFORT_NOISE("comfort-noise", Kind.NUMBER, "0", "faint noise for who hears nothing else: `true` for 1400, or 2 to 9999, of which more is fainter; 0 for none"),
    COMFORT_NOISE_LEVEL("comfort-noise-level", Kind.NUMBER, "0", "the same"),
    VIDEO_MODE("video-mode", Kind.TEXT, "passthrough", "`passthrough`: who has the floor is seen by all who have the same codec; `mux`: all are seen on a canvas, in VP8 or VP9"),
    VIDEO_LAYOUT_NAME("video-layout-name", Kind.TEXT, "group:grid", "layout of the canvas, of `conference_layouts.conf`, or `group:` and the name of a group of them"),
    VIDEO_CANVAS_SIZE("video-canvas-size", Kind.TEXT, "1280x720", "pixels of the canvas: 320x180 to 1920x1200"),
    VIDEO_CANVAS_COUNT("video-canvas-count", Kind.NUMBER, "1", "canvases, 1 to 20; with several there is one more, that shows them all"),
    VIDEO_CANVAS_BGCOLOR("video-canvas-bgcolor", Kind.TEXT, "#333333", "colour where nobody is"),
    VIDEO_SUPER_CANVAS_BGCOLOR("video-super-canvas-bgcolor", Kind.TEXT, "#068df3", "the same on the canvas of all canvases"),
    VIDEO_LETTERBOX_BGCOLOR("video-letterbox-bgcolor", Kind.TEXT, "#000000", "colour beside pictures of another shape than their place"),
    VIDEO_BORDER_COLOR("video-border-color", Kind.TEXT, "#00ff00", "colour around who talks"),
    VIDEO_BORDER_SIZE("video-border-size", Kind.NUMBER, "0", "pixels around pictures, 0 to 50, where the layout says nothing"),
    VIDEO_CANVAS_BGIMG("video-canvas-bgimg", Kind.TEXT, "", "picture behind all others; within `images_dir` unless it is a whole path"),
    VIDEO_FPS("video-fps", Kind.NUMBER, "30", "pictures of the canvas in a second, 1 to 60"),
    VIDEO_CODEC_BANDWIDTH("video-codec-bandwidth", Kind.TEXT, "", "kbit/s of the canvas for those who can take so much, with `mb` times 1024; `auto`, as without it, for what size and `video-fps` need"),
    VIDEO_QUALITY("video-quality", Kind.NUMBER, "1", "1 to 4: by which that is multiplied"),
    VIDEO_NO_VIDEO_AVATAR("video-no-video-avatar", Kind.TEXT, "", "picture for members without one; without it the first letters of their name"),
    VIDEO_MUTE_BANNER("video-mute-banner", Kind.TEXT, "", "text upon members that are not seen, perhaps with colours: `{fg=#ffffff,bg=#802020}away`"),
    VIDEO_LAYOUT_CONF("video-layout-conf", Kind.IDLE, "", "the layouts are those of `conference_layouts.conf`"),
    VIDEO_KPS_DEBOUNCE("video-kps-debounce", Kind.IDLE, "", "members are told at once how much they may send"),
    VIDEO_CODEC_CONFIG_PROFILE_NAME("video-codec-config-profile-name", Kind.IDLE, "", "the encoder is set up for talks"),
    VIDEO_SUPER_CANVAS_LABEL_LAYERS("video-super-canvas-label-layers", Kind.IDLE, "false", "there are no labels"),
    VIDEO_SUPER_CANVAS_SHOW_ALL_LAYERS("video-super-canvas-show-all-layers", Kind.IDLE, "false", "it shows what is shown"),
    VIDEO_AUTO_FLOOR_MSEC("video-auto-floor-msec", Kind.NUMBER, "0", "milliseconds for which somebody has to talk until he is seen"),
    TIMER_NAME("timer-name", Kind.IDLE, "soft", "there is one kind of clock"),
    TTS_ENGINE("tts-engine", Kind.TEXT, "", "the engine of `speech.conf` that says texts for which there are no prompts; without it the first"),
    TTS_VOICE("tts-voice", Kind.TEXT, "", "its voice; without it its own"),
    BLIND_SOUND("blind-sound", Kind.SOUND, "", "to a member that sees nobody from now on"),
    UNBLIND_SOUND("unblind-sound", Kind.SOUND, "", "to a member that sees again"),
    IVR_INPUT_TIMEOUT("ivr-input-timeout", Kind.NUMBER, "0", "milliseconds, at most 60000, until the first digit of a PIN; 0 for 10 seconds, which the others may take in any case"),
    RECORDING_METADATA("recording-metadata", Kind.TEXT, "", "artist in the files of recordings, whose title is `Conference` and the room's name");

    /// What a value is.
    enum Kind {
        TEXT,
        SOUND,
        NUMBER,
        DIGITS,
        TRUTH,
        /// Known, and without effect here.
        IDLE
    }

    private static final Map<String, ProfileParam> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ProfileParam::word, Function.identity()));

    private final String word;
    private final Kind kind;
    private final String otherwise;
    private final String summary;

    ProfileParam(String word, Kind kind, String otherwise, String summary) {
        this.word = word;
        this.kind = kind;
        this.otherwise = otherwise;
        this.summary = summary;
    }

    /// @param name with hyphens or underscores
    static Optional<ProfileParam> of(String name) {
        return Optional.ofNullable(BY_NAME.get(name.replace('_', '-')));
    }

    String word() {
        return word;
    }

    Kind kind() {
        return kind;
    }

    /// @return its value where nobody gives one
    String otherwise() {
        return otherwise;
    }

    String summary() {
        return summary;
    }
}
