package io.jverto.switchboard.application;

import io.jverto.media.plan.Displacing;
import io.jverto.media.plan.JitterBounds;
import io.jverto.media.plan.Sound;
import io.jverto.media.plan.Way;
import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelLine;
import io.jverto.switchboard.channel.JitterWish;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.channel.Sounds;
import io.jverto.switchboard.dialplan.Text;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Applications that change the sound of a call, whatever it does next (dialplan-directory.md section 9.3). What makes no sense changes
/// nothing and is logged. Leaves out: noise in place of muted sound.
final class LineApplications {
    private static final Logger log = LoggerFactory.getLogger(LineApplications.class);
    private static final int MAX_LIMIT_SECONDS = 86_400;

    static final List<Application> ALL = List.of(
            Application.of("displace_session", Group.SOUND, "<sound> [<flags>] [+<limit seconds>]",
                    "plays a sound instead of what the caller hears; flags: `r` instead of what the caller says, `m` beside it, `l` again and again",
                    LineApplications::displace),
            Application.of("stop_displace_session", Group.SOUND, "[<sound>]", "ends what `displace_session` began, without a sound all of it",
                    LineApplications::stopDisplacing),
            Application.of("set_audio_level", Group.SOUND, "read|write <-4 to 4>", "how loud the caller is heard (`read`) or hears (`write`)",
                    LineApplications::level),
            Application.of("set_mute", Group.SOUND, "read|write true|false", "nobody hears the caller (`read`), or the caller hears nothing (`write`)",
                    LineApplications::mute),
            Application.of("jitterbuffer", Group.SOUND, "<milliseconds>[:<most>[:<drift>]]|pause|resume|0",
                    "how long the caller's packets wait at the least and at most until they are played: 20 to 500 ms, or `<packets>p` of 20 ms. The most is 400 unless "
                            + "something else is said; the variable `jitterbuffer_msec`, set before there is sound, says the same. `pause` and 0 play them as they come, `resume` goes back to what was said before. The buffer follows a drift "
                            + "of clocks by itself. Packets that are only relayed between two clients wait in none",
                    LineApplications::jitterBuffer),
            Application.of("cng_plc", Group.SOUND, "", "does nothing: sound that is lost is always made up for", (_, _) -> Next.GO_ON),
            Application.of("remove_bugs", Group.SOUND, "", "ends all that records the call, listens to it, displaces its sound, or looks for tones and digits in it",
                    (channel, _) -> removeAll(channel)),
            Application.of("start_dtmf", Group.SOUND, "", "takes tones in what the caller says for digits", line(line -> line.detectDtmf(true))),
            Application.of("deduplicate_dtmf", Group.SOUND, "[only_rtp]",
                    "of a digit that comes by two ways within a second, as a tone (`start_dtmf`), by a message or as RFC 4733 event, the first counts; with `only_rtp` only events do",
                    LineApplications::deduplicate),
            Application.of("stop_dtmf", Group.SOUND, "", "ends `start_dtmf`", line(line -> line.detectDtmf(false))),
            Application.of("start_dtmf_generate", Group.SOUND, "", "digits go to the caller as tones if his client takes no others",
                    line(line -> line.toneDtmf(true))),
            Application.of("stop_dtmf_generate", Group.SOUND, "", "ends `start_dtmf_generate`", line(line -> line.toneDtmf(false))));

    private LineApplications() {}

    private static Application.OnChannel line(Consumer<ChannelLine> change) {
        return (channel, data) -> {
            if (channel.prepare()) {
                change.accept(channel.line());
            }
            return Next.GO_ON;
        };
    }

    private static Next removeAll(Channel channel) {
        channel.recordings().stopAll();
        channel.line().stopDisplacing();
        channel.line().detectDtmf(false);
        channel.tones().stop();
        channel.speech().stop();
        return Next.GO_ON;
    }

