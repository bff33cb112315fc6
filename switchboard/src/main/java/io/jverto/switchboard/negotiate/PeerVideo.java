package io.jverto.switchboard.negotiate;

import io.jverto.media.plan.GalleryLine;
import io.jverto.media.plan.SimulcastPlan;
import io.jverto.media.plan.VideoCodec;
import io.jverto.media.plan.VideoFormat;
import io.jverto.media.plan.VideoPlan;
import io.jverto.wire.sdp.Direction;
import io.jverto.wire.sdp.MediaDescription;
import io.jverto.wire.sdp.SdpLine;
import io.jverto.wire.sdp.SessionDescription;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The video line of a peer's description (RFC 8866, RFC 9143). Its transport is that of the line with which it is bundled, or its own where
/// there is no sound.
final class PeerVideo {
    static final String TRANSPORT_SEQUENCE = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
    static final String SEND_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";
    /// RFC 9143 section 15.
    static final String MID = "urn:ietf:params:rtp-hdrext:sdes:mid";
    /// RFC 8852 section 3.
    static final String RID = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";
    static final String REPAIRED_RID = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id";
    static final String NACK = "nack";
    static final String PICTURE_LOSS = "nack pli";
    static final String FULL_INTRA = "ccm fir";
    static final String REMB = "goog-remb";
    static final String TRANSPORT_WIDE = "transport-cc";

    private static final int MAX_KBPS = 1_000_000;
    private static final int MAX_DIGITS = 10;
    private static final Pattern EXTENSION = Pattern.compile("(\\d{1,3})(?:/\\w+)? (\\S+).*");
    private static final int MAX_EXTENSION = 14;
    private static final Pattern SIMULCAST = Pattern.compile("send ([A-Za-z0-9]{1,8}(?:;[A-Za-z0-9]{1,8})*)(?: .*)?");

    private final SessionDescription session;
    private final MediaDescription video;
    private final VideoFormats formats;

    PeerVideo(SessionDescription session, MediaDescription video) {
        this.session = session;
        this.video = video;
        this.formats = new VideoFormats(video);
    }

    /// @return the first video line that the peer would let share the transport of its audio
    static Optional<PeerVideo> beside(SessionDescription session, MediaDescription audio) {
        return all(session, audio).findFirst();
    }

    private static Stream<PeerVideo> all(SessionDescription session, MediaDescription audio) {
        List<String> bundle = PeerAudio.bundle(session, audio);
        return session.media().stream()
                .filter(medium -> medium.is("video") && isUsed(medium))
                .filter(medium -> PeerAudio.mid(medium).filter(bundle::contains).isPresent())
                .filter(medium -> medium.profile().toUpperCase(Locale.ROOT).endsWith("RTP/SAVPF"))
                .map(medium -> new PeerVideo(session, medium));
    }

    /// Of a call without sound, for instance a screen that has a call of its own.
    ///
    /// @return the first video line that is in use, if no audio line is; its transport is its own
    static Optional<PeerVideo> alone(SessionDescription session) {
        boolean sounds = session.media().stream().anyMatch(medium -> medium.is("audio") && isUsed(medium));
        return session.media().stream()
                .filter(medium -> !sounds && medium.is("video") && isUsed(medium))
                .findFirst()
                .map(medium -> new PeerVideo(session, medium));
    }

    /// RFC 9143 section 6: port 0 with bundle-only is not a refusal, but an offer for peers that bundle.
    static boolean isUsed(MediaDescription medium) {
        return medium.port() != 0 || medium.has("bundle-only");
    }

    /// The line on which the camera comes in several sizes, if there is one beside this: in this one's format, which is VP8, whose pictures tell their
    /// size. Only what is plain is taken: no alternatives, nothing paused (RFC 8853 section 5.1).
    Optional<SimulcastPlan> simulcast(MediaDescription audio, VideoPlan main, VideoTerms terms) {
        if (terms.galleryLines() == 0 || main.codec() != VideoCodec.VP8) {
            return Optional.empty();
        }
        return all(session, audio)
                .filter(other -> other.video != video && other.direction() == Direction.SENDONLY)
                .filter(other -> other.formats.format(main.payloadType()).isPresent())
                .flatMap(other -> other.simulcast(main).stream())
                .findFirst();
    }

