package io.jverto.server.speech;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// `<configuration name="speech.conf">`: programs that speak, and that listen. Immutable; read anew on reload.
///
/// @param engines by name, the first first
/// @param recognisers by name
/// @param listenAtOnce recognisers that run at the same time
/// @param atOnce programs that run at the same time
/// @param cacheMegabytes of spoken texts that are kept; 0 keeps none
public record SpeechSettings(Map<String, Engine> engines, int atOnce, int cacheMegabytes, Map<String, Recogniser> recognisers, int listenAtOnce) {
    public static final SpeechSettings NONE = new SpeechSettings(Map.of(), 4, 100, Map.of(), 16);
    /// What stands in an argument for the voice, and for the WAV file to be written.
    static final String VOICE = "{voice}";
    static final String FILE = "{file}";
    private static final int DEFAULT_TIMEOUT = 20;
    private static final int MAX_TIMEOUT = 120;
    private static final int MAX_AT_ONCE = 64;
    private static final int MAX_LISTENING = 1_000;
    private static final int DEFAULT_RATE = 16_000;
    private static final Set<String> RATES = Set.of("8000", "16000", "32000", "48000");
    private static final int MAX_MEGABYTES = 100_000;

    /// @param command the program and its arguments, as they are, without a shell
    /// @param voice if nothing else is said
    public record Engine(String name, List<String> command, String voice, Duration timeout) {
        public Engine {
            command = List.copyOf(command);
        }
    }

    public static SpeechSettings read(Optional<ConfigNode> configuration, Consumer<ConfigProblem> problems) {
        if (configuration.isEmpty()) {
            return NONE;
        }
        Optional<ConfigNode> settings = configuration.get().child("settings");
        int atOnce = number(settings, "max-at-once", NONE.atOnce, 1, MAX_AT_ONCE, problems);
        int megabytes = number(settings, "cache-megabytes", NONE.cacheMegabytes, 0, MAX_MEGABYTES, problems);
        Map<String, Engine> engines = new LinkedHashMap<>();
        configuration.get().children("engines").flatMap(all -> all.children("engine")).forEach(node -> engine(node, problems).ifPresent(engine -> {
            if (engines.putIfAbsent(engine.name(), engine) != null) {
                problems.accept(ConfigProblem.error(node.origin(), "there are two engines " + engine.name() + "; give one of them another name"));
            }
        }));
        int listening = number(settings, "max-recognisers-at-once", NONE.listenAtOnce, 1, MAX_LISTENING, problems);
        return new SpeechSettings(engines, atOnce, megabytes, recognisers(configuration.get(), problems), listening);
    }

    private static Map<String, Recogniser> recognisers(ConfigNode configuration, Consumer<ConfigProblem> problems) {
        Map<String, Recogniser> all = new LinkedHashMap<>();
        configuration.children("recognisers").flatMap(some -> some.children("recogniser")).forEach(node -> recogniser(node, problems).ifPresent(one -> {
            if (all.putIfAbsent(one.name(), one) != null) {
                problems.accept(ConfigProblem.error(node.origin(), "there are two recognisers " + one.name() + "; give one of them another name"));
            }
        }));
        return all;
    }

    private static Optional<Recogniser> recogniser(ConfigNode node, Consumer<ConfigProblem> problems) {
        String name = node.attribute("name", "").trim();
        String rate = node.attribute("rate", String.valueOf(DEFAULT_RATE)).trim();
        List<String> command = node.children("arg").map(arg -> arg.attribute("value", "")).toList();
        String wrong = !name.matches("[^\\s{}]{1,64}") ? "a recogniser needs a name without spaces"
                : !RATES.contains(rate) ? "rate must be 8000, 16000, 32000 or 48000, not '" + rate + "'"
                : command.isEmpty() || !isAbsolute(command.getFirst()) ? "the first <arg value=\"...\"/> of a recogniser must be the full path of its program"
                : "";
        if (!wrong.isEmpty()) {
            problems.accept(ConfigProblem.error(node.origin(), wrong));
            return Optional.empty();
        }
        if (!Files.isExecutable(Path.of(command.getFirst()))) {
            problems.accept(ConfigProblem.warning(node.origin(), "there is no program " + command.getFirst() + ": the recogniser " + name + " understands nothing until there is"));
        }
        return Optional.of(new Recogniser(name, command, Integer.parseInt(rate)));
    }

    private static Optional<Engine> engine(ConfigNode node, Consumer<ConfigProblem> problems) {
        String name = node.attribute("name", "").trim();
        String voice = node.attribute("voice", "").trim();
        String timeout = node.attribute("timeout-sec", String.valueOf(DEFAULT_TIMEOUT)).trim();
        List<String> command = node.children("arg").map(arg -> arg.attribute("value", "")).toList();
        String wrong = name.isEmpty() ? "an engine needs a name"
                : !voice.isEmpty() && !SpeechPrograms.isVoice(voice) ? "voice must be a name of letters, digits and . _ + -, not '" + voice + "'"
                : !timeout.matches("[0-9]{1,3}") || Integer.parseInt(timeout) < 1 || Integer.parseInt(timeout) > MAX_TIMEOUT
                        ? "timeout-sec must be a number from 1 to " + MAX_TIMEOUT + ", not '" + timeout + "'"
                : command.isEmpty() || !isAbsolute(command.getFirst()) ? "the first <arg value=\"...\"/> of an engine must be the full path of its program"
                : command.stream().noneMatch(arg -> arg.contains(FILE)) ? "one <arg value=\"...\"/> must hold " + FILE + ", the WAV file that the program is to write"
                : "";
        if (!wrong.isEmpty()) {
            problems.accept(ConfigProblem.error(node.origin(), wrong));
            return Optional.empty();
        }
        if (!Files.isExecutable(Path.of(command.getFirst()))) {
            problems.accept(ConfigProblem.warning(node.origin(), "there is no program " + command.getFirst() + ": the engine " + name + " says nothing until there is"));
        }
        return Optional.of(new Engine(name, command, voice, Duration.ofSeconds(Integer.parseInt(timeout))));
    }

    private static boolean isAbsolute(String path) {
        try {
            return Path.of(path).isAbsolute();
        } catch (InvalidPathException none) {
            return false;
        }
    }

    private static int number(Optional<ConfigNode> settings, String name, int otherwise, int least, int most, Consumer<ConfigProblem> problems) {
        Optional<ConfigNode> param = settings.stream().flatMap(all -> all.children("param")).filter(one -> one.attribute("name", "").equals(name)).reduce((_, last) -> last);
        String value = param.map(one -> one.attribute("value", "").trim()).orElse("");
        if (param.isEmpty()) {
            return otherwise;
        }
        if (!value.matches("[0-9]{1,6}") || Integer.parseInt(value) < least || Integer.parseInt(value) > most) {
            problems.accept(ConfigProblem.error(param.get().origin(), name + " must be a number from " + least + " to " + most + ", not '" + value + "'"));
            return otherwise;
        }
        return Integer.parseInt(value);
    }
}
