package io.jverto.conference;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.conference.layout.Layouts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The profiles and groups of controls of `conference.conf` (conference.md section 4), and what is wrong with them.
public final class ConferenceSettings {
    private static final String DEFAULT = "default";
    private static final String NONE = "none";
    private static final int MAX_ADVERTISED = 512;
    private static final int MAX_ROOMS_ADVERTISED = 1_000;
    static final int[] RATES = {8_000, 16_000, 32_000, 48_000};
    private static final int MIN_DIGIT_MILLIS = 500;
    /// A caller who presses nothing holds a channel.
    private static final int MAX_INPUT_MILLIS = 60_000;
    /// Of `comfort-noise` = `true`.
    private static final String NOISE = "1400";

    private final Map<String, RoomProfile> profiles = new LinkedHashMap<>();
    private final Map<String, List<Control>> groups = new LinkedHashMap<>();
    private final List<Advertised> advertised = new ArrayList<>();
    private final List<ConfigProblem> problems = new ArrayList<>();

    private final Layouts layouts;

    private ConferenceSettings(Layouts layouts) {
        this.layouts = layouts;
        groups.put(DEFAULT, Control.DEFAULT);
        groups.put(NONE, List.of());
    }

    /// @param configuration the element `<configuration name="conference.conf">`
    public static ConferenceSettings decode(ConfigNode configuration) {
        return decode(configuration, Layouts.grids());
    }

    /// @param configuration the element `<configuration name="conference.conf">`
    /// @param layouts that canvases may have; their problems are their own
    public static ConferenceSettings decode(ConfigNode configuration, Layouts layouts) {
        ConferenceSettings settings = new ConferenceSettings(layouts);
        configuration.children("advertise").flatMap(node -> node.children("room")).forEach(settings::addAdvertised);
        configuration.children("caller-controls").flatMap(node -> node.children("group")).forEach(settings::addGroup);
        configuration.children("profiles").flatMap(node -> node.children("profile")).forEach(settings::addProfile);
        if (!settings.profiles.containsKey(DEFAULT)) {
            settings.problems.add(ConfigProblem.warning(
                    configuration.origin(), "no conference profile named default to fall back to"));
        }
        return settings;
    }

    /// A room of which watchers are told before anybody is in it.
    ///
    /// @param address for instance `3000@example.com`
    /// @param status what is told of it
    record Advertised(String address, String status) {}

    /// Without any profile: every join is refused.
    public static ConferenceSettings none() {
        return new ConferenceSettings(Layouts.grids());
    }

    public List<ConfigProblem> problems() {
        return List.copyOf(problems);
    }

    /// @return what a room of that profile gets where there is no such profile; empty where there is one
    public Optional<String> instead(String name) {
        if (profiles.containsKey(name)) {
            return Optional.empty();
        }
        return Optional.of(profiles.containsKey(DEFAULT) ? "the room gets the profile default" : "nobody comes into the room");
    }

    /// @return the profile of that name, else `default`, else nothing
    Optional<RoomProfile> profile(String name) {
        return Optional.ofNullable(profiles.getOrDefault(name, profiles.get(DEFAULT)));
    }

    /// @return what canvases may look like
    Layouts layouts() {
        return layouts;
    }

    /// @return the controls of that group; those of `default` where there is none
    List<Control> controls(String group) {
        return groups.getOrDefault(group, Control.DEFAULT);
    }

    List<Advertised> advertised() {
        return List.copyOf(advertised);
    }

    private void addAdvertised(ConfigNode node) {
        String address = node.attribute("name", "").strip();
        String text = address + node.attribute("status", "");
        if (address.isEmpty() || text.length() > MAX_ADVERTISED || text.chars().anyMatch(Character::isISOControl)) {
            problems.add(ConfigProblem.error(node.origin(), "a room that is advertised needs a name, for instance 3000@example.com"));
        } else if (advertised.size() == MAX_ROOMS_ADVERTISED) {
            problems.add(ConfigProblem.error(node.origin(), "no more than " + MAX_ROOMS_ADVERTISED + " rooms can be advertised"));
        } else {
            advertised.add(new Advertised(address, node.attribute("status", "Available")));
        }
    }