    // DEVIATION app-3
    private static Next jitterBuffer(Channel channel, Text data) {
        String wanted = data.toString().trim().toLowerCase(Locale.ROOT);
        Optional<JitterBounds> bounds = JitterWish.parse(wanted);
        if (bounds.isEmpty() && !wanted.equals("pause") && !wanted.equals("resume")) {
            return Unusable.data(channel, "jitterbuffer", data);
        }
        if (channel.prepare()) {
            switch (wanted) {
                case "pause" -> channel.line().passing(true);
                case "resume" -> channel.line().passing(false);
                default -> bounds.ifPresent(channel.line()::jitter);
            }
        }
        return Next.GO_ON;
    }

    /// `only_rtp`, or nothing.
    private static Next deduplicate(Channel channel, Text data) {
        switch (data.toString().trim().toLowerCase(Locale.ROOT)) {
            case "" -> channel.line().deduplicate();
            case "only_rtp" -> channel.line().onlyEvents();
            default -> Unusable.data(channel, "deduplicate_dtmf", data);
        }
        return Next.GO_ON;
    }

    private static Next displace(Channel channel, Text data) {
        List<Text> words = CallApplications.words(data);
        Optional<Sound> sound = words.isEmpty() ? Optional.empty() : Sounds.parse(channel, words.getFirst());
        if (words.isEmpty()) {
            return Unusable.data(channel, "displace_session", data);
        }
        if (sound.isPresent() && channel.prepare()) { // what is no sound is in the log already
            String flags = "";
            int limit = 0;
            for (Text word : words.subList(1, words.size())) {
                String text = word.toString();
                limit = text.matches("\\+[0-9]{1,9}") ? Math.min(Integer.parseInt(text.substring(1)), MAX_LIMIT_SECONDS) : limit;
                flags = text.startsWith("+") ? flags : flags + text.toLowerCase(Locale.ROOT);
            }
            Displacing how = new Displacing(flags.contains("r") ? Way.SAID : Way.HEARD, flags.contains("m"), limit * 1_000);
            Sound repeated = flags.contains("l") ? Sounds.repeated(sound.get(), -1) : sound.get();
            if (!channel.line().displace(words.getFirst().toString(), repeated, how)) {
                log.warn("channel {}: {} plays already, or too much does", channel.logId(), LogText.of(words.getFirst()));
            }
        }
        return Next.GO_ON;
    }

    private static Next stopDisplacing(Channel channel, Text data) {
        if (data.trim().isEmpty()) {
            channel.line().stopDisplacing();
        } else if (!channel.line().stopDisplacing(data.trim().toString())) {
            log.warn("channel {}: {} displaces nothing", channel.logId(), LogText.of(data));
        }
        return Next.GO_ON;
    }

    private static Next level(Channel channel, Text data) {
        String[] words = words(data);
        Optional<Way> way = way(words[0]);
        if (way.isEmpty() || !words[1].matches("[+-]?[0-4]")) {
            log.warn("channel {}: set_audio_level takes read or write and a level from -4 to 4, not {}", channel.logId(), LogText.of(data));
        } else if (channel.prepare()) {
            channel.line().level(way.get(), Integer.parseInt(words[1]));
        }
        return Next.GO_ON;
    }

    /// `true`, or a level of noise, which is silence here; anything else ends it.
    private static Next mute(Channel channel, Text data) {
        String[] words = words(data);
        Optional<Way> way = way(words[0]);
        if (way.isEmpty() || !words[1].matches("(?i)true|yes|on|false|no|off|-?[0-9]{1,9}")) {
            return Unusable.data(channel, "set_mute", data);
        }
        if (channel.prepare()) {
            channel.line().mute(way.get(), words[1].matches("(?i)true|yes|on|[1-9][0-9]{0,8}"));
        }
        return Next.GO_ON;
    }

    /// @return two words, empty where there are none
    private static String[] words(Text data) {
        List<Text> words = CallApplications.words(data);
        return new String[] {words.isEmpty() ? "" : words.get(0).toString(), words.size() < 2 ? "" : words.get(1).toString()};
    }

    private static Optional<Way> way(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "read" -> Optional.of(Way.SAID);
            case "write" -> Optional.of(Way.HEARD);
            default -> Optional.empty();
        };
    }
}
