package io.jverto.switchboard.application;

import io.jverto.media.plan.FrameTally;
import io.jverto.media.plan.Sound;
import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.MediaListener.PlaybackEnd;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Applications that wait until the caller says something, or nothing any more (dialplan-directory.md section 9.3). They tell by
/// `<name>_timeout` whether that was in vain. Leaves out: a sound meanwhile.
final class WatchApplications {
    private static final Logger log = LoggerFactory.getLogger(WatchApplications.class);
    private static final String WAIT = "wait_for_silence";
    private static final String SILENCE = "detect_silence";
    private static final String AUDIO = "detect_audio";
    private static final int MAX_NUMBER = 86_400_000;

    static final List<Application> ALL = List.of(
            Application.of(WAIT, Group.SOUND, "<level> <silent frames> <loud frames> [<milliseconds>]",
                    "waits until the caller has spoken for more than so many frames of 20 ms and then been silent; a frame is loud by the mean "
                            + "magnitude of its samples. `wait_for_silence_timeout` is true when the time was over before; "
                            + "`wait_for_silence_listenhits` then tells how long he spoke, `wait_for_silence_silence_hits` how much silence "
                            + "was missing",
                    WatchApplications::waitForSilence),
            Application.of(SILENCE, Group.SOUND, "<level> <silent frames> [<milliseconds>]",
                    "waits until the caller is silent for more than so many frames; `detect_silence_timeout`, and `detect_silence_hits` how many it "
                            + "were when the time was over",
                    (channel, data) -> detect(channel, data, SILENCE)),
            Application.of(AUDIO, Group.SOUND, "<level> <loud frames> [<milliseconds>]",
                    "waits until the caller is loud for more than so many frames; `detect_audio_timeout`, `detect_audio_hits`",
                    (channel, data) -> detect(channel, data, AUDIO)));

    private WatchApplications() {}

    private static Next waitForSilence(Channel channel, Text data) {
        numbers(channel, WAIT, data, 3).ifPresent(numbers -> {
            int silent = Math.max(1, numbers[1]);
            Sound.Watch watch = new Sound.Watch(numbers[0], numbers[2] + 1, silent, new FrameTally());
            if (watch(channel, WAIT, watch, numbers[3])) {
                note(channel, "wait_for_silence_listenhits", watch.tally().loud());
                note(channel, "wait_for_silence_silence_hits", Math.max(0, silent - watch.tally().silentInARow()));
            }
        });
        return Next.GO_ON;
    }

    private static Next detect(Channel channel, Text data, String name) {
        boolean silence = name.equals(SILENCE);
        numbers(channel, name, data, 2).ifPresent(numbers -> {
            int frames = numbers[1] + 1;
            FrameTally tally = new FrameTally();
            // of silence, the level itself is still a part
            Sound.Watch watch = silence ? new Sound.Watch(numbers[0] + 1, 0, frames, tally) : new Sound.Watch(numbers[0], frames, 0, tally);
            if (watch(channel, name, watch, numbers[2])) {
                note(channel, name + "_hits", silence ? tally.silentInARow() : tally.loudInARow());
            }
        });
        return Next.GO_ON;
    }

    /// @param millis 0 for as long as it takes
    /// @return whether the time was over
    private static boolean watch(Channel channel, String name, Sound.Watch watch, int millis) {
        if (!channel.preAnswer()) {
            return false;
        }
        boolean found = await(channel, channel.play(watch), millis > 0 ? channel.in(millis) : Channel.FOREVER);
        channel.route(new AudioRoute.Silent());
        channel.variables().set(name + "_timeout", Text.syntax(String.valueOf(!found)));
        return !found;
    }

    private static boolean await(Channel channel, long playback, long deadline) {
        for (Optional<ChannelEvent> event = channel.next(deadline); event.isPresent(); event = channel.next(deadline)) {
            if (event.get() instanceof ChannelEvent.PlaybackEnded(long ended, PlaybackEnd end) && ended == playback) {
                return end == PlaybackEnd.PLAYED;
            }
        }
        return false;
    }

    private static void note(Channel channel, String name, int number) {
        channel.variables().set(name, Text.syntax(String.valueOf(number)));
    }

    /// @return `count` numbers and the time, 0 where there is none; nothing when they are no numbers
    private static Optional<int[]> numbers(Channel channel, String name, Text data, int count) {
        List<Text> words = CallApplications.words(data);
        boolean known = words.size() >= count && words.stream().limit(count + 1L).allMatch(word -> word.toString().matches("[0-9]{1,9}"));
        if (!known) {
            log.warn("channel {}: {} takes {} numbers, and milliseconds after them, not {}", channel.logId(), name, count, LogText.of(data));
            return Optional.empty();
        }
        if (words.size() > count + 1) {
            log.warn("channel {}: {} plays nothing meanwhile: {}", channel.logId(), name, LogText.of(data));
        }
        int[] numbers = new int[count + 1];
        for (int i = 0; i <= count && i < words.size(); i++) {
            numbers[i] = Math.min(Integer.parseInt(words.get(i).toString()), MAX_NUMBER);
        }
        return Optional.of(numbers);
    }
}
