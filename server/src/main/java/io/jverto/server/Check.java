package io.jverto.server;

import io.jverto.base.config.ConfigProblem;
import io.jverto.base.config.ConfigProblem.Severity;
import io.jverto.server.finding.FindingReport;
import io.jverto.server.startup.LocalNames;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `jverto check`: reads a configuration without starting anything or writing a file, and says all that is wrong with it.
@Command(
        name = "jverto check",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Reads a configuration and prints errors, warnings and what is not supported, each with file and line.")
final class Check implements Callable<Integer> {
    private static final int CLEAN = 0;
    private static final int WARNED = 1;
    private static final int UNUSABLE = 2;

    private final PrintStream out;

    @Mixin
    private Folders folders = new Folders();

    Check(PrintStream out) {
        this.out = out;
    }

    public static void main(String... arguments) {
        System.exit(new CommandLine(new Check(System.out)).execute(arguments));
    }

    @Override
    public Integer call() {
        Path confDir = folders.conf();
        Path dataDir = folders.data().toAbsolutePath();
        Options options = new Options(confDir, dataDir, Folders.home(), null, false);
        Configuration.Places places = new Configuration.Places(dataDir, dataDir.resolve("tls"), "a generated password");
        List<ConfigProblem> problems = switch (Configuration.read(options, places, LocalNames.find())) {
            case Configuration.Reading.Usable(Configuration configuration) -> configuration.problems();
            case Configuration.Reading.Refused(List<ConfigProblem> refused) -> refused;
        };
        problems.stream()
                .sorted(Comparator.comparing(ConfigProblem::severity).thenComparing(problem -> problem.origin().file())
                        .thenComparing(problem -> problem.origin().line()))
                .forEach(out::println);
        long errors = count(problems, Severity.ERROR);
        out.printf("%s: %s, %s, %d not supported%n", confDir, FindingReport.counted(errors, "error"),
                FindingReport.counted(count(problems, Severity.WARNING), "warning"), count(problems, Severity.UNSUPPORTED));
        return errors > 0 ? UNUSABLE : problems.isEmpty() ? CLEAN : WARNED;
    }

    private static long count(List<ConfigProblem> problems, Severity severity) {
        return problems.stream().filter(problem -> problem.severity() == severity).count();
    }
}