    private void addGroup(ConfigNode node) {
        String name = node.attribute("name", "");
        if (name.isEmpty() || name.equals(NONE)) {
            problems.add(ConfigProblem.error(node.origin(), "a group of caller-controls needs a name that is not none"));
            return;
        }
        List<Control> controls = new ArrayList<>();
        node.children("control").forEach(control -> control(control).ifPresent(controls::add));
        groups.put(name, List.copyOf(controls));
    }

    private Optional<Control> control(ConfigNode node) {
        String word = node.attribute("action", "");
        Optional<ControlAction> action = ControlAction.of(word);
        if (action.isEmpty()) {
            problems.add(ConfigProblem.unsupported(node.origin(), "control " + word + ": there is no such action; its digits do nothing"));
            return Optional.empty();
        }
        Optional<Control> control = Control.of(node.attribute("digits", "").strip(), action.get(), node.attribute("data", ""));
        if (control.isEmpty()) {
            problems.add(ConfigProblem.error(node.origin(), "control " + word + ": digits must be 0-9, *, #, A-D, or ~ and a pattern"));
        }
        return control;
    }

    private void addProfile(ConfigNode node) {
        Map<ProfileParam, String> values = new EnumMap<>(ProfileParam.class);
        Map<ProfileParam, ConfigNode> origins = new EnumMap<>(ProfileParam.class);
        node.children("param").forEach(param -> add(param, values, origins));
        Map<String, String> variables = new LinkedHashMap<>();
        node.children("variables").flatMap(list -> list.children("variable"))
                .forEach(variable -> variables.put(variable.attribute("name", ""), variable.attribute("value", "")));
        String controls = values.getOrDefault(ProfileParam.CALLER_CONTROLS, DEFAULT);
        String moderators = values.getOrDefault(ProfileParam.MODERATOR_CONTROLS, controls);
        for (ProfileParam param : List.of(ProfileParam.CALLER_CONTROLS, ProfileParam.MODERATOR_CONTROLS)) {
            if (values.containsKey(param) && !values.get(param).isEmpty() && !groups.containsKey(values.get(param))) {
                problems.add(ConfigProblem.error(origins.get(param).origin(), "there is no group of caller-controls " + values.get(param)));
            }
        }
        String name = node.attribute("name", DEFAULT);
        profiles.put(name, new RoomProfile(
                name, values, controls(controls), controls(moderators.isEmpty() ? controls : moderators), variables, CodecGroup.read(node, problems)));
    }

    /// Several names are written with either a hyphen or an underscore (conference.md section 4).
    private void add(ConfigNode node, Map<ProfileParam, String> values, Map<ProfileParam, ConfigNode> origins) {
        String name = node.attribute("name", "");
        Optional<ProfileParam> param = ProfileParam.of(name);
        if (param.isEmpty()) {
            boolean video = name.startsWith("video-") || name.startsWith("scale-h264");
            problems.add(ConfigProblem.unsupported(
                    node.origin(), name + ": " + (video ? "there is no such parameter of video" : "there is no such parameter of a conference profile")));
            return;
        }
        String value = node.attribute("value", "").strip();
        origins.put(param.get(), node);
        checked(param.get(), value, node.origin()).ifPresent(used -> values.put(param.get(), used));
    }

    /// @return the value to use; empty for the default
    private Optional<String> checked(ProfileParam param, String value, ConfigNode.Origin origin) {
        switch (param) {
            case RATE -> {
                return Optional.of(value.equals(RoomProfile.AUTO) ? value : Integer.toString(rate(value, origin)));
            }
            case CHANNELS -> {
                return Optional.of(value.equals(RoomProfile.AUTO) ? value : Integer.toString(channels(value, origin)));
            }
            case CDR_EVENT_MODE -> {
                boolean known = List.of("none", "content", "file").contains(value);
                if (!known) {
                    problems.add(ConfigProblem.error(origin, "cdr-event-mode must be none, content or file"));
                }
                return known ? Optional.of(value) : Optional.empty();
            }
            case VIDEO_MODE, VIDEO_LAYOUT_NAME, VIDEO_CANVAS_SIZE, VIDEO_CANVAS_COUNT, VIDEO_FPS, VIDEO_CODEC_BANDWIDTH, VIDEO_CANVAS_BGCOLOR,
                    VIDEO_SUPER_CANVAS_BGCOLOR, VIDEO_LETTERBOX_BGCOLOR, VIDEO_BORDER_COLOR, VIDEO_BORDER_SIZE -> {
                Optional<ConfigProblem> problem = CanvasProblems.of(param, value, origin, layouts);
                problem.ifPresent(problems::add);
                return problem.isEmpty() ? Optional.of(value) : CanvasProblems.mended(param, value);
            }
            case INTERVAL -> {
                if (!value.equals("20")) {
                    problems.add(ConfigProblem.unsupported(origin, "interval " + value + ": 20 is used"));
                }
                return Optional.empty();
            }
            default -> {
                return byKind(param, value, origin);
            }
        }
    }

