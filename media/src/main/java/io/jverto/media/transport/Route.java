package io.jverto.media.transport;

import io.jverto.base.bytes.PacketRing;
import io.jverto.media.plan.AudioPlan;

/// Where the audio packets of a transport go, and where those come from that it sends.
public sealed interface Route {
    /// Nowhere and from nowhere.
    record Silent() implements Route {}

    /// Back to the peer.
    record Echo() implements Route {}

    /// To another transport of the same loop, which sends them on; it has the same route back.
    ///
    /// @param events telephone events too: both sides' have the same clock
    record Relay(PeerTransport peer, boolean events) implements Route {}

    /// To a transport of another loop, and from there.
    ///
    /// @param to packets with the payload types of the other side; the tag is their arrival
    /// @param wake called when `to` got one
    /// @param theirs what the other side negotiated
    /// @param from packets with our payload types
    /// @param events telephone events too: both sides' have the same clock
    record Across(PacketRing to, Runnable wake, AudioPlan theirs, PacketRing from, boolean events) implements Route {}

    /// To and from an audio port, on a mixer's thread.
    ///
    /// @param rx whole RTP packets, decrypted; the tag is their arrival in nanoseconds
    /// @param tx whole RTP packets whose payload type, marker and timestamp are set; a header extension goes with them
    /// @param before a relay that goes on beside it, each way until the port there has sent its first packet: nobody hears a gap while
    ///        jitter buffers fill. [Silent] for none
    record Port(PacketRing rx, PacketRing tx, Route before) implements Route {
        public Port(PacketRing rx, PacketRing tx) {
            this(rx, tx, new Silent());
        }
    }
}
