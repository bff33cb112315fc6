package io.jverto.switchboard.command;

import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.PacketCaptures;
import io.jverto.switchboard.port.PacketCaptures.Result;
import io.jverto.switchboard.port.PacketCaptures.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `uuid_pcap` and `uuid_pcap_decrypted`: the packets of one call in a file. Two commands, since a right is given by the name of a command, and who may
/// see packets need not be one who may listen. Ours: the reference server has neither.
public final class CaptureCommands {
    private static final Logger log = LoggerFactory.getLogger(CaptureCommands.class);
    static final int SECONDS = 300;
    static final int MOST_SECONDS = 3_600;
    static final long MOST_BYTES = 100L << 20;
    /// In the folder; nobody deletes them but people.
    static final int MOST_FILES = 100;
    static final long MOST_IN_ALL = 2L << 30;
    private static final int NAME = 64;
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,5}");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    private final PacketCaptures captures;
    private final Supplier<Path> folder;
    private final TimeSource time;

    private CaptureCommands(PacketCaptures captures, Supplier<Path> folder, TimeSource time) {
        this.captures = captures;
        this.folder = folder;
        this.time = time;
    }

    /// @param folder of the files, made when it is needed
    public static List<ApiCommand> of(PacketCaptures captures, Supplier<Path> folder, TimeSource time) {
        CaptureCommands commands = new CaptureCommands(captures, folder, time);
        return List.of(
                ApiCommand.of("uuid_pcap", arguments -> commands.run("uuid_pcap", false, arguments)),
                ApiCommand.of("uuid_pcap_decrypted", arguments -> commands.run("uuid_pcap_decrypted", true, arguments)));
    }

    private String run(String name, boolean decrypted, String arguments) {
        String[] words = arguments.trim().split("\\s+");
        boolean starts = words.length >= 2 && words[1].equalsIgnoreCase("start");
        boolean stops = words.length == 2 && words[1].equalsIgnoreCase("stop");
        int seconds = words.length < 3 ? SECONDS : DIGITS.matcher(words[2]).matches() ? Integer.parseInt(words[2]) : 0;
        if (!starts && !stops || words.length > 3 || seconds < 1 || seconds > MOST_SECONDS) {
            return "-USAGE: " + name + " <uuid> start [<seconds, 1 to " + MOST_SECONDS + ">]|stop\n";
        }
        ChannelId channel = new ChannelId(words[0]);
        if (stops) {
            return captures.stop(channel) ? "+OK\n" : "-ERR nothing of this call is written\n";
        }
        return start(channel, decrypted, Duration.ofSeconds(seconds));
    }

    private String start(ChannelId channel, boolean decrypted, Duration most) {
        Path place = folder.get();
        try {
            Files.createDirectories(place.getParent());
            if (!Files.isDirectory(place)) {
                Files.createDirectory(place, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            if (isFull(place)) {
                return "-ERR " + place + " has " + MOST_FILES + " files, or " + (MOST_IN_ALL >> 30) + " GB: delete what is not needed any more\n";
            }
        } catch (IOException trouble) {
            return "-ERR the folder " + place + " cannot be used: " + trouble.getMessage() + "\n";
        }
        Path file = place.resolve(fileName(channel, decrypted));
        return switch (captures.start(channel, new Wish(file, decrypted, most, MOST_BYTES))) {
            case Result.Started _ -> {
                log.info("channel {}: its packets are written{} to {}", channel, decrypted ? ", decrypted," : "", file);
                yield "+OK " + file + "\n";
            }
            case Result.Refused(String why) -> "-ERR " + why + "\n";
        };
    }

    private static boolean isFull(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            List<Path> all = files.limit(MOST_FILES).toList();
            long bytes = 0;
            for (Path file : all) {
                bytes += Files.size(file);
            }
            return all.size() >= MOST_FILES || bytes >= MOST_IN_ALL;
        }
    }

    /// The client chose the id: nothing of it may lead elsewhere.
    private String fileName(ChannelId channel, boolean decrypted) {
        String plain = channel.value().replaceAll("[^A-Za-z0-9-]", "_");
        return plain.substring(0, Math.min(NAME, plain.length())) + "-" + STAMP.format(time.wallTime()) + (decrypted ? "-decrypted" : "") + ".pcap";
    }
}
