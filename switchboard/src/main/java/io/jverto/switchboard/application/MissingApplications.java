package io.jverto.switchboard.application;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// Applications of the field that are not there, and why.
// DEVIATION app-5
final class MissingApplications {
    private static final String SCRIPT = "no scripts are run; a program steers calls over the event socket";
    private static final String VIDEO = "video goes by `record`, `record_session` and `playback` of `.webm` files";
    private static final String SHELL = "no program of a dialplan's choice is run";

    /// By name.
    static final Map<String, String> WHY = why();

    private MissingApplications() {}

    private static Map<String, String> why() {
        Map<String, String> why = new TreeMap<>();
        put(why, SCRIPT, "lua", "javascript", "python", "perl", "managed", "java", "httapi");
        put(why, VIDEO, "video_decode", "wait_for_video_ready", "play_fsv", "record_fsv", "video_set_decode");
        put(why, SHELL, "system", "bgsystem");
        put(why, "no recogniser listens to what is said", "detect_speech", "play_and_detect_speech");
        put(why, "there is no fax", "rxfax", "txfax");
        put(why, "sound is not filtered: browsers and telephones do that themselves", "preprocess", "soundtouch");
        put(why, "queues are those of fifo", "callcenter");
        return Collections.unmodifiableMap(why);
    }

    private static void put(Map<String, String> why, String reason, String... names) {
        Arrays.stream(names).forEach(name -> why.put(name, reason));
    }
}
