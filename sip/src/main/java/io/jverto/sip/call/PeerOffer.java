package io.jverto.sip.call;

import io.jverto.wire.sdp.Direction;
import io.jverto.wire.sdp.MediaDescription;
import io.jverto.wire.sdp.SdpDecoder;
import io.jverto.wire.sdp.SdpDecoding.Decoded;
import io.jverto.wire.sdp.SdpText;
import io.jverto.wire.sdp.SessionDescription;
import java.util.Optional;

/// What an offer in mid-call means for the call.
final class PeerOffer {
    private PeerOffer() {}

    /// Whether the peer puts us on hold: it does not want to hear anything (RFC 3264 section 8.4), as old ones say by the address 0.0.0.0.
    static boolean holds(SdpText offer) {
        return SdpDecoder.decode(offer) instanceof Decoded(SessionDescription description)
                && description.media().stream().filter(line -> line.is("audio") && line.port() != 0).findFirst().filter(line -> holds(description, line)).isPresent();
    }

    private static boolean holds(SessionDescription description, MediaDescription audio) {
        Direction direction = audio.direction().or(description::direction).orElse(Direction.SENDRECV);
        Optional<String> connection = audio.line('c').or(() -> description.line('c'));
        boolean ice = audio.has("ice-ufrag") || description.has("ice-ufrag"); // for whom that address says nothing
        return !direction.receives() || !ice && connection.filter(line -> line.endsWith(" 0.0.0.0")).isPresent();
    }
}
