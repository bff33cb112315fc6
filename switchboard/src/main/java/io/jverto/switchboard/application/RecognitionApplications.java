package io.jverto.switchboard.application;

import io.jverto.media.plan.Sound;
import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelSpeech;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.channel.Sounds;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.dialplan.Words;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.MediaListener.PlaybackEnd;
import io.jverto.switchboard.port.Recognition.Heard;
import io.jverto.switchboard.port.Recognition.Wanted;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `detect_speech` and `play_and_detect_speech` (dialplan-directory.md section 9.3), by a program that `speech.conf` names.
public final class RecognitionApplications {
    private static final Logger log = LoggerFactory.getLogger(RecognitionApplications.class);
    private static final String DETECT = "detect_speech";
    private static final String PLAY = "play_and_detect_speech";
    private static final int DEFAULT_MILLIS = 5_000;
    private static final int MAX_MILLIS = 600_000;
    /// `<sound> detect:<engine> [{<params>}]<grammar>`
    private static final Pattern PLAYED = Pattern.compile("(\\S.*?)\\s+detect:(\\S+)(?:\\s+(?:\\{([^}]*)\\})?\\s*(.*))?", Pattern.DOTALL);

    /// Those that do something only where `speech.conf` has a recogniser.
    public static final Set<String> NAMES = Set.of(DETECT, PLAY);

    static final List<Application> ALL = List.of(
            Application.of(DETECT, Group.MENUS, "<engine> <grammar> [<place>] | grammar <grammar> [<place>] | pause | resume | stop",
                    "lets a program that `speech.conf` names listen to what the caller says, whatever the call does, until `stop`. There is an event DETECTED_SPEECH for each result; "
                            + "`detect_speech_result` is the last one. `grammar` begins anew with another grammar; `nogrammar` is `stop`; `start_input_timers` and `param` do nothing",
                    RecognitionApplications::detect),
            Application.of(PLAY, Group.MENUS, "<sound> detect:<engine> [{<name>=<value>,...}]<grammar>",
                    "plays a sound until the caller speaks or presses a key of `playback_terminators`, and waits for what he says: `detect_speech_result`, empty for nothing. `no-input-timeout` "
                            + "(5000) milliseconds from the end of the sound he may take to begin, then `recognition-timeout` (5000) to be understood",
                    RecognitionApplications::play));

    private RecognitionApplications() {}

    private static Next detect(Channel channel, Text data) {
        List<String> words = Words.of(data).stream().map(Text::toString).toList();
        switch (words.isEmpty() ? "" : words.getFirst().toLowerCase(Locale.ROOT)) {
            case "" -> Unusable.data(channel, DETECT, data);
            case "pause" -> channel.speech().pause(true);
            case "resume" -> channel.speech().pause(false);
            case "stop", "nogrammar", "grammarsalloff" -> channel.speech().stop();
            case "start_input_timers", "param", "grammaron", "grammaroff", "init" -> log.debug("channel {}: detect_speech {} does nothing", channel.logId(), LogText.of(data));
            case "grammar" -> channel.speech().wanted().ifPresentOrElse(
                    now -> begin(channel, DETECT, new Wanted(now.engine(), word(words, 1), word(words, 2), now.params())),
                    () -> log.warn("channel {}: detect_speech {}: no recogniser listens", channel.logId(), LogText.of(data)));
            default -> begin(channel, DETECT, new Wanted(words.getFirst(), word(words, 1), word(words, 2), ""));
        }
        return Next.GO_ON;
    }

    private static String word(List<String> words, int index) {
        return index < words.size() ? words.get(index) : "";
    }

    /// @return whether a recogniser listens now
    private static boolean begin(Channel channel, String application, Wanted wanted) {
        if (!channel.preAnswer()) {
            return false;
        }
        Optional<String> wrong = channel.speech().begin(wanted);
        channel.variables().set(Playback.RESPONSE, Text.syntax(wrong.isPresent() ? "ASR INIT ERROR" : "SUCCESS"));
        wrong.ifPresent(why -> log.warn("channel {}: {} {}: {}", channel.logId(), application, LogText.of(wanted.engine()), LogText.of(why)));
        return wrong.isEmpty();
    }

    private static Next play(Channel channel, Text data) {
        Matcher parts = PLAYED.matcher(data.toString());
        channel.variables().set(ChannelSpeech.RESULT, Text.EMPTY);
        if (!parts.matches()) {
            channel.variables().set(Playback.RESPONSE, Text.syntax("USAGE ERROR"));
            return Unusable.data(channel, PLAY, data);
        }
        Optional<Sound> sound = Sounds.parse(channel, data.slice(parts.start(1), parts.end(1)));
        Wanted wanted = new Wanted(parts.group(2), Optional.ofNullable(parts.group(4)).orElse("").trim(), "", Optional.ofNullable(parts.group(3)).orElse(""));
        if (begin(channel, PLAY, wanted)) {
            await(channel, wanted, sound);
            channel.speech().stop();
        }
        return Next.GO_ON;
    }

    private static void await(Channel channel, Wanted wanted, Optional<Sound> sound) {
        channel.variables().set("playback_terminator_used", Text.EMPTY);
        if (sound.isPresent() && !heardDuring(channel, channel.play(sound.get()))) {
            return;
        }
        channel.route(new AudioRoute.Silent());
        long deadline = channel.in(millis(wanted.params(), "no-input-timeout"));
        while (channel.up() && channel.speech().wanted().isPresent() && channel.speech().last().isEmpty()) {
            if (ends(channel, deadline)) {
                return;
            }
        }
        deadline = channel.in(millis(wanted.params(), "recognition-timeout"));
        while (channel.up() && channel.speech().wanted().isPresent() && channel.speech().last().filter(Heard::last).isEmpty()) {
            if (ends(channel, deadline)) {
                return;
            }
        }
    }

    /// Plays until the caller speaks, or to the end.
    ///
    /// @return false when a key or the end of the call ended it
    private static boolean heardDuring(Channel channel, long playback) {
        while (channel.up() && channel.speech().last().isEmpty()) {
            Optional<ChannelEvent> event = channel.next(Channel.FOREVER);
            if (event.isPresent() && event.get() instanceof ChannelEvent.PlaybackEnded(long ended, PlaybackEnd _) && ended == playback) {
                return true;
            }
            if (event.isPresent() && event.get() instanceof ChannelEvent.Digit digit && Playback.terminates(channel, "*", digit.digit())) {
                channel.route(new AudioRoute.Silent());
                return false;
            }
        }
        return channel.up();
    }

    /// Waits for whatever comes next.
    ///
    /// @return whether a key, or the deadline, ends the waiting
    private static boolean ends(Channel channel, long deadline) {
        Optional<ChannelEvent> event = channel.next(deadline);
        return event.isEmpty() || event.get() instanceof ChannelEvent.Digit digit && Playback.terminates(channel, "*", digit.digit());
    }

    private static int millis(String params, String name) {
        Matcher wish = Pattern.compile("(?:^|,)\\s*" + name + "\\s*=\\s*([0-9]{1,9})\\s*(?:,|$)").matcher(params);
        return wish.find() ? Math.clamp(Integer.parseInt(wish.group(1)), 1, MAX_MILLIS) : DEFAULT_MILLIS;
    }
}
