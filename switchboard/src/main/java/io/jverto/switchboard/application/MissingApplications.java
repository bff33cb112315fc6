package io.jverto.switchboard.application;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// Applications of the field that are not there, and why.
// DEVIATION app-5
final class MissingApplications {
    private static final String SCRIPT = "no scripts are run; a program steers calls over the event socket, which `socket` gives a call to";
    private static final String VIDEO = "video goes by `record`, `record_session` and `playback` of `.webm` and `.mkv` files";

    /// By name.
    static final Map<String, String> WHY = why();

    private MissingApplications() {}

    private static Map<String, String> why() {
        Map<String, String> why = new TreeMap<>();
        put(why, SCRIPT, "lua", "javascript", "python", "perl", "managed", "java", "httapi");
        put(why, VIDEO, "video_decode", "wait_for_video_ready", "play_fsv", "record_fsv", "video_set_decode");
        put(why, "there is no fax; `bridge` hands the call to a fax server over SIP", "rxfax", "txfax");
        put(why, "the pitch of voices is not changed", "soundtouch");
        put(why, "nothing is looked up elsewhere; a program does that over the event socket, which `socket` gives a call to", "curl", "enum", "lcr", "cidlookup", "easyroute");
        put(why, "queues are those of fifo", "callcenter");
        return Collections.unmodifiableMap(why);
    }

    private static void put(Map<String, String> why, String reason, String... names) {
        Arrays.stream(names).forEach(name -> why.put(name, reason));
    }
}
