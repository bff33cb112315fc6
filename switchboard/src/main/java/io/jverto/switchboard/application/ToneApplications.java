package io.jverto.switchboard.application;

import io.jverto.media.plan.Tones;
import io.jverto.media.plan.Way;
import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelTones.Watch;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.dialplan.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `tone_detect` and its kin (dialplan-directory.md section 9.3).
final class ToneApplications {
    private static final Logger log = LoggerFactory.getLogger(ToneApplications.class);
    private static final int MAX_HITS = 1_000;
    private static final long MAX_SECONDS = 86_400;
    /// What a calling fax machine sends (ITU-T T.30).
    private static final Tones FAX = new Tones(List.of(1_100.0), 1);

    static final List<Application> ALL = List.of(
            Application.of("tone_detect", Group.SOUND, "<key> <hertz>[,<hertz>...] [r|w|rw [+<seconds>|<epoch>|0 [<application> [<data> [<hits>]]]]]",
                    "looks for tones, up to five at once, in what the caller says (`r`, also if nothing is said) or hears (`w`), whatever the call does. When they "
                            + "have been there for so many times 60 ms (1), the application runs, `execute_on_tone_detect` too, `detected_tone` is "
                            + "the key, and there is an event DETECTED_TONE",
                    ToneApplications::detect),
            Application.of("stop_tone_detect", Group.SOUND, "", "ends that", (channel, _) -> {
                channel.tones().stop();
                return Next.GO_ON;
            }),
            Application.of("fax_detect", Group.SOUND, "", "looks for the tone of a calling fax machine, as `tone_detect fax 1100`",
                    (channel, _) -> begin(channel, FAX, List.of(new Watch("fax", Way.SAID, Text.EMPTY, Channel.FOREVER)))));

    private ToneApplications() {}

    private static Next detect(Channel channel, Text data) {
        List<Text> words = Words.of(data);
        String flags = word(words, 2).toString();
        String hits = word(words, 6).toString();
        Optional<List<Double>> hertz = hertz(word(words, 1).toString());
        Optional<Long> deadline = deadline(channel, word(words, 3).toString());
        if (word(words, 0).isEmpty() || hertz.isEmpty() || deadline.isEmpty() || !flags.matches("r?w?") || !hits.matches("[0-9]{0,6}")) {
            log.warn("channel {}: tone_detect needs <key> <hertz>[,<hertz>...] [r|w|rw [+<seconds> [<application> [<data> [<hits>]]]]], "
                    + "with 1 to {} pitches from {} to {} Hz: {}", channel.logId(), Tones.MAX_PITCHES, Tones.LEAST_HERTZ, Tones.MOST_HERTZ, LogText.of(data));
            return Next.GO_ON;
        }
        Text application = word(words, 4).isEmpty() ? Text.EMPTY : Text.join(Text.join(word(words, 4), Text.syntax("::")), word(words, 5));
        List<Watch> watches = new ArrayList<>();
        if (!flags.equals("w")) {
            watches.add(new Watch(words.getFirst().toString(), Way.SAID, application, deadline.get()));
        }
        if (flags.contains("w")) {
            watches.add(new Watch(words.getFirst().toString(), Way.HEARD, application, deadline.get()));
        }
        return begin(channel, new Tones(hertz.get(), Math.clamp(hits.isEmpty() ? 1 : Integer.parseInt(hits), 1, MAX_HITS)), watches);
    }

    private static Next begin(Channel channel, Tones tones, List<Watch> watches) {
        if (channel.prepare() && !watches.stream().allMatch(watch -> channel.tones().detect(tones, watch))) {
            log.warn("channel {}: too many tones are looked for", channel.logId());
        }
        return Next.GO_ON;
    }

    private static Text word(List<Text> words, int index) {
        return index < words.size() ? words.get(index) : Text.EMPTY;
    }

    /// @return nothing when a number is none, or out of bounds
    private static Optional<List<Double>> hertz(String text) {
        List<Double> hertz = new ArrayList<>();
        for (String one : text.split(",", -1)) {
            double pitch = one.matches("[0-9]{1,4}(\\.[0-9]{1,3})?") ? Double.parseDouble(one) : 0;
            if (pitch < Tones.LEAST_HERTZ || pitch > Tones.MOST_HERTZ || hertz.size() >= Tones.MAX_PITCHES) {
                return Optional.empty();
            }
            hertz.add(pitch);
        }
        return Optional.of(hertz);
    }

    /// `+<seconds>` from now, or seconds since 1970; 0 or nothing for as long as the call lasts.
    private static Optional<Long> deadline(Channel channel, String text) {
        if (!text.matches("(\\+?[0-9]{1,10})?")) {
            return Optional.empty();
        }
        long number = text.isEmpty() ? 0 : Long.parseLong(text);
        long seconds = number == 0 || text.startsWith("+") ? number : number - channel.services().time().wallTime().getEpochSecond();
        return Optional.of(number == 0 ? Channel.FOREVER : channel.in(Math.clamp(seconds, 0, MAX_SECONDS) * 1_000));
    }
}
