package io.jverto.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The server's process, when it runs on this machine: found by the port that it listens on or takes datagrams at.
final class ServerProcess {
    private static final Path PROC = Path.of("/proc");
    private static final String LISTENING = "0A";
    private static final String UNCONNECTED = "07";
    private static final Pattern HEAP_USED = Pattern.compile("used (\\d+)K");

    private final long pid;
    private final boolean collect;

    ServerProcess(long pid, boolean collect) {
        this.pid = pid;
        this.collect = collect;
    }

    long pid() {
        return pid;
    }

    static OptionalLong listeningOn(int port) {
        return holding(port, LISTENING, "net/tcp", "net/tcp6");
    }

    static OptionalLong takingUdpOn(int port) {
        return holding(port, UNCONNECTED, "net/udp", "net/udp6");
    }

    private static OptionalLong holding(int port, String state, String... tables) {
        Set<String> sockets = Stream.of(tables)
                .map(PROC::resolve)
                .flatMap(table -> inodes(table, port, state))
                .map(inode -> "socket:[" + inode + "]")
                .collect(Collectors.toSet());
        try (Stream<Path> processes = Files.list(PROC)) {
            return processes
                    .filter(process -> process.getFileName().toString().chars().allMatch(Character::isDigit))
                    .filter(process -> holds(process, sockets))
                    .mapToLong(process -> Long.parseLong(process.getFileName().toString()))
                    .findFirst();
        } catch (IOException noProc) {
            return OptionalLong.empty();
        }
    }

    /// @param table a file like `/proc/net/tcp`
    private static Stream<String> inodes(Path table, int port, String state) {
        String suffix = ":%04X".formatted(port);
        try {
            return Files.readAllLines(table).stream()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(field -> field.length > 9 && field[1].endsWith(suffix) && field[3].equals(state))
                    .map(field -> field[9]);
        } catch (IOException noProc) {
            return Stream.empty();
        }
    }

    private static boolean holds(Path process, Set<String> sockets) {
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            return files.anyMatch(file -> target(file).filter(sockets::contains).isPresent());
        } catch (IOException notOurs) {
            return false;
        }
    }

    private static Optional<String> target(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link).toString());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    ServerSample sample() {
        return sample(collect ? collectedHeap() : 0);
    }

    /// Without the heap.
    ServerSample glance() {
        return sample(0);
    }

    private ServerSample sample(long heap) {
        Path process = PROC.resolve(Long.toString(pid));
        try {
            return ServerSample.parse(
                    System.nanoTime(), Files.readString(process.resolve("stat")), Files.readString(process.resolve("status")), heap);
        } catch (IOException gone) {
            throw new CannotLoad("the server's process " + pid + " cannot be read: has it ended?");
        }
    }

    private long collectedHeap() {
        jcmd("GC.run");
        Matcher used = HEAP_USED.matcher(jcmd("GC.heap_info"));
        return used.find() ? Long.parseLong(used.group(1)) : 0;
    }

    private String jcmd(String command) {
        String tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process run = new ProcessBuilder(tool, Long.toString(pid), command).redirectErrorStream(true).start();
            String said = new String(run.getInputStream().readAllBytes());
            if (run.waitFor() != 0) {
                throw new CannotLoad("--gc needs a server in Java that this user may ask: " + said.strip());
            }
            return said;
        } catch (IOException | InterruptedException noTool) {
            throw new CannotLoad("--gc needs jcmd: " + noTool.getMessage());
        }
    }
}
