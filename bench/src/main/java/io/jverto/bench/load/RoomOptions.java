package io.jverto.bench.load;

import picocli.CommandLine.Option;

/// Who is in a room, and for how long: the same on whatever server.
final class RoomOptions {
    private static final int MAX_MEMBERS = 10_000;
    private static final int MAX_THREADS = 64;

    @Option(names = "--members", paramLabel = "N", defaultValue = "25", description = "members of the room (default: ${DEFAULT-VALUE})")
    private int members;

    @Option(names = "--talkers", paramLabel = "K", defaultValue = "3", description = "of them talk all the time (default: ${DEFAULT-VALUE})")
    private int talkers;

    @Option(names = "--muted", description = "who does not talk has his track muted and sends digital silence; without it the noise of a quiet room")
    private boolean muted;

    @Option(names = "--dtx", description = "who does not talk sends one packet each 400 ms; without it 50 a second")
    private boolean dtx;

    @Option(names = "--stereo", description = "members take two channels, as the page does; without it one")
    private boolean stereo;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "20", description = "for how long is measured (default: ${DEFAULT-VALUE})")
    private double seconds;

    @Option(names = "--settle", paramLabel = "S", defaultValue = "5", description = "seconds from the last one's first sound to the measuring (default: ${DEFAULT-VALUE})")
    private double settleSeconds;

    @Option(names = "--join-rate", paramLabel = "R", defaultValue = "50", description = "members that come in a second (default: ${DEFAULT-VALUE})")
    private double joinRate;

    @Option(names = "--sockets", paramLabel = "M", description = "connections that the members share (default: one for each)")
    private int sockets;

    @Option(names = "--media-threads", paramLabel = "T", description = "threads of the members' media (default: one for each 300 members, at most one for each processor)")
    private int mediaThreads;

    @Option(names = "--warm-up-members", paramLabel = "N", defaultValue = "0", description = "members that come and go before: Java compiles what a call needs, here too (default: ${DEFAULT-VALUE})")
    private int warmUp;

    @Option(names = "--sample", paramLabel = "S", description = "print the server's memory each S seconds while it is measured: whether it grows in an hour (with --gc: its live heap)")
    private double sampleSeconds;

    void check() {
        Target.require(members > 0 && members <= MAX_MEMBERS, "--members");
        Target.require(talkers >= 0 && talkers <= members, "--talkers");
        Target.require(seconds > 0, "--seconds");
        Target.require(settleSeconds >= 0, "--settle");
        Target.require(joinRate > 0, "--join-rate");
        Target.require(sockets >= 0, "--sockets");
        Target.require(mediaThreads >= 0 && mediaThreads <= MAX_THREADS, "--media-threads");
        Target.require(sampleSeconds >= 0, "--sample");
        Target.require(warmUp >= 0 && warmUp <= members, "--warm-up-members");
    }

    /// @return the same, measured for another time
    RoomOptions lasting(double otherSeconds) {
        RoomOptions other = new RoomOptions();
        other.members = members;
        other.talkers = talkers;
        other.muted = muted;
        other.dtx = dtx;
        other.stereo = stereo;
        other.seconds = otherSeconds;
        other.joinRate = joinRate;
        other.sockets = sockets;
        other.mediaThreads = mediaThreads;
        return other;
    }

    int members() {
        return members;
    }

    int talkers() {
        return talkers;
    }

    boolean stereo() {
        return stereo;
    }

    /// @return what those say who do not talk
    Clip silence() {
        Clip clip = muted ? Clip.muted() : Clip.room();
        return dtx ? clip.sparse() : clip;
    }

    double seconds() {
        return seconds;
    }

    double settleSeconds() {
        return settleSeconds;
    }

    double joinRate() {
        return joinRate;
    }

    int mediaThreads() {
        return mediaThreads == 0 ? MediaPeers.threadsFor(members) : mediaThreads;
    }

    int warmUp() {
        return warmUp;
    }

    /// @return between two samples of the server's memory; 0 for none
    double sampleSeconds() {
        return sampleSeconds;
    }

    int sockets() {
        return sockets == 0 ? members : Math.min(sockets, members);
    }
}
