package io.jverto.server;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.config.ConfigProblem.Severity;
import io.jverto.conference.ConferenceSettings;
import io.jverto.medialoop.MediaConfig;
import io.jverto.server.config.ConfigLoader;
import io.jverto.server.config.LoadedConfig;
import io.jverto.server.config.SwitchConfig;
import io.jverto.server.config.Variables;
import io.jverto.server.startup.CannotStart;
import io.jverto.server.startup.DataFolder;
import io.jverto.server.startup.LocalNames;
import io.jverto.switchboard.dialplan.Dialplan;
import io.jverto.switchboard.dialplan.Routing;
import io.jverto.switchboard.directory.Directory;
import io.jverto.verto.profile.VertoConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The whole configuration, read and found usable.
///
/// @param problems warnings and what is not supported; no error
record Configuration(
        LoadedConfig tree,
        SwitchConfig limits,
        VertoConfig verto,
        MediaConfig media,
        ConferenceSettings conferences,
        Routing routing,
        List<ConfigProblem> problems) {
    private static final int MAX_SHOWN = 20;

    /// @throws CannotStart naming every error with file and line
    static Configuration load(Options options, DataFolder data, LocalNames names) {
        LoadedConfig tree = switch (ConfigLoader.load(options.conf(), variables(options, data, names))) {
            case ConfigLoader.Loaded loaded -> loaded.config();
            case ConfigLoader.Failed failed -> throw refused(failed.problems());
        };
        List<ConfigProblem> problems = new ArrayList<>(tree.problems());
        ConfigNode vertoConf = tree.configuration("verto.conf").orElseThrow(() -> new CannotStart(
                options.conf() + " has no configuration named verto.conf; copy conf/autoload_configs/verto.conf.xml there"));
        SwitchConfig limits = SwitchConfig.read(tree.configuration("switch.conf"), problems::add);
        VertoConfig verto = VertoConfig.read(vertoConf, problems::add);
        MediaConfig media = MediaSettings.of(limits, verto.profiles(), vertoConf.origin(), problems::add);
        ConferenceSettings conferences =
                tree.configuration("conference.conf").map(ConferenceSettings::decode).orElseGet(ConferenceSettings::none);
        problems.addAll(conferences.problems());
        Directory directory = Directory.read(tree.section("directory"), problems::add);
        Dialplan dialplan = Dialplan.read(tree.section("dialplan"), problems::add);
        if (verto.profiles().isEmpty()) {
            problems.add(ConfigProblem.error(vertoConf.origin(), "there is no profile with a listener in it; nobody could connect"));
        }
        if (problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR)) {
            throw refused(problems);
        }
        return new Configuration(tree, limits, verto, media, conferences, new Routing(directory, dialplan, tree.variables()), problems);
    }

    /// What stands before the first line (dialplan-directory.md section 1).
    private static Variables variables(Options options, DataFolder data, LocalNames names) {
        Path base = data.path();
        Variables variables = new Variables()
                .define("hostname", names.hostName())
                .define("local_ip_v4", names.ipv4())
                .define("local_ip_v6", names.ipv6())
                .define("conf_dir", options.conf().toAbsolutePath().normalize().toString())
                .define("base_dir", base.toString())
                .define("certs_dir", data.certificates().toString());
        for (String folder : List.of("run", "log", "db", "temp", "sounds", "recordings", "storage", "cache", "grammar", "script", "htdocs")) {
            variables.define(folder + "_dir", base.resolve(folder).toString());
        }
        if (options.anyPorts()) {
            variables.fix("verto_ws_port", "0").fix("verto_wss_port", "0").fix("verto_wss_ip", "127.0.0.1");
        }
        return options.password() == null
                ? variables.define("default_password", data.password())
                : variables.fix("default_password", options.password());
    }

    private static CannotStart refused(List<ConfigProblem> problems) {
        List<String> errors = problems.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .map(ConfigProblem::toString)
                .toList();
        String shown = errors.stream().limit(MAX_SHOWN).map(error -> "  " + error).collect(Collectors.joining("\n"));
        String more = errors.size() > MAX_SHOWN ? "\n  ... and " + (errors.size() - MAX_SHOWN) + " more" : "";
        return new CannotStart("the configuration cannot be used:\n" + shown + more);
    }
}
