package io.jverto.switchboard.negotiate;

import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.GalleryLine;
import io.jverto.media.plan.LocalMedia;
import io.jverto.media.plan.SimulcastPlan;
import io.jverto.media.plan.VideoPlan;
import io.jverto.wire.sdp.MediaDescription;
import io.jverto.wire.sdp.SdpEncoder;
import io.jverto.wire.sdp.SdpLine;
import io.jverto.wire.sdp.SdpText;
import io.jverto.wire.sdp.SessionDescription;
import io.jverto.wire.sdp.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// An answer that accepts one audio line and perhaps a video line beside it, or a video line alone: as many lines as the offer and in its
/// order (RFC 3264 section 6).
///
/// @param peer the line with the transport: the audio line, or the only video line
/// @param choice the one audio codec of the answer; empty where a video line is alone
/// @param direct the peer has no ICE
/// @param video the video line that is accepted
record Answer(SessionDescription offer, PeerAudio peer, Optional<CodecChoice> choice, boolean direct, Optional<Video> video) {
    /// A video line with what is taken of it.
    ///
    /// @param gallery lines beside it that are taken too
    /// @param simulcast the line on which the camera comes in several sizes
    record Video(PeerVideo peer, VideoPlan plan, List<GalleryLine> gallery, Optional<SimulcastPlan> simulcast) {
        Optional<SimulcastPlan> sizes(MediaDescription line) {
            return simulcast.filter(sizes -> line.is("video") && PeerAudio.mid(line).filter(sizes.mid()::equals).isPresent());
        }

        Optional<GalleryLine> line(MediaDescription line) {
            Optional<String> mid = PeerAudio.mid(line);
            return gallery.stream().filter(one -> mid.filter(one.plan().mid()::equals).isPresent()).findFirst();
        }
    }

    SdpText write(LocalMedia local, AudioPlan plan, long sessionId) {
        LocalDescription ours = new LocalDescription(local);
        List<SdpLine> session = direct ? ours.directSession(sessionId) : ours.session(sessionId, groups());
        List<MediaDescription> media = new ArrayList<>();
        for (MediaDescription line : offer.media()) {
            boolean isVideo = video.filter(taken -> taken.peer().line() == line).isPresent();
            Optional<GalleryLine> shown = line.is("video") ? video.flatMap(taken -> taken.line(line)) : Optional.empty();
            Optional<SimulcastPlan> sizes = video.flatMap(taken -> taken.sizes(line));
            media.add(isVideo ? video(local) : shown.isPresent() ? gallery(local, line, shown.get()) : sizes.isPresent() ? sizes(local, line, sizes.get()) : line != peer.line() ? refused(line) : direct ? direct(ours, local, plan) : audio(ours, plan));
        }
        return SdpEncoder.encode(new SessionDescription(session, media));
    }

    /// Line order of verto-wire-errata.md section 2; `mid` and `extmap` are ours, beside the other lines of the transport.
    // DEVIATION sdp-16: the reference server takes no header extensions.
    private MediaDescription audio(LocalDescription ours, AudioPlan plan) {
        int payloadType = plan.payloadType();
        ours.codec(plan.codec(), payloadType);
        if (plan.codec() == AudioCodec.OPUS) {
            choice.ifPresent(taken -> ours.format(OpusFormat.answer(payloadType, taken.peerFormat(), taken.ours())));
        }
        if (plan.telephoneEventPayloadType() >= 0) {
            ours.telephoneEvent(plan.telephoneEventPayloadType(), plan.telephoneEventClock());
        }
        ours.sending(plan.ptimeMillis(), peer.direction().mirrored());
        ours.dtls(setup());
        PeerAudio.mid(peer.line()).ifPresent(ours::mid);
        ours.audioLevel(plan.audioLevelExtension());
        ours.rtcp().ice().candidate(1, 0).passive().endOfCandidates().source();
        return ours.audio(peer.line().profile());
    }

    private MediaDescription video(LocalMedia local) {
        Video taken = video.orElseThrow();
        return new VideoLine(local).answer(taken.peer(), taken.plan(), setup());
    }

    private MediaDescription gallery(LocalMedia local, MediaDescription line, GalleryLine shown) {
        return new VideoLine(local).gallery(shown, line.profile(), setup());
    }

    private MediaDescription sizes(LocalMedia local, MediaDescription line, SimulcastPlan sizes) {
        return new VideoLine(local).simulcast(sizes, video.orElseThrow().plan(), line.profile(), setup());
    }

    private Setup setup() {
        return peer.roleTowardsOffer() == DtlsRole.CLIENT ? Setup.ACTIVE : Setup.PASSIVE;
    }

    private MediaDescription direct(LocalDescription ours, LocalMedia local, AudioPlan plan) {
        ours.codec(plan.codec(), plan.payloadType());
        if (plan.codec() == AudioCodec.OPUS) {
            choice.ifPresent(taken -> ours.format(OpusFormat.answer(plan.payloadType(), taken.peerFormat(), taken.ours())));
        }
        ours.comfortNoise(plan.comfortNoisePayloadType());
        if (plan.telephoneEventPayloadType() >= 0) {
            ours.event(plan.telephoneEventPayloadType(), plan.telephoneEventClock());
        }
        ours.directSending(plan.ptimeMillis(), peer.direction().mirrored());
        PeerAudio.mid(peer.line()).ifPresent(ours::mid);
        if (peer.line().has("rtcp-mux")) {
            ours.mux();
        } else {
            ours.controlAbove();
        }
        peer.direct().crypto(local.sdes()).ifPresent(theirs -> local.sdes().stream()
                .filter(master -> SdesSuite.fits(theirs, master.profile()))
                .forEach(master -> ours.cryptoLine(SdesSuite.line(theirs.tag(), master).encode())));
        if (peer.direct().isByDtls()) {
            ours.dtls(setup());
        }
        return ours.audio(peer.line().profile());
    }

    /// Port 0 refuses a line (RFC 3264 section 6); one format has to stand there.
    private static MediaDescription refused(MediaDescription medium) {
        List<SdpLine> lines = new ArrayList<>();
        PeerAudio.mid(medium).ifPresent(mid -> lines.add(SdpLine.attribute("mid", mid)));
        return new MediaDescription(
                medium.kind(), 0, 1, medium.profile(), List.of(medium.formats().getFirst()), lines);
    }

    /// In the offer's order.
    private String mids(String audio) {
        List<String> taken = Stream.concat(Stream.of(audio), video.stream().flatMap(line ->
                Stream.concat(Stream.of(line.peer().mid()), Stream.concat(line.gallery().stream().map(shown -> shown.plan().mid()), line.simulcast().stream().map(SimulcastPlan::mid))))).toList();
        return String.join(" ", PeerAudio.bundle(offer, peer.line()).stream().filter(taken::contains).toList());
    }

    /// RFC 9143 section 7.3: only if it was offered, and only what is accepted.
    private List<SdpLine> groups() {
        Optional<String> mid = PeerAudio.mid(peer.line())
                .filter(name -> !PeerAudio.bundle(offer, peer.line()).isEmpty());
        return mid.map(name -> List.of(SdpLine.attribute("group", "BUNDLE " + mids(name)))).orElse(List.of());
    }
}
