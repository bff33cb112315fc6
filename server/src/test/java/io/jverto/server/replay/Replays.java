package io.jverto.server.replay;

import io.jverto.testkit.time.VirtualTime;
import io.jverto.testkit.transcript.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every recording, played once, beside the list of the differences that are known.
public final class Replays {
    private static final Path FOLDER = Path.of("src/test/resources/replay");

    private final List<Played> played;
    private final KnownDifferences known;

    private record Played(String name, Set<Difference> differences) {}

    private Replays(List<Played> played, KnownDifferences known) {
        this.played = played;
        this.known = known;
    }

    /// A server to play one recording on.
    public interface Server extends Stage, AutoCloseable {
        @Override
        void close();
    }

    /// @param servers makes a server in its own time, for the recording of that name
    public static Replays play(BiFunction<VirtualTime, String, Server> servers) throws IOException {
        List<Played> played = new ArrayList<>();
        for (String name : recordings()) {
            VirtualTime time = new VirtualTime();
            try (Server server = servers.apply(time, name)) {
                played.add(new Played(name, Replay.play(Recording.read(FOLDER, name), time, server)));
            }
        }
        return new Replays(played, KnownDifferences.read(FOLDER.resolve("differences.txt")));
    }

    public Stream<String> names() {
        return played.stream().map(Played::name);
    }

    /// @return what differs in that recording without being listed
    public List<String> unexplained(String name) {
        return all().filter(difference -> difference.scenario().equals(name) && known.explaining(difference).isEmpty())
                .map(Difference::toString)
                .toList();
    }

    /// @return what fits several entries
    public List<String> explainedTwice() {
        return all().filter(difference -> known.explaining(difference).size() > 1)
                .map(difference -> difference + ": " + known.explaining(difference))
                .toList();
    }

    /// @return entries that fit nothing
    public List<String> stale() {
        return known.entries().stream()
                .filter(entry -> all().noneMatch(entry::explains))
                .map(KnownDifferences.Entry::toString)
                .toList();
    }

    /// @return numbers of the explanations
    public Set<String> numbers() {
        return known.entries().stream().map(KnownDifferences.Entry::number).collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<Difference> all() {
        return played.stream().flatMap(one -> one.differences().stream());
    }

    private static List<String> recordings() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".replay"))
                    .map(file -> FOLDER.relativize(file).toString().replaceFirst("\\.replay$", "").replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }
}
