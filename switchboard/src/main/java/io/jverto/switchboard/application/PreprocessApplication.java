package io.jverto.switchboard.application;

import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.Cleaning;
import io.jverto.media.plan.Way;
import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.dialplan.Text;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `preprocess` (dialplan-directory.md section 9.3): what a caller says or hears comes at a level, without noise, echo and what is no voice.
/// Leaves out: reverberation, which the library has a switch for and nothing behind it.
// DEVIATION app-8
public final class PreprocessApplication {
    private static final Logger log = LoggerFactory.getLogger(PreprocessApplication.class);
    private static final String NAME = "preprocess";
    private static final String GAIN = "agc";
    private static final String NOISE = "noise_suppress";
    private static final String ECHO = "echo_cancel";
    private static final String ECHO_LEFT = "echo_suppress";
    private static final String VOICE = "vad";
    private static final String STOP = "stop";
    /// What needs the library.
    private static final Set<String> CLEANING = Set.of(NOISE, ECHO, ECHO_LEFT, VOICE);
    /// Mean magnitude of a voice, as rooms have it.
    private static final int DEFAULT_LEVEL = 2_000;
    private static final int LEAST_LEVEL = 100;
    private static final int MOST_LEVEL = 10_000;
    private static final Pattern WISH = Pattern.compile("(?:([rw])[._])?([a-z_]+)(?:=(\\S*))?");

    static final List<Application> ALL = List.of(
            Application.of(NAME, Group.SOUND, "[r.|w.]agc=<level>|true|false|noise_suppress=-<decibels>|echo_cancel=<samples>|true|false|echo_suppress=-<decibels>|vad=true|false[,...]|stop",
                    "what the caller says (`r.`) or hears (`w.`): `agc` brings it to a level by itself, the mean magnitude of its samples while somebody speaks, 100 to 10000, 2000 unless said; "
                            + "`noise_suppress` lowers noise, by at most 60 dB; `echo_cancel` takes out what is an echo of the other way and comes back within so many samples of the call's codec, "
                            + "128 ms unless said, at most 500, and `echo_suppress` lowers what is left of it, by 40 dB unless said; `vad` makes silence of whatever is no voice. A way of which "
                            + "anything but `agc` is asked for has its noise lowered by 15 dB unless `noise_suppress` says otherwise, and comes 20 to 24 ms later. Said again, what is not named stays; `stop` ends "
                            + "all of it. All but `agc` needs libspeexdsp (package libspeexdsp1); without it the sound stays as it is, and the log says so. `dereverb` changes nothing",
                    PreprocessApplication::run));

    private PreprocessApplication() {}

    /// What of the data of an action changes nothing, or would not on a machine without libspeexdsp.
    ///
    /// @param idle on no machine
    /// @param cleaning only with the library
    /// @param wrong cannot be understood, so that none of the action is done; what has a reference in it may be right
    public record Wants(List<String> idle, List<String> cleaning, List<String> wrong) {}

