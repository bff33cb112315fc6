package io.jverto.bench.load;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `./jverto bench peers`: the same room on this server and on the AudioBridge of Janus, both started here with configurations of their
/// own, on loopback, one after the other. Ends both.
@Command(
        name = "jverto bench peers",
        mixinStandardHelpOptions = true,
        description = "Puts the same room on jverto and on Janus's AudioBridge in turn, on this machine, and shows both.")
public final class PeersMain implements Callable<Integer> {
    private static final int ROOM = 3055;
    private static final int PATIENCE_SECONDS = 60;

    @Mixin
    private RoomOptions options = new RoomOptions();

    @Option(names = "--warm-up", paramLabel = "S", defaultValue = "20", description = "seconds that a room of the same size is on jverto before: Java compiles meanwhile (default: ${DEFAULT-VALUE})")
    private double warmUpSeconds;

    @Option(names = "--gc", description = "let jverto collect garbage before its memory is read")
    private boolean collect;

    @Option(names = "--json", paramLabel = "FILE", description = "write the figures there too")
    private @Nullable Path json;

    @Option(names = "--janus", paramLabel = "PROGRAM", defaultValue = "/usr/bin/janus", description = "Janus (default: ${DEFAULT-VALUE})")
    private Path janus = Path.of("");

    public static void main(String... arguments) {
        System.exit(LoadMain.run(new PeersMain(), arguments));
    }

    @Override
    public Integer call() throws IOException {
        options.check();
        Target.require(warmUpSeconds >= 0, "--warm-up");
        Path folder = Files.createTempDirectory("jverto-peers-");
        try (OwnServer ours = OwnServer.start(folder); OwnJanus theirs = OwnJanus.start(janus, folder, freePort(), ROOM)) {
            if (warmUpSeconds > 0) {
                on(ours, options.lasting(warmUpSeconds), new Report());
            }
            Report our = new Report();
            Report their = new Report();
            boolean well = on(ours, options, our);
            well &= on(theirs, options, their);
            Report.printBeside(System.out, "jverto", our, "Janus", their);
            if (json != null) {
                Report.writeBeside(json, "jverto", our, "janus", their);
            }
            return well ? LoadMain.OK : LoadMain.FAILED;
        } finally {
            OwnServer.delete(folder);
        }
    }

    private boolean on(OwnServer server, RoomOptions who, Report report) throws IOException {
        Target target = server.target();
        try (Room room = new VertoRoom(target, who.sockets(), Integer.toString(ROOM)); MediaPeers peers = new MediaPeers(ownAddress(), who.mediaThreads())) {
            return new RoomLoad(who, room, peers, server.process(collect), PATIENCE_SECONDS).run(report);
        }
    }

    private boolean on(OwnJanus server, RoomOptions who, Report report) throws IOException {
        Target target = server.target();
        try (Room room = new JanusRoom(target, who.sockets(), ROOM); MediaPeers peers = new MediaPeers(ownAddress(), who.mediaThreads())) {
            return new RoomLoad(who, room, peers, server.process(), PATIENCE_SECONDS).run(report);
        }
    }

    /// Janus has no candidates on the loopback interface; packets between addresses of one machine go over it all the same.
    private static InetAddress ownAddress() throws IOException {
        return NetworkInterface.networkInterfaces()
                .filter(each -> each.inetAddresses().noneMatch(InetAddress::isLoopbackAddress))
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address)
                .findFirst()
                .orElseThrow(() -> new CannotLoad("Janus needs an IPv4 address of this machine other than loopback"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
