package io.jverto.switchboard.dialplan;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.media.plan.Sound;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/// `<configuration name="local_stream.conf">`: folders that play as stations (dialplan-directory.md section 10). Immutable.
public final class Stations {
    public static final Stations NONE = new Stations(Map.of());

    private static final String DEFAULT = "default";
    /// The same music may lie there in several rates; the best is taken, since all is played at 48 kHz.
    private static final List<String> RATES = List.of("/48000", "/32000", "/16000", "/8000", "");
    /// How FreeSWITCH reads its files ahead; nothing that could be heard.
    private static final Set<String> NOT_NEEDED = Set.of("rate", "channels", "interval", "timer-name", "prebuf");

    private static final int DEFAULT_CHIME_SECONDS = 30;
    private static final int MAX_CHIMES = 100;

    private final Map<String, Sound.Station> all;

    private Stations(Map<String, Sound.Station> all) {
        this.all = all;
    }

    /// @param sounds where relative paths count from
    public static Stations read(ConfigNode configuration, Path sounds, Consumer<ConfigProblem> problems) {
        Map<String, Sound.Station> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        configuration.children("directory").forEach(node -> station(node, sounds, problems).ifPresent(one -> all.put(one.name(), one)));
        return new Stations(all);
    }

    /// @return the station of that name, or the one named `default`
    public Optional<Sound.Station> find(String name) {
        return byRate(name).or(() -> byRate(DEFAULT));
    }

    private Optional<Sound.Station> byRate(String name) {
        return RATES.stream().map(rate -> name + rate).filter(all::containsKey).map(all::get).findFirst();
    }

    private static Optional<Sound.Station> station(ConfigNode node, Path sounds, Consumer<ConfigProblem> problems) {
        String name = node.attribute("name", "").trim();
        String path = node.attribute("path", "").trim();
        if (name.isEmpty() || path.isEmpty()) {
            problems.accept(ConfigProblem.error(node.origin(), "a directory of local_stream.conf needs a name and a path"));
            return Optional.empty();
        }
        try {
            boolean shuffle = false;
            int every = DEFAULT_CHIME_SECONDS;
            int most = 0;
            List<Path> chimes = new ArrayList<>();
            for (ConfigNode param : node.children("param").toList()) {
                String value = param.attribute("value", "").trim();
                switch (param.attribute("name", "")) {
                    case "shuffle" -> shuffle = value.equalsIgnoreCase("true");
                    case "chime-freq" -> every = seconds(param, value, 1, DEFAULT_CHIME_SECONDS, problems);
                    case "chime-max" -> most = seconds(param, value, 0, 0, problems);
                    case "chime-list" -> chimes.addAll(chimes(param, value, sounds, problems));
                    case String other when NOT_NEEDED.contains(other) -> { }
                    case String other ->
                            problems.accept(ConfigProblem.unsupported(param.origin(), other + " of a local stream is not supported; it changes nothing"));
                }
            }
            Path folder = sounds.resolve(path).normalize();
            if (!Files.isDirectory(folder)) {
                problems.accept(ConfigProblem.warning(node.origin(), "there is no folder " + folder + ": the station " + name + " is silent until there is"));
            }
            return Optional.of(new Sound.Station(name, folder, shuffle, chimes.isEmpty() ? Sound.Chimes.NONE : new Sound.Chimes(chimes, every, most)));
        } catch (InvalidPathException unusable) {
            problems.accept(ConfigProblem.error(node.origin(), "the path of the station " + name + ", or of one of its chimes, cannot be one: "
                    + unusable.getMessage()));
            return Optional.empty();
        }
    }

    private static int seconds(ConfigNode param, String value, int least, int otherwise, Consumer<ConfigProblem> problems) {
        if (value.matches("[0-9]{1,5}") && Integer.parseInt(value) >= least) {
            return Integer.parseInt(value);
        }
        problems.accept(ConfigProblem.warning(param.origin(), param.attribute("name", "") + " is a number of seconds from " + least + " on, not '" + value
                + "'; it is " + otherwise));
        return otherwise;
    }

    /// @return files, of which those that are not there yet are left out when their turn comes
    private static List<Path> chimes(ConfigNode param, String value, Path sounds, Consumer<ConfigProblem> problems) {
        List<Path> files = new ArrayList<>();
        for (String name : value.split(",")) {
            Path file = sounds.resolve(name.trim()).normalize();
            if (name.contains("://")) {
                problems.accept(ConfigProblem.unsupported(param.origin(), "a chime is a file, not " + name.trim()));
            } else if (!name.isBlank() && files.size() < MAX_CHIMES) {
                files.add(file);
                if (!Files.isRegularFile(file)) {
                    problems.accept(ConfigProblem.warning(param.origin(), "there is no file " + file + ": that chime is left out until there is"));
                }
            }
        }
        return files;
    }
}
