package io.jverto.bench.load;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A conference: members with real media, some of whom talk.
@Command(
        name = "conference",
        mixinStandardHelpOptions = true,
        description = "Lets N members call a conference, K of whom talk, with ICE, DTLS-SRTP and Opus that was encoded before, and "
                + "measures while all are in.")
final class ConferenceLoad implements Callable<Integer> {
    @Mixin
    private Target target = new Target();

    @Mixin
    private RoomOptions options = new RoomOptions();

    @Option(names = "--destination", paramLabel = "NUMBER", defaultValue = "3055", description = "number of the conference (default: ${DEFAULT-VALUE})")
    private String destination = "";

    @Override
    public Integer call() throws IOException {
        options.check();
        Report report = new Report();
        try (VertoRoom room = new VertoRoom(target, options.sockets(), destination);
                MediaPeers peers = MediaPeers.reachableFrom(target, options.mediaThreads())) {
            boolean well = new RoomLoad(options, room, peers, target.process(), (int) target.timeout().toSeconds()).run(report);
            target.publish(report);
            return well ? LoadMain.OK : LoadMain.FAILED;
        }
    }
}
