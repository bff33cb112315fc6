package io.jverto.server.config;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.switchboard.dialplan.Dialplan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Dialplans in files of their own, `XML:<file>` (dialplan-directory.md section 5.1): an XML document with `<section name="dialplan">` in it.
/// A file is read when a call first asks for it and kept until the configuration is read anew; none outside of the configuration folder is
/// read, by whatever dots or links. Thread-safe; waits for the disk.
public final class DialplanFiles implements Function<String, Optional<Dialplan>> {
    private static final Logger log = LoggerFactory.getLogger(DialplanFiles.class);
    private static final int MAX_FILES = 64;

    private final Path confDir;
    private final Map<String, String> globals;
    private final ConcurrentHashMap<String, Optional<Dialplan>> read = new ConcurrentHashMap<>();

    /// @param globals what `$${...}` in the files stands for
    public DialplanFiles(Path confDir, Map<String, String> globals) {
        this.confDir = confDir;
        this.globals = globals;
    }

    @Override
    public Optional<Dialplan> apply(String file) {
        Optional<Dialplan> known = read.get(file);
        if (known == null && read.size() >= MAX_FILES) {
            log.warn("more than {} dialplan files are asked for; this one is not read: {}", MAX_FILES, shown(file));
            return Optional.empty();
        }
        return known == null ? read.computeIfAbsent(file, this::read) : known;
    }

    private Optional<Dialplan> read(String file) {
        try {
            Path folder = confDir.toRealPath();
            Path real = folder.resolve(file).toRealPath();
            if (!real.startsWith(folder) || !Files.isRegularFile(real)) {
                log.warn("the dialplan file {} is not in the configuration folder", shown(file));
                return Optional.empty();
            }
            return read(folder, real);
        } catch (IOException | InvalidPathException missing) {
            log.warn("there is no dialplan file {}; a relative path counts from the configuration folder", shown(file));
            return Optional.empty();
        }
    }

    private Optional<Dialplan> read(Path folder, Path file) {
        Variables variables = new Variables();
        globals.forEach(variables::define);
        List<ConfigProblem> problems = new ArrayList<>();
        Optional<LoadedConfig> tree = ConfigLoader.tree(folder, confDir, file, variables, problems);
        Optional<Dialplan> dialplan = tree.map(document -> Dialplan.read(section(document), problems::add));
        problems.forEach(problem -> log.warn("{}", problem));
        return dialplan;
    }

    /// `<include>` around it is gone by now.
    private static ConfigNode section(LoadedConfig tree) {
        return tree.document().name().equals("section") ? tree.document() : tree.section("dialplan");
    }

    private static String shown(String file) {
        return file.replaceAll("[^\\p{Graph} ]", "?");
    }
}
