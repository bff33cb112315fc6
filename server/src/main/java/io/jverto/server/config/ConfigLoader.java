package io.jverto.server.config;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigNode.Origin;
import io.jverto.base.config.ConfigProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Loads the tree that begins at `freeswitch.xml` in the configuration folder.
public final class ConfigLoader {
    private static final String ROOT = "freeswitch.xml";

    private ConfigLoader() {}

    /// @param variables those that exist before the first line; afterwards they hold what the files set
    public static Loading load(Path confDir, Variables variables) {
        Path folder;
        Path root;
        try {
            folder = confDir.toRealPath();
            root = folder.resolve(ROOT).toRealPath();
        } catch (IOException missing) {
            Path sought = Files.isDirectory(confDir) ? confDir.resolve(ROOT) : confDir;
            return new Failed(List.of(ConfigProblem.error(
                    new Origin(sought.toString(), 0), "it cannot be read; give the folder that holds freeswitch.xml with --conf DIR")));
        }
        List<ConfigProblem> problems = new ArrayList<>();
        Optional<LoadedConfig> tree = tree(folder, confDir, root, variables, problems);
        return tree.<Loading>map(Loaded::new).orElseGet(() -> new Failed(problems));
    }

    /// @param folder the configuration folder, as a real path
    /// @param typed the same as a person named it
    /// @param root the file to begin with, a real path
    /// @param problems told what is wrong
    /// @return empty when there is an error among the problems
    static Optional<LoadedConfig> tree(Path folder, Path typed, Path root, Variables variables, List<ConfigProblem> problems) {
        FlatText text = new Preprocessor(folder, typed, variables, problems).flatten(root);
        if (problems.stream().anyMatch(ConfigLoader::isError)) {
            return Optional.empty();
        }
        Optional<ConfigNode> document = new TreeReader(text, problems).read();
        return document.map(node -> new LoadedConfig(node, problems, variables.plain()));
    }

    private static boolean isError(ConfigProblem problem) {
        return problem.severity() == ConfigProblem.Severity.ERROR;
    }

    /// What became of it.
    public sealed interface Loading {}

    /// It can be used.
    public record Loaded(LoadedConfig config) implements Loading {}

    /// It cannot.
    ///
    /// @param problems at least one of them an error
    public record Failed(List<ConfigProblem> problems) implements Loading {
        public Failed {
            problems = List.copyOf(problems);
        }
    }
}
