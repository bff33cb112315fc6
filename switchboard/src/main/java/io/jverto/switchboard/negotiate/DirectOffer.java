package io.jverto.switchboard.negotiate;

import io.jverto.base.Broken;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.DirectPlan;
import io.jverto.media.plan.DtlsPeer;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.LocalMedia;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.MediaSecurity;
import io.jverto.wire.sdp.Direction;
import io.jverto.wire.sdp.MediaDescription;
import io.jverto.wire.sdp.SdpDecoder;
import io.jverto.wire.sdp.SdpDecoding.Decoded;
import io.jverto.wire.sdp.SdpEncoder;
import io.jverto.wire.sdp.SdpText;
import io.jverto.wire.sdp.SessionDescription;
import io.jverto.wire.sdp.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Our offers to peers without ICE (RFC 3264, RFC 3551, RFC 5763; media-rtc.md sections 5 and 8).
final class DirectOffer {
    static final String PLAIN = "RTP/AVP";
    static final String ENCRYPTED = "RTP/SAVP";
    /// RFC 5764 section 9.
    static final String BY_DTLS = "UDP/TLS/RTP/SAVP";
    private static final int TELEPHONE_EVENT = 101;
    private static final int NARROW_CLOCK = 8_000;

    private DirectOffer() {}

    /// One line; two where the peer may choose whether it is encrypted, the better one first.
    static SdpText fresh(LocalMedia local, Terms terms, MediaSecurity use) {
        List<MediaDescription> media = new ArrayList<>();
        if (use == MediaSecurity.DTLS) {
            media.add(audio(local, terms).mux().dtls(Setup.ACTPASS).audio(BY_DTLS));
        } else if (use != MediaSecurity.FORBIDDEN) {
            media.add(audio(local, terms).crypto(local.sdes()).audio(ENCRYPTED));
        }
        if (use == MediaSecurity.FORBIDDEN || use == MediaSecurity.OPTIONAL) {
            media.add(audio(local, terms).audio(PLAIN));
        }
        return SdpEncoder.encode(new SessionDescription(new LocalDescription(local).directSession(terms.sessionId()), media));
    }

    private static LocalDescription audio(LocalMedia local, Terms terms) {
        LocalDescription ours = new LocalDescription(local);
        ours.codecs(terms.codecs());
        // Every telephone has the narrow clock (RFC 4733 section 2.1 leaves it open; RFC 7874 section 3 asks for it).
        ours.event(TELEPHONE_EVENT, NARROW_CLOCK);
        return ours.directSending(CodecChoice.PTIME_MILLIS, Direction.SENDRECV).controlAbove();
    }

    /// What was agreed, in another direction perhaps: as many lines as before, in their order (RFC 3264 section 8).
    ///
    /// @param last our description in force
    static SdpText again(SdpText last, LocalMedia local, MediaPlan agreed, Direction direction, long version) {
        if (!(SdpDecoder.decode(last) instanceof Decoded(SessionDescription before))) {
            throw new Broken("our own description cannot be read");
        }
        List<MediaDescription> media = new ArrayList<>();
        Optional<DirectPlan> plan = Optional.of(agreed.transport()).filter(DirectPlan.class::isInstance).map(DirectPlan.class::cast);
        boolean encrypted = plan.filter(DirectPlan::encrypted).isPresent();
        Optional<DtlsRole> role = plan.flatMap(DirectPlan::dtls).map(DtlsPeer::role);
        boolean done = false;
        for (MediaDescription line : before.media()) {
            boolean live = !done && line.is("audio") && line.port() != 0
                    && line.profile().toUpperCase(Locale.ROOT).contains("SAVP") == encrypted;
            done |= live;
            media.add(live ? again(line, local, agreed.audio(), role, direction) : new MediaDescription(line.kind(), 0, 1, line.profile(), line.formats(), List.of()));
        }
        return SdpEncoder.encode(new SessionDescription(new LocalDescription(local).directSession(version), media));
    }

    private static MediaDescription again(MediaDescription line, LocalMedia local, AudioPlan agreed, Optional<DtlsRole> role, Direction direction) {
        LocalDescription ours = new LocalDescription(local);
        ours.codec(agreed.codec(), agreed.payloadType());
        if (agreed.codec() == AudioCodec.OPUS) {
            ours.format(OpusFormat.reoffer(agreed.payloadType(), agreed.sendChannels() == 2 || agreed.receiveChannels() == 2));
        }
        if (agreed.telephoneEventPayloadType() >= 0) {
            ours.event(agreed.telephoneEventPayloadType(), agreed.telephoneEventClock());
        }
        ours.directSending(agreed.ptimeMillis(), direction);
        ours = line.has("rtcp-mux") ? ours.mux() : ours.controlAbove();
        line.attributes("crypto").forEach(ours::cryptoLine);
        // RFC 4145 section 4: the role that we have, so that the association stays, also with peers that never say another word for theirs
        role.map(DirectOffer::setup).ifPresent(ours::dtls);
        return ours.audio(line.profile());
    }

    private static Setup setup(DtlsRole role) {
        return role == DtlsRole.CLIENT ? Setup.ACTIVE : Setup.PASSIVE;
    }
}
