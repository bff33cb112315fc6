package io.jverto.switchboard.dialplan;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.media.plan.Sound;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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
        boolean shuffle = false;
        for (ConfigNode param : node.children("param").toList()) {
            String setting = param.attribute("name", "");
            if (setting.equals("shuffle")) {
                shuffle = param.attribute("value", "").equalsIgnoreCase("true");
            } else if (!NOT_NEEDED.contains(setting)) {
                problems.accept(ConfigProblem.unsupported(param.origin(), setting + " of a local stream is not supported; it changes nothing"));
            }
        }
        try {
            Path folder = sounds.resolve(path).normalize();
            if (!Files.isDirectory(folder)) {
                problems.accept(ConfigProblem.warning(node.origin(), "there is no folder " + folder + ": the station " + name + " is silent until there is"));
            }
            return Optional.of(new Sound.Station(name, folder, shuffle));
        } catch (InvalidPathException unusable) {
            problems.accept(ConfigProblem.error(node.origin(), "the path of the station " + name + " cannot be one: " + unusable.getMessage()));
            return Optional.empty();
        }
    }
}
