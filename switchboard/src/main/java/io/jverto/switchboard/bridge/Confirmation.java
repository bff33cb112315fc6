package io.jverto.switchboard.bridge;

import io.jverto.media.plan.Sound;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.Sounds;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.Cause;
import java.util.Optional;

/// Lets whoever answered say by a key that a person is there (`group_confirm_key`, dialplan-directory.md section 11.2). Runs on the
/// thread of that channel.
final class Confirmation {
    private static final String EXECUTE = "exec";
    private static final int DEFAULT_READ_MILLIS = 5_000;
    private static final int MIN_READ_MILLIS = 500;

    private final Channel leg;
    private final String key;
    private final StringBuilder pressed = new StringBuilder();

    private Confirmation(Channel leg, String key) {
        this.leg = leg;
        this.key = key;
    }

    static boolean isWanted(Channel leg) {
        return leg.variables().text("group_confirm_key").isPresent();
    }

    /// Whether the time limit of the whole call no longer counts.
    static boolean cancelsTimeout(Channel leg) {
        return leg.variables().isTrue("group_confirm_cancel_timeout");
    }

    /// @return whether the call is taken; if not, the channel has ended
    static boolean of(Channel leg) {
        String key = leg.variables().text("group_confirm_key").orElse("");
        Text file = leg.variables().get("group_confirm_file");
        boolean taken;
        if (key.equalsIgnoreCase(EXECUTE)) {
            leg.happenings().execute(file);
            taken = leg.up();
        } else {
            taken = new Confirmation(leg, key).byKey(file);
        }
        if (taken && leg.hasMedia()) {
            leg.route(new AudioRoute.Silent());
        }
        return taken && leg.up();
    }

    private boolean byKey(Text file) {
        long end = leg.variables().number("group_confirm_timeout").filter(seconds -> seconds > 0)
                .map(seconds -> leg.in(seconds * 1_000L)).orElse(Channel.FOREVER);
        int readMillis = Math.max(MIN_READ_MILLIS, leg.variables().number("group_confirm_read_timeout").orElse(DEFAULT_READ_MILLIS));
        Optional<Sound> prompt = file.isEmpty() || file.toString().equals("silence") ? Optional.empty() : Sounds.parse(leg, file);
        while (leg.up()) {
            if (ask(prompt, readMillis, end)) {
                return true;
            }
            if (leg.up() && leg.in(0) >= end) {
                leg.hangup(Cause.NO_ANSWER, "nobody confirmed the call");
            }
        }
        return false;
    }

    /// Plays once and waits.
    private boolean ask(Optional<Sound> prompt, int readMillis, long end) {
        long playback = prompt.map(leg::play).orElse(0L);
        long deadline = prompt.isPresent() ? end : Math.min(end, leg.in(readMillis));
        Optional<ChannelEvent> event = leg.next(deadline);
        while (event.isPresent()) {
            if (event.get() instanceof ChannelEvent.Digit(char digit, int _, var _)) {
                if (isKey(digit)) {
                    return true;
                }
                leg.variables().text("group_confirm_error_file").flatMap(_ -> Sounds.parse(leg, leg.variables().get("group_confirm_error_file")))
                        .ifPresent(leg::play);
                deadline = Math.min(end, leg.in(readMillis));
            } else if (event.get() instanceof ChannelEvent.PlaybackEnded(long ended, var _) && ended == playback) {
                deadline = Math.min(end, leg.in(readMillis));
            }
            event = leg.next(deadline);
        }
        return false;
    }

    /// A key of several digits is looked for at the end of what was pressed.
    private boolean isKey(char digit) {
        pressed.append(digit);
        if (pressed.length() > key.length()) {
            pressed.deleteCharAt(0);
        }
        return pressed.toString().equalsIgnoreCase(key);
    }
}