    public static Wants wants(String application, String data) {
        Wants wants = new Wants(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (String part : application.equals(NAME) ? data.split(",") : new String[0]) {
            Matcher wish = wish(part);
            if (part.contains("${")) {
                continue;
            }
            if (!wish.matches() || CLEANING.contains(wish.group(2)) && change(Cleaning.USUAL, wish.group(2), value(wish), AudioCodec.OPUS.sampleRate()).isEmpty()) {
                wants.wrong.add(part.strip());
            } else if (CLEANING.contains(wish.group(2))) {
                wants.cleaning.add(wish.group(2));
            } else if (!wish.group(2).equals(GAIN) && !wish.group(2).equals(STOP)) {
                wants.idle.add(wish.group(2));
            }
        }
        return wants;
    }

    private static String value(Matcher wish) {
        return wish.group(3) == null ? "true" : wish.group(3);
    }

    private static Matcher wish(String part) {
        return WISH.matcher(part.strip().toLowerCase(Locale.ROOT));
    }

    private static Next run(Channel channel, Text data) {
        if (data.toString().strip().equalsIgnoreCase(STOP)) {
            for (Way way : Way.values()) {
                channel.line().autoGain(way, 0);
                channel.line().cleanNoMore(way);
            }
            return Next.GO_ON;
        }
        if (!data.toString().isBlank() && !channel.prepare()) {
            return Next.GO_ON; // a caller without sound
        }
        Wishes wishes = new Wishes(channel);
        for (Text part : data.split(',')) {
            Matcher wish = wish(part.toString());
            if (!wish.matches() || !wishes.take("w".equals(wish.group(1)) ? Way.HEARD : Way.SAID, wish.group(2), value(wish))) {
                return Unusable.data(channel, NAME, data);
            }
        }
        wishes.apply();
        return Next.GO_ON;
    }

    /// What the data of one action asks for. Nothing of it is done before all of it has been understood.
    private static final class Wishes {
        private final Channel channel;
        private final Map<Way, Integer> gains = new EnumMap<>(Way.class);
        private final Map<Way, Cleaning> cleaning = new EnumMap<>(Way.class);
        private final Set<String> needLibrary = new TreeSet<>();

        Wishes(Channel channel) {
            this.channel = channel;
        }

        /// @return false when the value is none for that name
        boolean take(Way way, String name, String value) {
            if (name.equals(GAIN)) {
                gains.put(way, level(value));
                return true;
            }
            if (!CLEANING.contains(name)) {
                log.info("channel {}: preprocess {} changes nothing", channel.logId(), LogText.of(name));
                return true;
            }
            Cleaning before = Optional.ofNullable(cleaning.get(way)).or(() -> channel.line().cleaning(way)).orElse(Cleaning.USUAL);
            Optional<Cleaning> now = change(before, name, value, channel.codec().orElse(AudioCodec.OPUS).sampleRate());
            now.ifPresent(wanted -> cleaning.put(way, wanted));
            needLibrary.add(name);
            return now.isPresent();
        }

        void apply() {
            gains.forEach(channel.line()::autoGain);
            Optional<String> obstacle = needLibrary.isEmpty() ? Optional.empty() : channel.services().media().cleaningObstacle();
            if (obstacle.isPresent()) {
                log.warn("channel {}: preprocess {} changes nothing, its sound stays as it is: {}; on Debian install libspeexdsp1", channel.logId(),
                        String.join(", ", needLibrary), LogText.of(obstacle.get()));
            } else {
                cleaning.forEach(channel.line()::clean);
            }
        }
    }

    /// @param rateHz of the call's codec, in whose samples the time of an echo is given
    /// @return empty when the value is none for that name
    private static Optional<Cleaning> change(Cleaning before, String name, String value, int rateHz) {
        return switch (name) {
            case NOISE -> decibels(value, Cleaning.USUAL_NOISE_DECIBELS).map(before::withNoise);
            case ECHO_LEFT -> decibels(value, Cleaning.USUAL_ECHO_DECIBELS).map(before::withEchoLeft);
            case ECHO -> echoMillis(value, rateHz).map(before::withEcho);
            default -> isTrue(value) || isFalse(value) ? Optional.of(before.withVoiceOnly(isTrue(value))) : Optional.empty();
        };
    }

    /// @return how late an echo may come
    private static Optional<Integer> echoMillis(String value, int rateHz) {
        if (isTrue(value)) {
            return Optional.of(Cleaning.USUAL_ECHO_MILLIS);
        }
        if (isFalse(value) || !value.matches("[0-9]{1,9}")) {
            return isFalse(value) ? Optional.of(0) : Optional.empty();
        }
        return Optional.of(Math.max(1, (int) Math.min(Cleaning.MOST_ECHO_MILLIS, Long.parseLong(value) * 1_000 / rateHz)));
    }

    /// Decibels are negative: how far something is lowered.
    private static Optional<Integer> decibels(String value, int usual) {
        if (isTrue(value)) {
            return Optional.of(usual);
        }
        if (isFalse(value)) {
            return Optional.of(0);
        }
        return value.matches("-[0-9]{1,9}") ? Optional.of(Integer.parseInt(value)) : Optional.empty();
    }

    private static boolean isTrue(String value) {
        return switch (value) {
            case "", "true", "on", "yes", "1" -> true;
            default -> false;
        };
    }

    private static boolean isFalse(String value) {
        return value.matches("false|off|no|-?0+");
    }

    private static int level(String text) {
        if (isTrue(text) && !text.equals("1")) {
            return DEFAULT_LEVEL;
        }
        return text.matches("[0-9]{1,9}") && !isFalse(text) ? Math.clamp(Integer.parseInt(text), LEAST_LEVEL, MOST_LEVEL) : 0;
    }
}
