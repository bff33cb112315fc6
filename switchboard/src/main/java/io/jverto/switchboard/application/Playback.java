package io.jverto.switchboard.application;

import io.jverto.media.plan.Sound;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.CoreChannelEvents;
import io.jverto.switchboard.channel.Sounds;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.event.EventName;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.MediaListener.PlaybackEnd;
import java.util.Map;
import java.util.Optional;

/// `playback` and its kin (dialplan-directory.md section 9.4). What cannot be played does not stop the dialplan, which finds out by
/// `current_application_response`.
final class Playback {
    static final String RESPONSE = "current_application_response";
    private static final String TERMINATOR_USED = "playback_terminator_used";
    private static final String FILE_PATH = "Playback-File-Path";
    private static final int SAMPLES_IN_MILLI = 48;

    private Playback() {}

    static Next once(Channel channel, Text data) {
        run(channel, data, Sounds.parse(channel, data));
        return Next.GO_ON;
    }

    /// `[+n] sound`: n times, without end when nobody says how often.
    static Next loop(Channel channel, Text data) {
        Text text = data.trim();
        int space = text.indexOf(' ', 0);
        boolean counted = space > 0 && text.slice(0, space).toString().matches("\\+[0-9]{1,6}");
        int times = counted ? Integer.parseInt(text.slice(1, space).toString()) : -1;
        run(channel, text, Sounds.parse(channel, counted ? text.slice(space + 1) : text).map(sound -> Sounds.repeated(sound, times)));
        return Next.GO_ON;
    }

    static Next endless(Channel channel, Text data) {
        Optional<Sound> sound = Sounds.ringback(channel, data);
        if (sound.isPresent() && channel.preAnswer()) {
            await(channel, channel.play(sound.get()), "none", Channel.FOREVER); // a broken file ends it
            channel.route(new AudioRoute.Silent());
        }
        return Next.GO_ON;
    }

    /// Plays something that the application itself wants to be heard; `*` ends it.
    static void untilOver(Channel channel, Sound sound) {
        await(channel, channel.play(sound), "*", Channel.FOREVER);
    }

    /// Plays what was found, and tells the dialplan how it went.
    ///
    /// @param name for whoever watches
    static void run(Channel channel, Text name, Optional<Sound> sound) {
        boolean ready = sound.isPresent() && channel.preAnswer();
        channel.variables().set(TERMINATOR_USED, Text.EMPTY);
        channel.variables().set(RESPONSE, Text.syntax(ready ? play(channel, name, sound.get()) : "FILE NOT FOUND"));
    }

    private static String play(Channel channel, Text name, Sound sound) {
        CoreChannelEvents.tell(channel, EventName.PLAYBACK_START, () -> Map.of(FILE_PATH, name.toString()));
        long begin = channel.in(0);
        int seconds = channel.variables().number("playback_timeout_sec").orElse(0);
        long deadline = seconds > 0 ? channel.in(seconds * 1_000L) : Channel.FOREVER;
        PlaybackEnd end = await(channel, channel.play(sound), "*", deadline);
        long millis = (channel.in(0) - begin) / 1_000_000;
        channel.variables().set("playback_ms", Text.syntax(String.valueOf(millis)));
        channel.variables().set("playback_seconds", Text.syntax(String.valueOf(millis / 1_000)));
        channel.variables().set("playback_samples", Text.syntax(String.valueOf(millis * SAMPLES_IN_MILLI)));
        channel.route(new AudioRoute.Silent());
        boolean cut = !channel.up() || channel.variables().text(TERMINATOR_USED).isPresent();
        CoreChannelEvents.tell(channel, EventName.PLAYBACK_STOP,
                () -> Map.of(FILE_PATH, name.toString(), "Playback-Status", cut ? "break" : "done"));
        return end == PlaybackEnd.BROKEN ? "PLAYBACK ERROR" : "FILE PLAYED";
    }

    /// Plays a sound to its end, or until a digit or the deadline.
    ///
    /// @param terminators digits, `any` or `none`
    /// @return the digit that ended it
    static Optional<Character> untilDigit(Channel channel, Sound sound, String terminators, long deadline) {
        long playback = channel.play(sound);
        Optional<ChannelEvent> event = channel.next(deadline);
        while (event.isPresent() && !(event.get() instanceof ChannelEvent.PlaybackEnded(long ended, PlaybackEnd _) && ended == playback)) {
            if (event.get() instanceof ChannelEvent.Digit digit && (terminators.equals("any") || terminators.indexOf(digit.digit()) >= 0)) {
                return Optional.of(digit.digit());
            }
            event = channel.next(deadline);
        }
        return Optional.empty();
    }

    /// Waits until the deadline, or until a digit that would end a sound.
    static void pause(Channel channel, long deadline) {
        channel.variables().set(TERMINATOR_USED, Text.EMPTY);
        Optional<ChannelEvent> event = channel.next(deadline);
        while (event.isPresent() && !(event.get() instanceof ChannelEvent.Digit digit && terminates(channel, "*", digit.digit()))) {
            event = channel.next(deadline);
        }
    }

    private static PlaybackEnd await(Channel channel, long playback, String terminators, long deadline) {
        Optional<ChannelEvent> event = channel.next(deadline);
        while (event.isPresent() && !(event.get() instanceof ChannelEvent.Digit digit && terminates(channel, terminators, digit.digit()))) {
            if (event.get() instanceof ChannelEvent.PlaybackEnded(long ended, PlaybackEnd end) && ended == playback) {
                return end;
            }
            event = channel.next(deadline);
        }
        return PlaybackEnd.PLAYED;
    }

    /// Whether a digit ends what runs, by `playback_terminators`: digits, `any` or `none`. Notes it.
    static boolean terminates(Channel channel, String otherwise, char digit) {
        String terminators = channel.variables().text("playback_terminators").orElse(otherwise);
        boolean ends = switch (terminators) {
            case "any" -> true;
            case "none" -> false;
            default -> terminators.indexOf(digit) >= 0;
        };
        if (ends) {
            channel.variables().set(TERMINATOR_USED, String.valueOf(digit));
        }
        return ends;
    }
}
