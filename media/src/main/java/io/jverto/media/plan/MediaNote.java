package io.jverto.media.plan;

import java.net.InetSocketAddress;

/// What a transport tells of itself beside what the call depends on, for whoever asks later why it failed. A few for each call, none for a packet
/// as such.
public sealed interface MediaNote {
    /// ICE has chosen a pair: media go there from now on.
    ///
    /// @param tcp over a TCP connection of the peer (RFC 6544)
    record PathFound(InetSocketAddress remote, IceTally tally, boolean tcp) implements MediaNote {
        /// Over UDP, as far as is known.
        public PathFound(InetSocketAddress remote, IceTally tally) {
            this(remote, tally, false);
        }
    }

    /// ICE has failed: nobody answered, or nobody does any more.
    record PathLost(IceTally tally) implements MediaNote {}

    /// The transport is closed, and ICE had neither found a path nor given up.
    record PathMissing(IceTally tally) implements MediaNote {}

    /// A DTLS handshake begins; we play this role.
    record HandshakeBegun(DtlsRole role) implements MediaNote {}

    /// It led to no keys.
    ///
    /// @param why one of our own words for it, such as `FINGERPRINT_MISMATCH`
    record HandshakeFailed(String why) implements MediaNote {}

    /// The first packet of RTP of the peer that was authentic.
    record FirstReceived() implements MediaNote {}

    /// The first packet of sound that went to the peer.
    record FirstSent() implements MediaNote {}

    /// Packets are written to a file from now on.
    ///
    /// @param decrypted whether without their encryption
    record CaptureBegun(String file, boolean decrypted) implements MediaNote {}

    /// They are not any more.
    ///
    /// @param packets in the file
    /// @param lost packets that came too fast for the file
    /// @param why in a few words
    record CaptureEnded(String file, long packets, long lost, String why) implements MediaNote {}

    /// ICE's connectivity checks so far (RFC 8445 section 7).
    ///
    /// @param sent ours, with those that were sent again
    /// @param answered those of ours to which an authentic response came
    /// @param asked authentic ones of the peer, which we answered
    record IceTally(long sent, long answered, long asked) {}
}
