package io.jverto.switchboard.negotiate;

import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.LocalMedia;
import io.jverto.wire.sdp.MediaDescription;
import io.jverto.wire.sdp.SdpEncoder;
import io.jverto.wire.sdp.SdpLine;
import io.jverto.wire.sdp.SdpText;
import io.jverto.wire.sdp.SessionDescription;
import io.jverto.wire.sdp.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An answer that accepts one audio line: as many lines as the offer and in its order (RFC 3264 section 6).
///
/// @param accepted index of that line
/// @param choice the one codec of the answer
record Answer(SessionDescription offer, int accepted, PeerAudio peer, CodecChoice choice) {
    SdpText write(LocalMedia local, AudioPlan plan, long sessionId) {
        LocalDescription ours = new LocalDescription(local);
        List<MediaDescription> media = new ArrayList<>();
        for (int i = 0; i < offer.media().size(); i++) {
            media.add(i == accepted ? audio(ours, plan) : refused(offer.media().get(i)));
        }
        return SdpEncoder.encode(new SessionDescription(ours.session(sessionId, groups()), media));
    }

    /// Line order of verto-wire-errata.md section 2; `mid` and `extmap` are ours, beside the other lines of the transport.
    // DEVIATION sdp-16: the reference server takes no header extensions.
    private MediaDescription audio(LocalDescription ours, AudioPlan plan) {
        int payloadType = plan.payloadType();
        ours.codec(plan.codec(), payloadType);
        if (plan.codec() == AudioCodec.OPUS) {
            ours.format(OpusFormat.answer(payloadType, choice.peerFormat(), choice.ours()));
        }
        if (plan.telephoneEventPayloadType() >= 0) {
            ours.telephoneEvent(plan.telephoneEventPayloadType(), plan.telephoneEventClock());
        }
        ours.sending(plan.ptimeMillis(), peer.direction().mirrored());
        ours.dtls(peer.roleTowardsOffer() == DtlsRole.CLIENT ? Setup.ACTIVE : Setup.PASSIVE);
        PeerAudio.mid(peer.line()).ifPresent(ours::mid);
        ours.audioLevel(plan.audioLevelExtension());
        ours.rtcp().ice().candidate(1, 0).endOfCandidates().source();
        return ours.audio(peer.line().profile());
    }

    /// Port 0 refuses a line (RFC 3264 section 6); one format has to stand there.
    private static MediaDescription refused(MediaDescription medium) {
        List<SdpLine> lines = new ArrayList<>();
        PeerAudio.mid(medium).ifPresent(mid -> lines.add(SdpLine.attribute("mid", mid)));
        return new MediaDescription(
                medium.kind(), 0, 1, medium.profile(), List.of(medium.formats().getFirst()), lines);
    }

    /// RFC 9143 section 7.3: only if it was offered, and only what is accepted.
    private List<SdpLine> groups() {
        Optional<String> mid = PeerAudio.mid(peer.line())
                .filter(name -> !PeerAudio.bundle(offer, peer.line()).isEmpty());
        return mid.map(name -> List.of(SdpLine.attribute("group", "BUNDLE " + name))).orElse(List.of());
    }
}
