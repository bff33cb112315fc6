package io.jverto.switchboard.application;

import io.jverto.media.plan.Sound;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.channel.Sounds;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.Saying;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Applications that play to a caller or listen to him (dialplan-directory.md section 9.3).
final class SoundApplications {
    private static final Logger log = LoggerFactory.getLogger(SoundApplications.class);
    private static final int DEFAULT_DIGIT_MILLIS = 250;
    private static final int MIN_DIGIT_MILLIS = 50;
    private static final int MAX_DIGIT_MILLIS = 24_000;

    static final Map<String, Application> ALL = Map.of(
            "echo", SoundApplications::echo,
            "playback", SoundApplications::playback,
            "endless_playback", SoundApplications::endlessPlayback,
            "gentones", (channel, data) -> playback(channel, Text.syntax("tone_stream://" + data)),
            "send_dtmf", SoundApplications::sendDtmf);

    private SoundApplications() {}

    /// What the caller types comes back like its sound.
    private static Next echo(Channel channel, Text data) {
        if (channel.preAnswer()) {
            channel.route(new AudioRoute.Echo());
            channel.sayings().heardBy(saying -> saying instanceof Saying.Typed && channel.sayings().tell(saying));
            waitForEnd(channel);
            channel.sayings().heardByNobody();
        }
        return Next.GO_ON;
    }

    private static Next playback(Channel channel, Text data) {
        Optional<Sound> sound = Sounds.parse(data.toString());
        if (sound.isEmpty()) {
            log.warn("channel {}: nothing to play by the name of {}", channel.logId(), LogText.of(data));
        }
        boolean ready = sound.isPresent() && channel.preAnswer();
        String outcome = ready ? play(channel, sound.get()) : "FILE NOT FOUND";
        channel.variables().set("current_application_response", Text.syntax(outcome));
        return Next.GO_ON;
    }

    private static Next endlessPlayback(Channel channel, Text data) {
        Optional<Sound> sound = Sounds.ringback(data.toString());
        if (sound.isPresent() && channel.preAnswer()) {
            channel.play(sound.get());
            waitForEnd(channel);
        }
        return Next.GO_ON;
    }

    private static String play(Channel channel, Sound sound) {
        String terminators = channel.variables().text("playback_terminators").orElse("*");
        long playback = channel.play(sound);
        boolean playing = true;
        while (playing) {
            Optional<ChannelEvent> event = channel.next(Channel.FOREVER);
            if (event.isPresent() && event.get() instanceof ChannelEvent.Digit(char digit, int millis, boolean inMedia)
                    && terminates(terminators, digit)) {
                channel.variables().set("playback_terminator_used", String.valueOf(digit));
                playing = false;
            } else {
                playing = event.isPresent() && !event.get().equals(new ChannelEvent.PlaybackEnded(playback));
            }
        }
        channel.route(new AudioRoute.Silent());
        return "FILE PLAYED";
    }

    private static boolean terminates(String terminators, char digit) {
        return switch (terminators) {
            case "any" -> true;
            case "none" -> false;
            default -> terminators.indexOf(digit) >= 0;
        };
    }

    static void waitForEnd(Channel channel) {
        while (channel.up()) {
            channel.next(Channel.FOREVER);
        }
    }

    /// `digits[@millis]`; `w` waits half a second, `W` a whole one.
    private static Next sendDtmf(Channel channel, Text data) {
        String[] parts = data.toString().trim().split("@", 2);
        int millis = parts.length > 1 && parts[1].matches("[0-9]{1,5}") ? Integer.parseInt(parts[1]) : DEFAULT_DIGIT_MILLIS;
        for (char digit : parts[0].toCharArray()) {
            if (digit == 'w' || digit == 'W') {
                channel.pause(digit == 'w' ? 500 : 1_000);
            } else if ("0123456789*#ABCDabcd".indexOf(digit) >= 0 && channel.up()) {
                channel.sendDigit(Character.toUpperCase(digit), Math.clamp(millis, MIN_DIGIT_MILLIS, MAX_DIGIT_MILLIS));
            }
        }
        return Next.GO_ON;
    }
}
