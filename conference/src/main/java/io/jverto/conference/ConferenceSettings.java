package io.jverto.conference;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The profiles of `conference.conf` (conference.md section 4), and what is wrong with them.
public final class ConferenceSettings {
    private static final String DEFAULT = "default";
    private static final int[] RATES = {8_000, 16_000, 32_000, 48_000};

    private final Map<String, RoomProfile> profiles = new LinkedHashMap<>();
    private final List<ConfigProblem> problems = new ArrayList<>();

    private ConferenceSettings() {}

    /// @param configuration the element `<configuration name="conference.conf">`
    public static ConferenceSettings decode(ConfigNode configuration) {
        ConferenceSettings settings = new ConferenceSettings();
        configuration.children("profiles").flatMap(node -> node.children("profile")).forEach(settings::addProfile);
        if (!settings.profiles.containsKey(DEFAULT)) {
            settings.problems.add(ConfigProblem.warning(
                    configuration.origin(), "no conference profile named default to fall back to"));
        }
        return settings;
    }

    /// Without any profile: every join is refused.
    public static ConferenceSettings none() {
        return new ConferenceSettings();
    }

    public List<ConfigProblem> problems() {
        return List.copyOf(problems);
    }

    /// @return the profile of that name, else `default`, else nothing
    Optional<RoomProfile> profile(String name) {
        return Optional.ofNullable(profiles.getOrDefault(name, profiles.get(DEFAULT)));
    }

    private void addProfile(ConfigNode node) {
        Map<String, ConfigNode> params = new LinkedHashMap<>();
        // Several names are written with either (conference.md section 4): all are read with a hyphen.
        node.children("param").forEach(param -> params.put(param.attribute("name", "").replace('_', '-'), param));
        RoomProfile profile = new RoomProfile(
                node.attribute("name", DEFAULT),
                value(params, "domain"),
                params.containsKey("rate") ? rate(params.get("rate")) : RATES[0],
                params.containsKey("channels") ? channels(params.get("channels")) : 1,
                params.containsKey("max-members") ? members(params.get("max-members")) : 0,
                MemberFlags.decode(value(params, "member-flags")),
                !value(params, "caller-controls").equals("none"),
                !value(params, "pin").isEmpty() || !value(params, "moderator-pin").isEmpty(),
                flags(params).contains("livearray-sync"),
                new RoomProfile.Description(value(params, "description"), flags(params).contains("json-events")));
        profiles.put(profile.name(), profile);
        nameWhatIsMissing(params);
    }

    /// `livearray-json-status` among them is taken and means nothing: the status is always JSON (conference.md section 5).
    private static Set<String> flags(Map<String, ConfigNode> params) {
        return Arrays.stream(value(params, "conference-flags").split("[|,]"))
                .map(flag -> flag.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String value(Map<String, ConfigNode> params, String name) {
        ConfigNode param = params.get(name);
        return param == null ? "" : value(param);
    }

    private static String value(ConfigNode param) {
        return param.attribute("value", "").strip();
    }

    private void nameWhatIsMissing(Map<String, ConfigNode> params) {
        ConfigNode interval = params.get("interval");
        if (interval != null && !value(interval).equals("20")) {
            problems.add(ConfigProblem.unsupported(interval.origin(), "interval " + value(interval) + ": 20 is used"));
        }
        for (String name : List.of("pin", "moderator-pin")) {
            if (!value(params, name).isEmpty()) {
                problems.add(ConfigProblem.unsupported(
                        params.get(name).origin(), name + ": nobody can be asked for it, so nobody is let in"));
            }
        }
    }

    /// A rate that the mixer has, or the next one above.
    private int rate(ConfigNode param) {
        String value = value(param);
        if (value.equals("auto")) {
            problems.add(ConfigProblem.unsupported(param.origin(), "rate auto: 48000 is used"));
            return 48_000;
        }
        Optional<Integer> asked = number(value);
        if (asked.isEmpty() || asked.get() < RATES[0] || asked.get() > RATES[RATES.length - 1]) {
            problems.add(ConfigProblem.error(param.origin(), "rate must be 8000, 16000, 32000 or 48000"));
            return RATES[0];
        }
        for (int rate : RATES) {
            if (rate == asked.get()) {
                return rate;
            }
            if (rate > asked.get()) {
                problems.add(ConfigProblem.unsupported(param.origin(), "rate " + value + ": " + rate + " is used"));
                return rate;
            }
        }
        return RATES[RATES.length - 1];
    }

    private int channels(ConfigNode param) {
        String value = value(param);
        if (!value.equals("1") && !value.equals("2")) {
            problems.add(value.equals("auto")
                    ? ConfigProblem.unsupported(param.origin(), "channels auto: 2 is used")
                    : ConfigProblem.error(param.origin(), "channels must be 1 or 2"));
        }
        return value.equals("2") || value.equals("auto") ? 2 : 1;
    }

    private int members(ConfigNode param) {
        String value = value(param);
        Optional<Integer> most = number(value).filter(number -> number != 1);
        if (most.isEmpty()) {
            problems.add(ConfigProblem.error(param.origin(), "max-members must be 0 or at least 2"));
        }
        return most.orElse(0);
    }

    private static Optional<Integer> number(String value) {
        boolean digits = !value.isEmpty() && value.length() < 8 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Optional.of(Integer.parseInt(value)) : Optional.empty();
    }
}
