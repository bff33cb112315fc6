package io.jverto.server.doctor;

import com.sun.management.UnixOperatingSystemMXBean;
import io.jverto.media.frame.Vpx;
import io.jverto.media.speex.SpeexLibrary;
import io.jverto.medialoop.tick.RealTime;
import io.jverto.server.finding.Finding;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The machine below the server: files and who may read them, room, limits, clock.
final class SystemCheck {
    private static final long LEAST_DISK = 200L << 20;
    private static final long LEAST_FILES = 4_096;
    /// What the media ports ask for.
    private static final long WANTED_BUFFER = 4L << 20;
    private static final Duration CLOCK_DIFFERENCE = Duration.ofHours(1);
    private static final int MAX_SECRETS = 10_000;

    private final Path conf;
    private final Path data;
    private final Instant now;

    SystemCheck(Path conf, Path data, Instant now) {
        this.conf = conf;
        this.data = data;
        this.now = now;
    }

    List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(files());
        disk().ifPresent(findings::add);
        findings.add(clock());
        findings.add(openFiles());
        buffer().ifPresent(findings::add);
        findings.add(memory());
        findings.add(priority());
        findings.add(pictures());
        findings.add(cleaning());
        return findings;
    }

    private List<Finding> files() {
        List<Finding> findings = new ArrayList<>();
        if (!Files.exists(data)) {
            findings.add(Finding.fine("files", "there is no data folder " + data + " yet; the first start makes it"));
        } else if (!Files.isWritable(data)) {
            findings.add(Finding.error("files", data + " cannot be written to by this user", "the server does not start",
                    "run it as the owner of the folder, or name another: --data DIR"));
        } else {
            List<Path> open = secrets().stream().filter(SystemCheck::isReadableByAll).toList();
            findings.add(open.isEmpty()
                    ? Finding.fine("files", "secrets in " + data + " are readable by their owner alone")
                    : Finding.error("files", "everybody on this machine can read " + open.getFirst() + (open.size() > 1 ? " and " + (open.size() - 1) + " more" : ""),
                            "whoever reads it can log in, or pretend to be the server", "chmod 600 " + open.getFirst()));
        }
        try (Stream<Path> all = Files.walk(conf).limit(MAX_SECRETS)) {
            all.filter(SystemCheck::isWritableByAll).findFirst().ifPresent(file -> findings.add(Finding.error("files", "everybody on this machine can change " + file,
                    "anybody can make himself a user, or let calls go anywhere", "chmod o-w " + file)));
        } catch (IOException unreadable) {
            findings.add(Finding.error("files", conf + " cannot be read: " + unreadable.getMessage(), "the server does not start", "name another folder: --conf DIR"));
        }
        return findings;
    }

    private List<Path> secrets() {
        return Stream.of("default_password", "event_socket_password", "run/event_socket", "tls/wss.pem", "tls/dtls-srtp.pem", "tls/ca.key", "tls/acme-account.pem",
                        "db/jverto.mv.db")
                .map(data::resolve).filter(Files::exists).toList();
    }

    private static boolean isReadableByAll(Path file) {
        return has(file, PosixFilePermission.OTHERS_READ) && reachableByAll(file.toAbsolutePath().getParent());
    }

    private static boolean isWritableByAll(Path file) {
        return !Files.isSymbolicLink(file) && has(file, PosixFilePermission.OTHERS_WRITE);
    }

    /// A file in a folder that nobody else may enter is safe whatever its own mode.
    private static boolean reachableByAll(Path folder) {
        for (Path one = folder; one != null; one = one.getParent()) {
            if (!has(one, PosixFilePermission.OTHERS_EXECUTE)) {
                return false;
            }
        }
        return true;
    }

    private static boolean has(Path file, PosixFilePermission permission) {
        try {
            Set<PosixFilePermission> all = Files.getPosixFilePermissions(file);
            return all.contains(permission);
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    private Optional<Finding> disk() {
        Path there = data.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        try {
            FileStore store = Files.getFileStore(there == null ? Path.of("/") : there);
            long free = store.getUsableSpace();
            return Optional.of(free >= LEAST_DISK
                    ? Finding.fine("disk", (free >> 20) + " MB are free for " + data)
                    : Finding.error("disk", "only " + (free >> 20) + " MB are free for " + data, "recordings, voicemail and call records are lost, the server may not start",
                            "make room, or name a folder on another disk: --data DIR"));
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    private Finding clock() {
        try (Stream<Path> all = Files.walk(conf).limit(MAX_SECRETS)) {
            Optional<Path> future = all.filter(file -> time(file).isAfter(now.plus(CLOCK_DIFFERENCE))).findFirst();
            if (future.isPresent()) {
                return Finding.error("clock", "it is " + now + " here, before " + future.get() + " was written", "certificates, passwords for TURN and tokens count at wrong times",
                        "set the clock: timedatectl set-ntp true");
            }
        } catch (IOException told) {
            // the files are complained of by themselves
        }
        return switch (synchronised()) {
            case "yes" -> Finding.fine("clock", "it is " + now + ", set by the network");
            case "no" -> Finding.warning("clock", "it is " + now + ", and nothing keeps the clock right", "it drifts: certificates, passwords for TURN and call records count at wrong times",
                    "timedatectl set-ntp true");
            default -> Finding.fine("clock", "it is " + now);
        };
    }

    private static Instant time(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException unknown) {
            return Instant.MIN;
        }
    }

    /// @return `yes`, `no`, or nothing where systemd does not know
    private static String synchronised() {
        try {
            Process process = new ProcessBuilder("timedatectl", "show", "-p", "NTPSynchronized", "--value").redirectErrorStream(true).start();
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "";
            }
            return new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII).strip();
        } catch (IOException none) {
            return "";
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static Finding openFiles() {
        long most = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix ? unix.getMaxFileDescriptorCount() : Long.MAX_VALUE;
        return most >= LEAST_FILES
                ? Finding.fine("limits", "a process may have " + most + " files and connections open")
                : Finding.warning("limits", "a process may have only " + most + " files and connections open", "from about " + (most - 200) + " clients on others are refused",
                        "ulimit -n 65536 before the start, or LimitNOFILE=65536 in the unit");
    }

    private static Optional<Finding> buffer() {
        // Of a file without a length some systems give only the first byte to whoever asks for one.
        try (BufferedReader reader = Files.newBufferedReader(Path.of("/proc/sys/net/core/rmem_max"))) {
            long most = Long.parseLong(String.valueOf(reader.readLine()).strip());
            return Optional.of(most >= WANTED_BUFFER
                    ? Finding.fine("limits", "UDP sockets may hold " + most + " bytes")
                    : Finding.warning("limits", "UDP sockets may hold " + most + " bytes, not the " + WANTED_BUFFER + " that media ports ask for",
                            "from some hundred calls on bursts of packets are lost: sound has gaps",
                            "sysctl -w net.core.rmem_max=" + WANTED_BUFFER + " net.core.wmem_max=" + WANTED_BUFFER));
        } catch (IOException | NumberFormatException notLinux) {
            return Optional.empty();
        }
    }

    private static Finding pictures() {
        return Vpx.version().map(version -> Finding.fine("libraries", "rooms can have canvases, by libvpx " + version)).orElseGet(() -> Finding.warning("libraries",
                "libvpx cannot be used: " + Vpx.obstacle(), "rooms that want a canvas show who talks", "on Debian 13: apt-get install libvpx9, on 12: apt-get install libvpx7"));
    }

    /// Whoever wants that in his dialplan is told by `check`.
    private static Finding cleaning() {
        return Finding.fine("libraries", SpeexLibrary.obstacle()
                .map(obstacle -> "for preprocess to take noise and echo out of calls: apt-get install libspeexdsp1 (" + obstacle + ")")
                .orElse("preprocess can take noise and echo out of calls, by libspeexdsp"));
    }

    private static Finding memory() {
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        int cores = Runtime.getRuntime().availableProcessors();
        return heap >= 200
                ? Finding.fine("limits", cores + " processors, " + heap + " MB of memory for Java")
                : Finding.warning("limits", "Java may have only " + heap + " MB of memory", "a few hundred clients are the most", "JVERTO_JAVA_OPTS=-Xmx512m");
    }

    /// Most who try it on their own machine do not have it, and do not need it there.
    private static Finding priority() {
        return Finding.fine("limits", RealTime.isGiven()
                ? "rooms are mixed before anything else on this machine is done (real-time priority)"
                : "rooms are mixed when their turn comes: where other programs keep all processors busy, sound has gaps. LimitRTPRIO=10 in the unit, or two"
                        + " processors where there is one, is what helps");
    }
}
