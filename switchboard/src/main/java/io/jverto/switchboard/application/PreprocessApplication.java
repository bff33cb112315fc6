package io.jverto.switchboard.application;

import io.jverto.media.plan.Way;
import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.dialplan.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `preprocess` (dialplan-directory.md section 9.3): automatic gain of what a caller says or hears. Leaves out: echo, noise and reverberation,
/// which browsers and telephones take out where they come from.
// DEVIATION app-5
public final class PreprocessApplication {
    private static final Logger log = LoggerFactory.getLogger(PreprocessApplication.class);
    private static final String NAME = "preprocess";
    private static final String GAIN = "agc";
    /// Mean magnitude of a voice, as rooms have it.
    private static final int DEFAULT_LEVEL = 2_000;
    private static final int LEAST_LEVEL = 100;
    private static final int MOST_LEVEL = 10_000;
    private static final Pattern WISH = Pattern.compile("(?:([rw])\\.)?([a-z_]+)(?:=(\\S*))?");

    static final List<Application> ALL = List.of(
            Application.of(NAME, Group.SOUND, "[r|w].agc=<level>|true|false[,...]",
                    "brings what the caller says (`r`) or hears (`w`) to a level by itself: the mean magnitude of its samples while somebody speaks, 100 to 10000, 2000 unless said. `echo_cancel`, "
                            + "`echo_suppress`, `noise_suppress`, `vad` and `dereverb` change nothing: browsers and telephones do that themselves",
                    PreprocessApplication::run));

    private PreprocessApplication() {}

    /// @return what of the data changes nothing
    public static List<String> idle(String application, String data) {
        List<String> idle = new ArrayList<>();
        for (String part : application.equals(NAME) ? data.split(",") : new String[0]) {
            Matcher wish = WISH.matcher(part.strip().toLowerCase(Locale.ROOT));
            if (wish.matches() && !wish.group(2).equals(GAIN)) {
                idle.add(wish.group(2));
            }
        }
        return idle;
    }

    private static Next run(Channel channel, Text data) {
        Map<Way, Integer> gains = new LinkedHashMap<>();
        for (Text part : data.split(',')) {
            Matcher wish = WISH.matcher(part.toString().strip().toLowerCase(Locale.ROOT));
            if (!wish.matches()) {
                return Unusable.data(channel, NAME, data);
            }
            if (wish.group(2).equals(GAIN)) {
                gains.put("w".equals(wish.group(1)) ? Way.HEARD : Way.SAID, level(wish.group(3) == null ? "" : wish.group(3)));
            } else {
                log.info("channel {}: preprocess {} changes nothing", channel.logId(), LogText.of(part));
            }
        }
        if (!gains.isEmpty() && channel.prepare()) {
            gains.forEach(channel.line()::autoGain);
        }
        return Next.GO_ON;
    }

    private static int level(String text) {
        return switch (text) {
            case "", "true", "on", "yes" -> DEFAULT_LEVEL;
            default -> text.matches("[0-9]{1,9}") && !text.matches("0+") ? Math.clamp(Integer.parseInt(text), LEAST_LEVEL, MOST_LEVEL) : 0;
        };
    }
}
