package io.jverto.verto.outbound;

import java.net.InetSocketAddress;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes every frame to the log, at DEBUG, when the configuration asks for it; passwords never.
///
/// @param on whether `debug` in `verto.conf` is above 0
public record FrameLog(boolean on) {
    private static final Logger log = LoggerFactory.getLogger(FrameLog.class);
    private static final int MAX = 16_384;
    private static final Pattern PASSWORD = Pattern.compile("(\"passwd\"\\s*:\\s*)\"(?:[^\"\\\\]|\\\\.)*+\"?", Pattern.CASE_INSENSITIVE);
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cf}\u2028\u2029]");

    public void received(InetSocketAddress from, String text) {
        if (on && log.isDebugEnabled()) {
            log.debug("{} -> {}", from, safe(text));
        }
    }

    public void sent(InetSocketAddress to, String text) {
        if (on && log.isDebugEnabled()) {
            log.debug("{} <- {}", to, safe(text));
        }
    }

    static String safe(String text) {
        String masked = PASSWORD.matcher(text).replaceAll("$1\"***\"");
        String shown = masked.length() <= MAX ? masked : masked.substring(0, MAX) + " ...";
        return CONTROL.matcher(shown).replaceAll("?");
    }
}