    private Optional<String> byKind(ProfileParam param, String value, ConfigNode.Origin origin) {
        return switch (param.kind()) {
            case NUMBER -> numberOf(param, value, origin);
            case DIGITS -> {
                if (!value.matches("[0-9]{0,30}")) {
                    // Without it the room would stand open; with it nobody comes in, and that is seen at once.
                    problems.add(ConfigProblem.error(origin, param.word() + " must be digits, 30 at most: nobody can press it"));
                }
                yield Optional.of(value);
            }
            case IDLE -> {
                if (!value.equals(param.otherwise())) {
                    problems.add(ConfigProblem.unsupported(origin, param.word() + ": " + param.summary()));
                }
                yield Optional.of(value);
            }
            case TEXT, SOUND, TRUTH -> {
                if (param == ProfileParam.CONFERENCE_FLAGS) {
                    problems.addAll(FlagProblems.ofRoom(value, origin));
                } else if (param == ProfileParam.MEMBER_FLAGS) {
                    problems.addAll(FlagProblems.ofMembers(value, origin));
                }
                yield Optional.of(value);
            }
        };
    }

    private Optional<String> numberOf(ProfileParam param, String value, ConfigNode.Origin origin) {
        if (isNoise(param) && List.of("true", "false").contains(value)) {
            return Optional.of(value.equals("true") ? NOISE : "0");
        }
        Optional<Integer> number = number(value).filter(one -> param != ProfileParam.MAX_MEMBERS || one != 1);
        if (number.isEmpty()) {
            problems.add(ConfigProblem.error(origin, param.word() + (param == ProfileParam.MAX_MEMBERS
                    ? " must be 0 or at least 2" : " must be a number, for instance " + param.otherwise())));
        }
        if (number.isPresent() && isNoise(param) && number.get() != 0 && (number.get() < 2 || number.get() > 9_999)) {
            problems.add(ConfigProblem.error(origin, param.word() + " must be true, 0, or 2 to 9999"));
            return Optional.empty();
        }
        int least = param == ProfileParam.IVR_DTMF_TIMEOUT ? MIN_DIGIT_MILLIS : 0;
        int most = param == ProfileParam.IVR_INPUT_TIMEOUT ? MAX_INPUT_MILLIS : Integer.MAX_VALUE;
        if (number.isPresent() && number.get() > most) {
            problems.add(ConfigProblem.error(origin, param.word() + " must be at most " + most));
        }
        return number.map(one -> Integer.toString(Math.clamp(one, least, most)));
    }

    private static boolean isNoise(ProfileParam param) {
        return param == ProfileParam.COMFORT_NOISE || param == ProfileParam.COMFORT_NOISE_LEVEL;
    }

    /// A rate that the mixer has, or the next one above.
    private int rate(String value, ConfigNode.Origin origin) {
        Optional<Integer> asked = number(value);
        if (asked.isEmpty() || asked.get() < RATES[0] || asked.get() > RATES[RATES.length - 1]) {
            problems.add(ConfigProblem.error(origin, "rate must be 8000, 16000, 32000, 48000 or auto"));
            return RATES[0];
        }
        for (int rate : RATES) {
            if (rate == asked.get()) {
                return rate;
            }
            if (rate > asked.get()) {
                problems.add(ConfigProblem.unsupported(origin, "rate " + value + ": " + rate + " is used"));
                return rate;
            }
        }
        return RATES[RATES.length - 1];
    }

    private int channels(String value, ConfigNode.Origin origin) {
        if (!value.equals("1") && !value.equals("2")) {
            problems.add(ConfigProblem.error(origin, "channels must be 1, 2 or auto"));
        }
        return value.equals("2") ? 2 : 1;
    }

    private static Optional<Integer> number(String value) {
        boolean digits = !value.isEmpty() && value.length() < 8 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Optional.of(Integer.parseInt(value)) : Optional.empty();
    }
}
