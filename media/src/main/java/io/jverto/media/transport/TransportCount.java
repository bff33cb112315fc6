package io.jverto.media.transport;

import io.jverto.base.count.Counters;

/// What is counted at transports.
public enum TransportCount implements Counters.Counted {
    NOT_APPLIED("datagrams and late candidates dropped because no answer was applied yet"),
    FOREIGN_ADDRESS("DTLS, RTP and RTCP datagrams dropped because they come from an address that is not the peer's"),
    NOT_PROVED_YET("RTP packets dropped because a peer without ICE does not send from where its SDP says, and has not proved itself yet"),
    LEARNED("times a peer without ICE proved that it sends from somewhere else than its SDP says"),
    SILENT("peers without ICE that sent no RTP for as long as is allowed"),
    NO_HANDSHAKE("DTLS datagrams dropped because no handshake is under way"),
    NO_KEYS("RTP and RTCP datagrams dropped because no keys are agreed yet"),
    UNAUTHENTIC("RTP and RTCP datagrams dropped because SRTP refused them"),
    OTHER_PROTOCOL("datagrams dropped because they are neither STUN nor DTLS, RTP or RTCP"),
    RTP_MALFORMED("authentic packets dropped because they are no RTP"),
    RTP_WRONG_TYPE("RTP packets dropped because of a payload type that was not negotiated"),
    RTP_NOT_WANTED("RTP packets dropped because the peer said that it would not send"),
    RTP_SEQUENCE_JUMP("RTP packets dropped because their sequence number is far from the others"),
    RTP_TOO_LATE("relayed packets dropped because they are older than what the stream can still take"),
    RTP_HELD_BACK("packets not sent because a digit was sent instead, or the peer does not want any"),
    RTP_TOO_LONG("packets not sent because they are longer than a datagram may be"),
    RTP_NOT_SENT("packets not sent because ICE or DTLS is not ready, or SRTP refused them"),
    RING_FULL("packets dropped because the ring to the mixer or to another loop was full"),
    EVENT_MALFORMED("telephone-event packets that are no digit"),
    RTCP_MALFORMED("authentic RTCP packets that are malformed"),
    VIDEO_KEY_ASKED("times a sender of video was asked for a key frame"),
    VIDEO_KEY_WISHES_MERGED("wishes for a key frame that were not passed on because one was on its way, or the viewer wishes too often"),
    VIDEO_LOST_ASKED("times a lost packet of video was asked for"),
    VIDEO_REPAIRED("lost packets of video that came after all"),
    VIDEO_GIVEN_UP("lost packets of video that did not come in time"),
    VIDEO_TOO_MANY_LOST("times so many packets of video were lost at once that a key frame was asked for instead"),
    VIDEO_UNKNOWN_SIZE("packets of video dropped because they are of no size of the camera that was agreed on"),
    VIDEO_DESCRIPTOR_BROKEN("packets of video passed on as they came because their payload descriptor is cut off"),
    VIDEO_REPEATED("packets of video sent again"),
    VIDEO_NOT_KEPT("packets of video not sent again because they are too old or were never sent"),
    VIDEO_ASKED_TOO_OFTEN("packets of video not sent again because they are asked for too often"),
    DIGITS_REFUSED("digits not sent because none were negotiated, too many wait, or they are none"),
    HANDSHAKES("DTLS handshakes begun"),
    CONNECTED("transports whose keys were agreed"),
    FAILED("transports that failed"),
    PEER_CLOSED("DTLS associations closed by the peer");

    private final String description;

    TransportCount(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }
}
