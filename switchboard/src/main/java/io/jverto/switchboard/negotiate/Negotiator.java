package io.jverto.switchboard.negotiate;

import io.jverto.base.Broken;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.LocalMedia;
import io.jverto.media.plan.MediaPlan;
import io.jverto.switchboard.negotiate.Negotiation.Agreed;
import io.jverto.switchboard.negotiate.Negotiation.Refused;
import io.jverto.wire.sdp.MediaDescription;
import io.jverto.wire.sdp.SdpDecoder;
import io.jverto.wire.sdp.SdpDecoding.Decoded;
import io.jverto.wire.sdp.SdpDecoding.Malformed;
import io.jverto.wire.sdp.SdpText;
import io.jverto.wire.sdp.SessionDescription;
import java.util.Optional;

/// Offer and answer for WebRTC audio (RFC 3264, RFC 8829; media-rtc.md sections 4 and 5). Stateless: what it needs it
/// is given. Leaves out: video, data channels (refused line by line), calls without audio.
public final class Negotiator {
    private Negotiator() {}

    /// Answers a client's offer.
    public static Negotiation answer(SdpText offer, LocalMedia local, Terms terms) {
        return answer(offer, local, terms, DtlsRole.CLIENT);
    }

    /// Answers a later offer of the same call.
    ///
    /// @param role what we play in the DTLS association that there is: an offer that leaves it to us means to keep that (RFC 8842
    ///        section 5.5)
    public static Negotiation answer(SdpText offer, LocalMedia local, Terms terms, DtlsRole role) {
        return switch (SdpDecoder.decode(offer)) {
            case Malformed malformed -> new Refused("the offer cannot be read: " + malformed);
            case Decoded(SessionDescription description) -> answer(description, local, terms, role);
        };
    }

    /// Offers a call to a client. Every codec of ours, Opus first or wherever the list has it.
    public static SdpText offer(LocalMedia local, Terms terms) {
        return Offer.fresh(local, terms);
    }

    /// Offers a call again that was agreed before, to a client that lost it (`verto.attach`): that codec, those numbers.
    ///
    /// @param local our new side: new credentials, SSRC and port as before
    public static SdpText reoffer(LocalMedia local, AudioPlan agreed, long sessionId) {
        return Offer.again(local, agreed, sessionId);
    }

    /// Looks at a client's answer to [#offer] or [#reoffer].
    ///
    /// @param offer exactly what was offered
    public static Negotiation accept(SdpText offer, SdpText answer) {
        if (!(SdpDecoder.decode(offer) instanceof Decoded(SessionDescription ours))) {
            throw new Broken("our own offer cannot be read");
        }
        return switch (SdpDecoder.decode(answer)) {
            case Malformed malformed -> new Refused("the answer cannot be read: " + malformed);
            case Decoded(SessionDescription theirs) -> accept(offer, ours.media().getFirst(), theirs);
        };
    }

    private static Negotiation answer(SessionDescription offer, LocalMedia local, Terms terms, DtlsRole role) {
        Refused refused = new Refused("the offer has no audio line: calls without audio are not supported");
        for (int i = 0; i < offer.media().size(); i++) {
            MediaDescription medium = offer.media().get(i);
            if (!medium.is("audio")) {
                continue;
            }
            // RFC 9143 section 6: port 0 with bundle-only is not a refusal, but an offer for peers that bundle.
            if (medium.port() == 0 && !medium.has("bundle-only")) {
                refused = new Refused("the offer's audio line has port 0");
                continue;
            }
            PeerAudio peer = new PeerAudio(offer, medium, role);
            Optional<String> reason = peer.refusal();
            Optional<CodecChoice> choice = CodecChoice.among(peer.formats(), terms);
            if (reason.isEmpty() && choice.isPresent()) {
                return agree(new Answer(offer, i, peer, choice.get()), local, terms);
            }
            refused = new Refused("the offer cannot be used: "
                    + reason.orElseGet(() -> "none of its audio codecs is one of " + terms.codecs()));
        }
        return refused;
    }

    private static Negotiation agree(Answer answer, LocalMedia local, Terms terms) {
        PeerAudio peer = answer.peer();
        CodecChoice choice = answer.choice();
        AudioPlan audio = choice.plan(peer.formats(), peer.direction(), choice.stereo(), peer.audioLevelExtension());
        return new Agreed(new MediaPlan(peer.plan(false), audio), answer.write(local, audio, terms.sessionId()));
    }

    private static Negotiation accept(SdpText offer, MediaDescription ours, SessionDescription theirs) {
        // Every offer of ours has one line, so there is one to look at, whatever stands behind it.
        Optional<MediaDescription> first = theirs.media().stream().findFirst();
        if (first.filter(medium -> medium.is("audio") && medium.port() != 0).isEmpty()) {
            return new Refused("the answer refuses audio");
        }
        PeerAudio peer = new PeerAudio(theirs, first.get());
        Optional<String> reason = peer.refusal();
        if (reason.isPresent()) {
            return new Refused("the answer cannot be used: " + reason.get());
        }
        AudioFormats offered = new AudioFormats(ours);
        AudioFormats answered = peer.formats().inferring(offered);
        Optional<CodecChoice> choice = CodecChoice.answered(offered, answered);
        if (choice.isEmpty()) {
            return new Refused("the answer cannot be used: none of its audio codecs was offered");
        }
        boolean weSaidStereo = choice.get().codec() == AudioCodec.OPUS
                && offered.format(choice.get().payloadType()).isOne("stereo");
        AudioPlan audio = choice.get().plan(answered, peer.direction(), weSaidStereo, peer.audioLevelExtension());
        return new Agreed(new MediaPlan(peer.plan(true), audio), offer);
    }
}
