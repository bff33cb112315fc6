package io.jverto.server;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.config.ConfigProblem.Severity;
import io.jverto.base.net.NetworkLists;
import io.jverto.conference.ConferenceSettings;
import io.jverto.conference.layout.Layouts;
import io.jverto.medialoop.MediaConfig;
import io.jverto.server.config.AclConf;
import io.jverto.server.config.ActionReport;
import io.jverto.server.config.ConfigLoader;
import io.jverto.server.config.ContextReport;
import io.jverto.server.config.DialplanFiles;
import io.jverto.server.config.DirectoryReport;
import io.jverto.server.config.LoadedConfig;
import io.jverto.server.config.NameReport;
import io.jverto.server.config.SwitchConfig;
import io.jverto.server.config.TreeReport;
import io.jverto.server.config.UserNetworks;
import io.jverto.server.config.Variables;
import io.jverto.server.eventsocket.EventSocketConfig;
import io.jverto.server.metrics.MetricsConfig;
import io.jverto.server.records.RecordSettings;
import io.jverto.server.startup.CannotStart;
import io.jverto.server.startup.DataFolder;
import io.jverto.server.startup.LocalNames;
import io.jverto.server.users.TokenDeskConfig;
import io.jverto.sip.profile.SofiaConfig;
import io.jverto.switchboard.application.RecognitionApplications;
import io.jverto.switchboard.application.ShellApplications;
import io.jverto.switchboard.dialplan.Dialplan;
import io.jverto.switchboard.dialplan.Routing;
import io.jverto.switchboard.dialplan.Stations;
import io.jverto.switchboard.dialplan.Step;
import io.jverto.switchboard.directory.Directory;
import io.jverto.switchboard.directory.DirectorySource;
import io.jverto.verto.profile.VertoConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The whole configuration, read and found usable.
///
/// @param problems warnings and what is not supported; no error
record Configuration(
        LoadedConfig tree,
        SwitchConfig limits,
        VertoConfig verto,
        SofiaConfig sip,
        MediaConfig media,
        ConferenceSettings conferences,
        Routing routing,
        Dialogues dialogues,
        RecordSettings records,
        List<ConfigProblem> problems) {
    private static final String EVENT_SOCKET = "event_socket.conf";
    private static final String METRICS = "metrics.conf";
    private static final String TOKEN_DESK = "token_desk.conf";
    private static final int MAX_SHOWN = 20;
    /// Folder of our own prompts among the sounds that come along.
    private static final String VOICE = "en/us/jverto";

    /// @throws CannotStart naming every error with file and line
    static Configuration load(Options options, DataFolder data, LocalNames names) {
        return load(options, data, names, new UserNetworks());
    }

    /// @param users what those of the database name
    /// @throws CannotStart naming every error with file and line
    static Configuration load(Options options, DataFolder data, LocalNames names, UserNetworks users) {
        String password = options.password() == null ? data.password() : options.password();
        return switch (read(options, new Places(data.path(), data.certificates(), password, users), names)) {
            case Reading.Usable(Configuration configuration) -> configuration;
            case Reading.Refused(List<ConfigProblem> problems) -> throw refused(problems);
        };
    }

    /// @return empty when there is no such configuration
    Optional<EventSocketConfig> eventSocket() {
        return EventSocketConfig.read(tree.configuration(EVENT_SOCKET), routing.networks(), problem -> { });
    }

    /// @return empty when there is no such configuration
    Optional<MetricsConfig> metrics() {
        return MetricsConfig.read(tree.configuration(METRICS), routing.networks(), problem -> { });
    }

    /// @return empty when there is no such configuration, or no secret in it
    Optional<TokenDeskConfig> tokenDesk() {
        return TokenDeskConfig.read(tree.configuration(TOKEN_DESK), routing.networks(), problem -> { });
    }

    /// @return the same, with further users behind those of the tree
    Configuration with(DirectorySource users) {
        Routing further = routing.with(routing.directory().with(users));
        return new Configuration(tree, limits, verto, sip, media, conferences, further, dialogues, records, problems);
    }

    /// What became of a tree.
    sealed interface Reading {
        record Usable(Configuration configuration) implements Reading {}

        /// @param problems at least one error among them
        record Refused(List<ConfigProblem> problems) implements Reading {}
    }

    /// What the machine adds to a tree.
    ///
    /// @param data where the server writes
    /// @param password of the default users
    /// @param users what the `cidr` of users in the database name
    record Places(Path data, Path certificates, String password, UserNetworks users) {
        Places(Path data, Path certificates, String password) {
            this(data, certificates, password, new UserNetworks());
        }
    }

    /// Reads a tree; writes nothing.
    static Reading read(Options options, Places places, LocalNames names) {
        return switch (ConfigLoader.load(options.conf(), variables(options, places, names))) {
            case ConfigLoader.Loaded loaded -> read(options, loaded.config(), places.users());
            case ConfigLoader.Failed failed -> new Reading.Refused(failed.problems());
        };
    }

    private static Reading read(Options options, LoadedConfig tree, UserNetworks users) {
        List<ConfigProblem> problems = new ArrayList<>(tree.problems());
        Optional<ConfigNode> found = tree.configuration("verto.conf");
        if (found.isEmpty()) {
            problems.add(ConfigProblem.error(new ConfigNode.Origin(options.conf().toString(), 0),
                    "there is no configuration named verto.conf; copy conf/autoload_configs/verto.conf.xml there"));
            return new Reading.Refused(problems);
        }
        ConfigNode vertoConf = found.get();
        SwitchConfig limits = SwitchConfig.read(tree.configuration("switch.conf"), problems::add);
        NetworkLists networks = AclConf.read(tree.configuration("acl.conf"), tree.section("directory"), users, problems::add);
        VertoConfig verto = VertoConfig.read(vertoConf, networks, problems::add);
        EventSocketConfig.read(tree.configuration(EVENT_SOCKET), networks, problems::add);
        MetricsConfig.read(tree.configuration(METRICS), networks, problems::add);
        TokenDeskConfig.read(tree.configuration(TOKEN_DESK), networks, problems::add);
        SofiaConfig sip = tree.configuration("sofia.conf").map(node -> SofiaConfig.read(node, networks, problems::add)).orElse(SofiaConfig.NONE);
        MediaConfig media = MediaSettings.of(limits, verto.profiles(), networks, vertoConf.origin(), problems::add);
        Layouts layouts = tree.configuration("conference_layouts.conf").map(Layouts::decode).orElseGet(Layouts::grids);
        problems.addAll(layouts.problems());
        ConferenceSettings conferences = tree.configuration("conference.conf").map(node -> ConferenceSettings.decode(node, layouts))
                .orElseGet(ConferenceSettings::none);
        problems.addAll(conferences.problems());
        Directory directory = Directory.read(tree.section("directory"), problems::add);
        Dialplan dialplan = Dialplan.read(tree.section("dialplan"), problems::add);
        Stations stations = tree.configuration("local_stream.conf")
                .map(node -> Stations.read(node, Path.of(tree.variables().getOrDefault("sounds_dir", "")), problems::add))
                .orElse(Stations.NONE);
        Dialogues dialogues = Dialogues.read(tree, problems::add);
        RecordSettings records =
                RecordSettings.read(tree::configuration, Path.of(tree.variables().getOrDefault("log_dir", "log")), problems::add);
        problems.addAll(TreeReport.of(tree));
        problems.addAll(DirectoryReport.of(tree.section("directory")));
        List<Step> actions = Stream.concat(dialplan.actions().stream(), dialogues.menus().applications().stream()).toList();
        problems.addAll(ContextReport.of(
                Stream.concat(Stream.of(vertoConf, tree.section("directory")), tree.configuration("sofia.conf").stream()), actions, dialplan));
        problems.addAll(ActionReport.of(actions, off(limits, dialogues)));
        problems.addAll(NameReport.of(actions, dialogues.menus(), conferences));
        problems.addAll(DialStringProblems.of(actions, tree, sip));
        if (problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR)) {
            return new Reading.Refused(problems);
        }
        Routing routing = new Routing(directory, dialplan, tree.variables(), Map.of(), stations,
                new DialplanFiles(options.conf(), tree.variables()), networks);
        return new Reading.Usable(
                new Configuration(tree, limits, verto, sip, media, conferences, routing, dialogues, records, problems));
    }

    /// @return applications that this configuration makes nothing of, and why
    private static Map<String, String> off(SwitchConfig limits, Dialogues dialogues) {
        Map<String, String> off = new HashMap<>();
        if (!limits.shell().allowed()) {
            ShellApplications.NAMES.forEach(name -> off.put(name,
                    "the param dialplan-shell of switch.conf allows it; a call that comes to it ends with DESTINATION_OUT_OF_ORDER"));
        }
        if (dialogues.speech().recognisers().isEmpty()) {
            RecognitionApplications.NAMES.forEach(name -> off.put(name,
                    "no recogniser is configured in speech.conf; a call that comes to it goes on, and nothing is understood"));
        }
        return off;
    }

    /// What stands before the first line (dialplan-directory.md section 1).
    private static Variables variables(Options options, Places places, LocalNames names) {
        Path base = places.data();
        Variables variables = new Variables()
                .define("hostname", names.hostName())
                .define("local_ip_v4", names.ipv4())
                .define("local_ip_v6", names.ipv6())
                .define("conf_dir", options.conf().toAbsolutePath().normalize().toString())
                .define("base_dir", base.toString())
                .define("certs_dir", places.certificates().toString());
        for (String folder : List.of("run", "log", "db", "temp", "sounds", "recordings", "storage", "cache", "grammar", "script", "htdocs", "mod",
                "fonts", "images")) {
            variables.define(folder + "_dir", base.resolve(folder).toString());
        }
        variables.define("zrtp_enabled", "false").define("spawn_instead_of_system", "false")
                .define("core_uuid", UUID.nameUUIDFromBytes((names.hostName() + " " + base).getBytes(StandardCharsets.UTF_8)).toString());
        if (options.anyPorts()) {
            variables.fix("verto_ws_port", "0").fix("verto_wss_port", "0").fix("verto_wss_ip", "127.0.0.1").fix("event_socket_port", "0").fix("metrics_port", "0")
                    .fix("internal_sip_port", "0").fix("external_sip_port", "0").fix("sip_profiles", "none");
        }
        Path sounds = Path.of(System.getProperty("jverto.sounds", "sounds")).toAbsolutePath();
        variables.define("prompts_dir", sounds.resolve(VOICE).toString());
        if (Files.isDirectory(sounds)) {
            variables.define("sounds_dir", sounds.toString());
        }
        return options.password() == null
                ? variables.define("default_password", places.password())
                : variables.fix("default_password", places.password());
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
