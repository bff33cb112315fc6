package io.jverto.conference;

/// Flags of a member (conference.md section 6). `docs/conference.md` is made from this list.
enum MemberFlag {
    MUTE("mute", true, "is not heard"),
    DEAF("deaf", true, "hears nobody"),
    MUTE_DETECT("mute-detect", true, "is told that it is muted when it talks"),
    DIST_DTMF("dist-dtmf", true, "its digits go to all others, and control nothing"),
    SKIP_DTMF("skip-dtmf", true, "gets no digits of others"),
    MODERATOR("moderator", true, "may moderate"),
    NOMOH("nomoh", true, "no music plays while it is there"),
    ENDCONF("endconf", true, "the room ends when it leaves"),
    MANDATORY_MEMBER_ENDCONF("mandatory_member_endconf", true, "the room ends, after `endconf-grace-time`, when the last of these has left"),
    MINTWO("mintwo", true, "the room ends when fewer than two are left of several"),
    GHOST("ghost", true, "listens, and is neither counted nor shown to others"),
    JOIN_ONLY("join-only", true, "comes into a room that is there, and makes none"),
    TALK_DATA_EVENTS("talk-data-events", true, "an event `talk-report` every ten seconds tells how much it talked"),
    POSITIONAL("positional", true, "is heard as in the middle until it gets another place, in a room with two channels"),
    NO_POSITIONAL("no-positional", true, "never gets a place"),
    VMUTE("vmute", true, "is not seen"),
    BLIND("blind", true, "sees nobody"),
    VIDEO_BRIDGE("video-bridge", false, "members see the floor or the canvas"),
    FLIP_VIDEO("flip-video", true, "its picture is upside down on the canvas, as after `vid-flip`"),
    JOIN_VID_FLOOR("join-vid-floor", true, "is seen by all from the beginning, whoever talks"),
    NO_VIDEO_BLANKS("no-video-blanks", true, "its last picture stays on the canvas when none comes"),
    NO_MINIMIZE_ENCODING("no-minimize-encoding", false, "those who watch a canvas at the same bit rate share an encoder"),
    SECOND_SCREEN("second-screen", true, "only watches: it is neither heard nor seen, and not in the list that clients see");

    private final String word;
    private final boolean works;
    private final String summary;

    MemberFlag(String word, boolean works, String summary) {
        this.word = word;
        this.works = works;
        this.summary = summary;
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
