package io.jverto.switchboard.negotiate;

import io.jverto.base.Broken;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.GalleryLine;
import io.jverto.media.plan.LocalMedia;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.MediaSecurity;
import io.jverto.media.plan.NoiseUse;
import io.jverto.media.plan.SimulcastPlan;
import io.jverto.media.plan.SrtpMaster;
import io.jverto.media.plan.TransportPlan;
import io.jverto.media.plan.VideoCodec;
import io.jverto.media.plan.VideoFormat;
import io.jverto.media.plan.VideoPlan;
import io.jverto.switchboard.negotiate.Negotiation.Agreed;
import io.jverto.switchboard.negotiate.Negotiation.Refused;
import io.jverto.wire.sdp.CryptoAttribute;
import io.jverto.wire.sdp.Direction;
import io.jverto.wire.sdp.MediaDescription;
import io.jverto.wire.sdp.SdpDecoder;
import io.jverto.wire.sdp.SdpDecoding.Decoded;
import io.jverto.wire.sdp.SdpDecoding.Malformed;
import io.jverto.wire.sdp.SdpText;
import io.jverto.wire.sdp.SessionDescription;
import io.jverto.wire.sdp.Setup;
import java.util.List;
import java.util.Optional;

/// Offer and answer for audio, of WebRTC and of telephones, and for video beside it of WebRTC (RFC 3264, RFC 8829, RFC 4568; media-rtc.md sections 4, 5 and 8). Stateless: what it needs it
/// is given. Leaves out: data channels and a second video line but for those of a gallery (refused line by line), video on a transport
/// of its own beside sound.
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

    /// Whether who offers this speaks ICE and DTLS for his sound, or his picture alone, as browsers do over SIP too.
    public static boolean hasIce(SdpText offer) {
        return SdpDecoder.decode(offer) instanceof Decoded(SessionDescription description)
                && description.media().stream()
                        .filter(medium -> medium.is("audio"))
                        .findFirst()
                        .or(() -> PeerVideo.alone(description).map(PeerVideo::line))
                        .filter(audio -> new PeerAudio(description, audio, Optional.empty()).refusal(List.of()).isEmpty())
                        .isPresent();
    }

    /// Offers a call to a client. Every codec of ours, Opus first or wherever the list has it.
    public static SdpText offer(LocalMedia local, Terms terms) {
        return terms.direct().map(use -> DirectOffer.fresh(local, terms, use)).orElseGet(() -> Offer.fresh(local, terms));
    }

    /// Offers a call again that was agreed before, to a client that lost it (`verto.attach`): that codec, those numbers.
    ///
    /// @param local our new side: new credentials, SSRC and port as before
    public static SdpText reoffer(LocalMedia local, MediaPlan agreed, long sessionId) {
        return Offer.again(local, agreed, sessionId);
    }

    /// Offers again to a peer without ICE what was agreed.
    ///
    /// @param last our description in force
    /// @param held whether the peer is put on hold
    /// @param version higher than the last one
    public static SdpText reoffer(SdpText last, LocalMedia local, MediaPlan agreed, boolean held, long version) {
        return DirectOffer.again(last, local, agreed, held ? Direction.SENDONLY : Direction.SENDRECV, version);
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
            case Decoded(SessionDescription theirs) -> accept(offer, ours, theirs);
        };
    }

    /// @return the codecs of an offer that we would take, in the order in which we would; none when it cannot be read
    public static List<AudioCodec> common(SdpText offer, CodecPreferences codecs) {
        if (!(SdpDecoder.decode(offer) instanceof Decoded(SessionDescription description))) {
            return List.of();
        }
        return description.media().stream().filter(medium -> medium.is("audio")).findFirst()
                .map(medium -> CodecChoice.common(new AudioFormats(medium), codecs))
                .orElse(List.of());
    }

    /// @return the video of an offer that somebody else could be given, best first: what the peer sends in a codec of ours
    public static List<VideoFormat> commonVideo(SdpText offer, List<VideoCodec> codecs) {
        if (!(SdpDecoder.decode(offer) instanceof Decoded(SessionDescription description))) {
            return List.of();
        }
        Optional<PeerVideo> peer = description.media().stream().filter(medium -> medium.is("audio")).findFirst()
                .flatMap(audio -> PeerVideo.beside(description, audio))
                .or(() -> PeerVideo.alone(description))
                .filter(video -> video.direction().sends());
        return codecs.stream()
                .flatMap(codec -> peer.stream().flatMap(video -> video.formats().formats().stream().filter(format -> format.codec() == codec)))
                .toList();
    }

    private static Negotiation answer(SessionDescription offer, LocalMedia local, Terms terms, DtlsRole role) {
        Refused refused = new Refused("the offer has neither an audio nor a video line");
        for (MediaDescription medium : offer.media()) {
            if (!medium.is("audio")) {
                continue;
            }
            if (!PeerVideo.isUsed(medium)) {
                refused = new Refused("the offer's audio line has port 0");
                continue;
            }
            PeerAudio peer = new PeerAudio(offer, medium, terms.direct(), role);
            Optional<String> reason = peer.refusal(local.sdes());
            Optional<CodecChoice> choice = CodecChoice.among(peer.formats(), terms);
            if (reason.isEmpty() && choice.isPresent()) {
                return agree(new Answer(offer, peer, choice, terms.direct().isPresent(), video(offer, medium, terms)), local, terms);
            }
            refused = new Refused("the offer cannot be used: "
                    + reason.orElseGet(() -> "none of its audio codecs is one of " + terms.codecs()));
        }
        return terms.direct().isPresent() ? refused : PeerVideo.alone(offer).map(peer -> alone(offer, peer, local, terms, role)).orElse(refused);
    }

    /// Answers an offer of a picture without sound.
    private static Negotiation alone(SessionDescription offer, PeerVideo video, LocalMedia local, Terms terms, DtlsRole role) {
        PeerAudio peer = new PeerAudio(offer, video.line(), Optional.empty(), role);
        Optional<String> reason = peer.refusal(List.of());
        Optional<VideoFormat> format = video.choice(terms.video());
        if (reason.isPresent() || format.isEmpty()) {
            return new Refused("the offer has no sound, and its picture cannot be used: "
                    + reason.orElse("none of its video codecs is one that would be seen"));
        }
        VideoPlan plan = video.plan(format.get(), terms.video(), VideoPlan.Feedback.ALL);
        return agree(new Answer(offer, peer, Optional.empty(), false, Optional.of(new Answer.Video(video, plan, List.of(), Optional.empty()))), local, terms);
    }

    private static Optional<Answer.Video> video(SessionDescription offer, MediaDescription audio, Terms terms) {
        return terms.direct().isPresent()
                ? Optional.empty()
                : PeerVideo.beside(offer, audio).flatMap(peer -> peer.choice(terms.video()).map(format -> {
                    VideoPlan main = peer.plan(format, terms.video(), VideoPlan.Feedback.ALL);
                    Optional<SimulcastPlan> simulcast = peer.simulcast(audio, main, terms.video());
                    return new Answer.Video(peer, simulcast.isPresent() ? main.withReceiving() : main, peer.gallery(audio, main, terms.video()), simulcast);
                }));
    }

    private static Negotiation agree(Answer answer, LocalMedia local, Terms terms) {
        PeerAudio peer = answer.peer();
        boolean noise = terms.direct().isPresent() && terms.noise() != NoiseUse.NEVER;
        AudioPlan audio = answer.choice()
                .map(choice -> choice.plan(peer.formats(), peer.direction(), choice.stereo(), peer.audioLevelExtension())
                        .withComfortNoise(noise ? peer.formats().comfortNoise(choice.codec()) : -1))
                .orElse(AudioPlan.NONE);
        TransportPlan transport = peer.plan(false, peer.roleTowardsOffer(), local.sdes(), peer.line().has("rtcp-mux"));
        List<GalleryLine> gallery = answer.video().map(Answer.Video::gallery).orElse(List.of());
        return new Agreed(new MediaPlan(transport, audio, answer.video().map(Answer.Video::plan), gallery, answer.video().flatMap(Answer.Video::simulcast)),
                answer.write(local, audio, terms.sessionId()));
    }

    /// Our offers have one line, or two of which one is to be refused; lines that are refused in an offer stay so.
    private static Negotiation accept(SdpText offer, SessionDescription ours, SessionDescription theirs) {
        for (int i = 0; i < Math.min(ours.media().size(), theirs.media().size()); i++) {
            MediaDescription line = theirs.media().get(i);
            if (line.is("audio") && line.port() != 0 && ours.media().get(i).port() != 0) {
                return accept(offer, ours, ours.media().get(i), theirs, line);
            }
        }
        return ours.media().stream().anyMatch(line -> line.is("audio"))
                ? new Refused("the answer refuses audio")
                : PeerVideo.alone(theirs).map(video -> acceptAlone(offer, ours, theirs, video)).orElse(new Refused("the answer refuses video"));
    }

    /// Of an offer of ours without sound.
    private static Negotiation acceptAlone(SdpText offer, SessionDescription ours, SessionDescription theirs, PeerVideo video) {
        PeerAudio peer = new PeerAudio(theirs, video.line(), Optional.empty());
        Optional<String> reason = peer.refusal(List.of());
        Optional<VideoPlan> plan = answeredVideo(ours, Optional.of(video));
        if (reason.isPresent() || plan.isEmpty()) {
            return new Refused("the answer cannot be used: " + reason.orElse("none of its video codecs was offered"));
        }
        DtlsRole role = peer.roleTowardsAnswer(setup(ours.media().get(theirs.media().indexOf(video.line()))));
        return new Agreed(new MediaPlan(peer.plan(true, role, List.of(), true), AudioPlan.NONE, plan), offer);
    }

    private static Negotiation accept(
            SdpText offer, SessionDescription description, MediaDescription ours, SessionDescription theirs, MediaDescription line) {
        PeerAudio peer = new PeerAudio(theirs, line, use(ours));
        List<SrtpMaster> keys = ours.attributes("crypto")
                .flatMap(value -> CryptoAttribute.decode(value).stream())
                .flatMap(crypto -> SdesSuite.master(crypto).stream())
                .toList();
        Optional<String> reason = peer.refusal(keys);
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
        AudioPlan audio = choice.get().plan(answered, peer.direction(), weSaidStereo, peer.audioLevelExtension())
                .withComfortNoise(offered.comfortNoise(choice.get().codec()) >= 0 ? peer.formats().comfortNoise(choice.get().codec()) : -1);
        DtlsRole role = peer.roleTowardsAnswer(setup(ours));
        boolean mux = ours.has("rtcp-mux") && line.has("rtcp-mux");
        return new Agreed(new MediaPlan(peer.plan(true, role, keys, mux), audio, answeredVideo(description, PeerVideo.beside(theirs, line))), offer);
    }

    private static Optional<Setup> setup(MediaDescription line) {
        return line.attribute("setup").flatMap(Setup::decode);
    }

    /// The first format of its video line that we offered.
    private static Optional<VideoPlan> answeredVideo(SessionDescription ours, Optional<PeerVideo> answer) {
        Optional<MediaDescription> offered = ours.media().stream().filter(medium -> medium.is("video")).findFirst();
        if (offered.isEmpty() || answer.isEmpty()) {
            return Optional.empty();
        }
        VideoFormats formats = new VideoFormats(offered.get());
        VideoTerms terms = new VideoTerms(List.of(), List.of(), Optional.empty(), new PeerVideo(ours, offered.get()).kbps(), 0);
        return answer.get().formats().formats().stream()
                .filter(format -> formats.format(format.payloadType()).filter(format::fits).isPresent())
                .findFirst()
                .map(format -> answer.get().plan(format, terms, VideoPlan.Feedback.ALL));
    }

    /// What a line of ours asks of its answer: what is offered encrypted is not answered plain, nor otherwise.
    private static Optional<MediaSecurity> use(MediaDescription ours) {
        MediaSecurity direct = ours.has("crypto") ? MediaSecurity.SDES : ours.has("fingerprint") ? MediaSecurity.DTLS : MediaSecurity.FORBIDDEN;
        return ours.has("ice-ufrag") ? Optional.empty() : Optional.of(direct);
    }
}
