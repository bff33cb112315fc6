package io.jverto.switchboard.port;

import java.nio.file.Path;
import java.time.Duration;

/// Writes what a channel's transport receives and sends into a file, for whoever looks why a call has no sound. Implemented by medialoop. Thread-safe.
public interface PacketCaptures {
    /// Of media without a network.
    PacketCaptures NONE = new PacketCaptures() {
        @Override
        public Result start(ChannelId channel, Wish wish) {
            return new Result.Refused("these media have no packets");
        }

        @Override
        public boolean stop(ChannelId channel) {
            return false;
        }
    };

    /// What is to be written.
    ///
    /// @param file that does not exist yet; it is readable by its owner alone
    /// @param decrypted RTP and RTCP without their encryption instead of as they were on the wire; STUN and DTLS are there in either case
    /// @param most how long it goes on at most
    /// @param mostBytes how long the file gets at most
    record Wish(Path file, boolean decrypted, Duration most, long mostBytes) {}

    /// What came of a start.
    sealed interface Result {
        /// Packets are written from now on.
        record Started() implements Result {}

        record Refused(String why) implements Result {}
    }

    /// Begins. It ends by [#stop], when the channel ends, after its time, when the file is full, or when it cannot be written; the channel's story has
    /// both beginning and end.
    Result start(ChannelId channel, Wish wish);

    /// Ends what was begun; the file is finished a moment later.
    ///
    /// @return false when nothing was
    boolean stop(ChannelId channel);
}