    private Optional<SimulcastPlan> simulcast(VideoPlan main) {
        List<String> rids = video.attributes("simulcast").map(SIMULCAST::matcher).filter(Matcher::matches)
                .map(sent -> List.of(sent.group(1).split(";"))).findFirst().orElse(List.of());
        boolean all = rids.stream().allMatch(rid -> video.attributes("rid").anyMatch(line -> line.equals(rid + " send") || line.startsWith(rid + " send ")));
        boolean fits = rids.size() >= 2 && rids.size() <= SimulcastPlan.MAX_LAYERS && rids.stream().distinct().count() == rids.size();
        int id = extension(RID);
        return all && fits && id > 0
                ? Optional.of(new SimulcastPlan(mid(), rids, id, main.rtxPayloadType() < 0 ? 0 : extension(REPAIRED_RID)))
                : Optional.empty();
    }

    /// Lines on which the peer only takes pictures, beside this one and in its format; also those on which nothing is to flow for now. What counts for the number of a line is its place among all video
    /// lines: lines are never taken out of a description, so it stays (RFC 3264 section 8).
    ///
    /// @param terms with how many of them are taken, the first ones
    List<GalleryLine> gallery(MediaDescription audio, VideoPlan main, VideoTerms terms) {
        List<MediaDescription> lines = session.media().stream().filter(medium -> medium.is("video")).toList();
        return all(session, audio)
                .filter(other -> other.video != video && (other.direction() == Direction.RECVONLY || other.direction() == Direction.INACTIVE))
                .filter(other -> other.formats.format(main.payloadType()).filter(format -> format.fits(main.format())).isPresent())
                .limit(terms.galleryLines())
                .map(other -> new GalleryLine(lines.indexOf(other.video) - 1, other.plan(main.format(), terms, main.feedback())))
                .toList();
    }

    MediaDescription line() {
        return video;
    }

    String mid() {
        return PeerAudio.mid(video).orElse("");
    }

    VideoFormats formats() {
        return formats;
    }

    Direction direction() {
        return video.direction().or(session::direction).orElse(Direction.SENDRECV);
    }

    /// @return what an answer takes of it; our order decides, so that all in a room have the same if they can
    // DEVIATION sdp-17
    Optional<VideoFormat> choice(VideoTerms terms) {
        return terms.codecs().stream()
                .flatMap(codec -> formats.formats().stream().filter(format -> format.codec() == codec))
                .filter(terms::mayTake)
                .findFirst();
    }

    /// @param ours what our own description says, or may say
    VideoPlan plan(VideoFormat format, VideoTerms terms, VideoPlan.Feedback ours) {
        int type = format.payloadType();
        int rtx = formats.rtx(type);
        VideoPlan.Feedback feedback = new VideoPlan.Feedback(
                // A packet is never encrypted twice under one number: without RTX nothing can be sent again.
                ours.nack() && rtx >= 0 && formats.has(type, NACK),
                ours.pictureLoss() && formats.has(type, PICTURE_LOSS),
                ours.fullIntra() && formats.has(type, FULL_INTRA),
                ours.remb() && formats.has(type, REMB),
                ours.transportWide() && formats.has(type, TRANSPORT_WIDE) && extension(TRANSPORT_SEQUENCE) > 0);
        VideoPlan.Extensions extensions = new VideoPlan.Extensions(
                feedback.transportWide() ? extension(TRANSPORT_SEQUENCE) : 0, extension(SEND_TIME), extension(MID));
        return new VideoPlan(format, feedback.nack() ? rtx : -1, feedback, extensions, mid(), lower(kbps(), terms.sendKbps()), terms.receiveKbps(),
                direction().receives(), direction().sends());
    }

    private static int lower(int one, int other) {
        return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
    }

    private int extension(String name) {
        for (String value : video.attributes("extmap").toList()) {
            Matcher extension = EXTENSION.matcher(value);
            if (extension.matches() && extension.group(2).equals(name)) {
                int id = Integer.parseInt(extension.group(1));
                return id <= MAX_EXTENSION ? id : 0;
            }
        }
        return 0;
    }

    /// `b=TIAS` in bits, `b=AS` in kilobits (RFC 3890, RFC 8866 section 5.8).
    int kbps() {
        int kbps = 0;
        for (SdpLine line : video.lines()) {
            if (line.type() == 'b') {
                kbps = lower(kbps, kbps(line.value()));
            }
        }
        return kbps;
    }

    private static int kbps(String value) {
        int colon = value.indexOf(':');
        String number = colon < 0 ? "" : value.substring(colon + 1).strip();
        if (number.isEmpty() || number.length() > MAX_DIGITS || !number.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            return 0;
        }
        return switch (value.substring(0, colon).toUpperCase(Locale.ROOT)) {
            case "AS" -> (int) Math.min(MAX_KBPS, Long.parseLong(number));
            case "TIAS" -> (int) Math.min(MAX_KBPS, (Long.parseLong(number) + 999) / 1_000);
            default -> 0;
        };
    }
}
