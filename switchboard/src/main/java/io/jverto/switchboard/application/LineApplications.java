package io.jverto.switchboard.application;

import io.jverto.media.plan.Displacing;
import io.jverto.media.plan.Sound;
import io.jverto.media.plan.Way;
import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelLine;
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
            Application.of("start_dtmf", Group.SOUND, "", "takes tones in what the caller says for digits", line(line -> line.detectDtmf(true))),
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

    private static Next displace(Channel channel, Text data) {
        List<Text> words = CallApplications.words(data);
        Optional<Sound> sound = words.isEmpty() ? Optional.empty() : Sounds.parse(channel, words.getFirst());
        if (sound.isEmpty()) {
            log.warn("channel {}: there is no sound in {} to displace anything with", channel.logId(), LogText.of(data));
        } else if (channel.prepare()) {
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
        if (way.isEmpty()) {
            log.warn("channel {}: set_mute takes read or write and true or false, not {}", channel.logId(), LogText.of(data));
        } else if (channel.prepare()) {
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
