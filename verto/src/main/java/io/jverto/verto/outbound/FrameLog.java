package io.jverto.verto.outbound;

import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.net.Addresses;
import io.jverto.wire.jsonrpc.JsonText;
import java.net.InetSocketAddress;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Writes frames to the log when the configuration or an administrator asks for it; passwords never. The level is the greater of that of
/// all connections, which may change at any time, and that of the profile: above 0 every frame, above 9 every broadcast. Thread-safe.
public final class FrameLog {
    public static final int MAX_LEVEL = 10;

    private static final Logger log = LoggerFactory.getLogger(FrameLog.class);
    private static final int BROADCASTS = 10;
    private static final int MAX = 16_384;
    private static final Pattern PASSWORD = Pattern.compile("(\"(?:passwd|credential)\"\\s*:\\s*)\"(?:[^\"\\\\]|\\\\.)*+\"?", Pattern.CASE_INSENSITIVE);
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cf}\u2028\u2029]");

    private final Dial dial;
    private final int own;

    /// @param level of all connections
    public FrameLog(int level) {
        this(new Dial(), 0);
        dial.level = level;
    }

    private FrameLog(Dial dial, int own) {
        this.dial = dial;
        this.own = own;
    }

    /// @param least the level of a profile
    /// @return the same log for the connections of that profile
    public FrameLog atLeast(int least) {
        return new FrameLog(dial, least);
    }

    public int level() {
        return dial.level;
    }

    public void level(int level) {
        dial.level = level;
    }

    /// @return the severity with which frames are logged, DEBUG unless it was changed
    public Level severity() {
        return dial.severity;
    }

    public void severity(Level severity) {
        dial.severity = severity;
    }

    public void received(InetSocketAddress from, String text) {
        if (isOn(1)) {
            log.atLevel(dial.severity).log("{} -> {}", Addresses.text(from), safe(text));
        }
    }

    public void sent(InetSocketAddress to, String text) {
        if (isOn(1)) {
            log.atLevel(dial.severity).log("{} <- {}", Addresses.text(to), safe(text));
        }
    }

    /// @param from `user@domain`
    public void broadcast(String from, String channel, JsonObject params) {
        if (isOn(BROADCASTS)) {
            log.atLevel(dial.severity).log("broadcast of {} on {}: {}", safe(from), safe(channel), safe(JsonText.write(params)));
        }
    }

    private boolean isOn(int needed) {
        return (own >= needed || dial.level >= needed) && log.isEnabledForLevel(dial.severity);
    }

    static String safe(String text) {
        String masked = PASSWORD.matcher(text).replaceAll("$1\"***\"");
        String shown = masked.length() <= MAX ? masked : masked.substring(0, MAX) + " ...";
        return CONTROL.matcher(shown).replaceAll("?");
    }

    /// What can be changed while the server runs.
    private static final class Dial {
        private volatile int level;
        private volatile Level severity = Level.DEBUG;
    }
}
