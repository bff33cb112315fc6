package io.jverto.switchboard.application;

import io.jverto.media.plan.Recording.Flow;
import io.jverto.media.plan.Sound;
import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.application.Application.Trait;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.Saying;
import java.util.List;

/// Applications that play to a caller or listen to him (dialplan-directory.md section 9.3).
final class SoundApplications {
    private static final int DEFAULT_DELAY_MILLIS = 1_000;
    static final int DEFAULT_DIGIT_MILLIS = 250;
    private static final int MIN_DIGIT_MILLIS = 50;
    private static final int MAX_DIGIT_MILLIS = 24_000;

    static final List<Application> ALL = List.of(
            Application.of("echo", Group.SOUND, "", "the caller hears himself", SoundApplications::echo, Trait.STAYS),
            Application.of("delay_echo", Group.SOUND, "[<milliseconds>]", "the caller hears himself later, after a second or up to ten",
                    SoundApplications::delayEcho, Trait.STAYS),
            Application.of("playback", Group.SOUND, "<sound>",
                    "plays a file, `tone_stream://`, `silence_stream://`, `local_stream://` or a list with `!` (`file_string://`)", Playback::once),
            Application.of("loop_playback", Group.SOUND, "[+<times>] <sound>", "plays a sound several times, without a number for ever", Playback::loop),
            Application.of("endless_playback", Group.SOUND, "<sound>", "plays a sound for ever", Playback::endless, Trait.STAYS),
            Application.of("gentones", Group.SOUND, "<tone script>", "plays tones",
                    SoundApplications::tones),
            Application.of("record", Group.SOUND, "<path> [<limit seconds> [<silence level> [<silence seconds>]]]",
                    "records what the caller says until a digit, the limit or silence", RecordApplication::run),
            Application.of("record_session", Group.SOUND, "<path> [+<limit seconds>]", "records what the call says and hears, whatever it does",
                    SessionRecording::start),
            Application.of("record_session_pause", Group.SOUND, "<path>", "leaves out what comes from now on", SessionRecording.flow(Flow.PAUSED)),
            Application.of("record_session_resume", Group.SOUND, "<path>", "records on", SessionRecording.flow(Flow.RUNS)),
            Application.of("record_session_mask", Group.SOUND, "<path>", "records silence from now on", SessionRecording.flow(Flow.MASKED)),
            Application.of("record_session_unmask", Group.SOUND, "<path>", "records on", SessionRecording.flow(Flow.RUNS)),
            Application.of("stop_record_session", Group.SOUND, "<path>|all", "ends what `record_session` began", SessionRecording::stop),
            Application.of("send_dtmf", Group.SOUND, "<digits>[@<milliseconds>]", "sends digits; `w` waits half a second, `W` a whole one",
                    SoundApplications::sendDtmf));

    private SoundApplications() {}

    private static Next echo(Channel channel, Text data) {
        return hearsHimself(channel, () -> channel.route(new AudioRoute.Echo()));
    }

    private static Next tones(Channel channel, Text data) {
        return data.trim().isEmpty()
                ? Unusable.data(channel, "gentones", data)
                : Playback.once(channel, Text.join(Text.syntax("tone_stream://"), data));
    }

    private static Next delayEcho(Channel channel, Text data) {
        String text = data.toString().trim();
        if (!text.isEmpty() && !text.matches("[0-9]{1,9}")) {
            Unusable.data(channel, "delay_echo", data);
        }
        int millis = text.matches("[0-9]{1,9}") ? Math.min(Integer.parseInt(text), Sound.Echo.MAX_DELAY_MILLIS) : DEFAULT_DELAY_MILLIS;
        return hearsHimself(channel, () -> channel.play(new Sound.Echo(millis)));
    }

    /// What the caller types comes back like its sound, without a delay.
    private static Next hearsHimself(Channel channel, Runnable route) {
        if (channel.preAnswer()) {
            route.run();
            channel.sayings().heardBy(saying -> saying instanceof Saying.Typed && channel.sayings().tell(saying));
            waitForEnd(channel);
            channel.sayings().heardByNobody();
        }
        return Next.GO_ON;
    }

    static void waitForEnd(Channel channel) {
        while (channel.up()) {
            channel.next(Channel.FOREVER);
        }
    }

    /// `digits[@millis]`; `w` waits half a second, `W` a whole one.
    private static Next sendDtmf(Channel channel, Text data) {
        String[] parts = data.toString().trim().split("@", 2);
        if (!parts[0].matches("[0-9A-Da-d*#wW]+")) {
            Unusable.data(channel, "send_dtmf", data);
        }
        int millis = parts.length > 1 && parts[1].matches("[0-9]{1,5}") ? Integer.parseInt(parts[1]) : DEFAULT_DIGIT_MILLIS;
        for (char digit : parts[0].toCharArray()) {
            if (digit == 'w' || digit == 'W') {
                channel.pause(digit == 'w' ? 500 : 1_000);
            } else if ("0123456789*#ABCDabcd".indexOf(digit) >= 0 && channel.up()) {
                channel.digits().send(Character.toUpperCase(digit), Math.clamp(millis, MIN_DIGIT_MILLIS, MAX_DIGIT_MILLIS));
            }
        }
        return Next.GO_ON;
    }
}
