package io.jverto.switchboard.negotiate;

import io.jverto.media.plan.GalleryLine;
import io.jverto.media.plan.LocalMedia;
import io.jverto.media.plan.SimulcastPlan;
import io.jverto.media.plan.VideoCodec;
import io.jverto.media.plan.VideoFormat;
import io.jverto.media.plan.VideoPlan;
import io.jverto.wire.sdp.Direction;
import io.jverto.wire.sdp.Fmtp;
import io.jverto.wire.sdp.MediaDescription;
import io.jverto.wire.sdp.RtcpFeedback;
import io.jverto.wire.sdp.RtpMap;
import io.jverto.wire.sdp.SdpLine;
import io.jverto.wire.sdp.Setup;
import io.jverto.wire.sdp.SsrcAttribute;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/// Our own video line (order of verto-wire-errata.md section 2; what browsers know beyond it comes behind the lines that it has there). It
/// says the port and credentials of the audio, with which it is bundled.
final class VideoLine {
    /// As browsers number them.
    private static final VideoPlan.Extensions OFFERED = new VideoPlan.Extensions(3, 2, 4);
    private static final int FIRST_DYNAMIC = 96;
    private static final int LAST_DYNAMIC = 127;
    /// RFC 5761 section 4 leaves these free beside RTCP; browsers use them when the others are taken.
    private static final int FIRST_LOW = 35;
    private static final int LAST_LOW = 63;

    private final LocalDescription ours;
    private final LocalMedia local;

    VideoLine(LocalMedia local) {
        this.local = local;
        this.ours = new LocalDescription(local);
    }

    /// Takes one format of an offer.
    MediaDescription answer(PeerVideo peer, VideoPlan plan, Setup setup) {
        bandwidth(plan.maxReceiveKbps());
        format(plan.format(), plan.rtxPayloadType());
        ours.line(SdpLine.flag(peer.direction().mirrored().encode()));
        ours.dtls(setup).mid(plan.mid()).rtcp();
        feedback(plan.payloadType(), plan.feedback());
        extensions(plan.extensions());
        sources(plan.rtxPayloadType() >= 0);
        ours.ice().candidate(1, 0).passive().endOfCandidates();
        return ours.medium("video", peer.line().profile());
    }

    /// Takes a line of a gallery, in the format of the call's first video line.
    MediaDescription gallery(GalleryLine shown, String profile, Setup setup) {
        VideoPlan plan = shown.plan();
        format(plan.format(), plan.rtxPayloadType());
        ours.line(SdpLine.flag((plan.sending() ? Direction.SENDONLY : Direction.INACTIVE).encode()));
        ours.dtls(setup).mid(plan.mid()).rtcp();
        feedback(plan.payloadType(), plan.feedback());
        extensions(plan.extensions());
        sources(local.gallerySsrc(shown.number()), plan.rtxPayloadType() >= 0 ? OptionalInt.of(local.galleryRtxSsrc(shown.number())) : OptionalInt.empty(),
                local.streamId() + shown.number(), "v" + (shown.number() + 1));
        ours.ice().candidate(1, 0).endOfCandidates();
        return ours.medium("video", profile);
    }

    /// Takes a camera in several sizes, in the format of the call's first video line (RFC 8853 section 5.3).
    MediaDescription simulcast(SimulcastPlan sizes, VideoPlan main, String profile, Setup setup) {
        bandwidth(main.maxReceiveKbps());
        format(main.format(), main.rtxPayloadType());
        ours.line(SdpLine.flag(Direction.RECVONLY.encode()));
        ours.dtls(setup).mid(sizes.mid()).rtcp();
        feedback(main.payloadType(), main.feedback());
        extensions(main.extensions());
        extension(sizes.ridExtension(), PeerVideo.RID);
        extension(sizes.repairedExtension(), PeerVideo.REPAIRED_RID);
        sizes.rids().forEach(rid -> ours.line(SdpLine.attribute("rid", rid + " recv")));
        ours.line(SdpLine.attribute("simulcast", "recv " + String.join(";", sizes.rids())));
        ours.ice().candidate(1, 0).endOfCandidates();
        return ours.medium("video", profile);
    }

    /// All formats, each with packets that are sent again.
    ///
    /// @param taken payload types of the audio
    MediaDescription offer(VideoTerms terms, String mid, String profile, List<String> taken) {
        bandwidth(terms.receiveKbps());
        Set<Integer> used = new HashSet<>();
        taken.forEach(type -> used.add(Integer.parseInt(type)));
        List<VideoFormat> numbered = new ArrayList<>();
        terms.offered().forEach(format -> numbered.add(
                new VideoFormat(format.codec(), used.add(format.payloadType()) ? format.payloadType() : free(used), format.parameters())));
        List<Integer> written = new ArrayList<>();
        for (VideoFormat format : numbered) {
            int rtx = free(used);
            if (rtx >= 0 && format.payloadType() >= 0) {
                format(format, rtx);
                written.add(format.payloadType());
            }
        }
        ours.line(SdpLine.flag(Direction.SENDRECV.encode()));
        ours.dtls(Setup.ACTPASS).mid(mid).rtcp();
        written.forEach(type -> feedback(type, VideoPlan.Feedback.ALL));
        extensions(OFFERED);
        sources(true);
        ours.ice().candidate(1, 0).candidate(2, 1).passive().endOfCandidates();
        return ours.medium("video", profile);
    }

    /// What was agreed.
    MediaDescription again(VideoPlan agreed, String mid, String profile) {
        bandwidth(agreed.maxReceiveKbps());
        format(agreed.format(), agreed.rtxPayloadType());
        ours.line(SdpLine.flag(direction(agreed).encode()));
        ours.dtls(Setup.ACTPASS).mid(mid).rtcp();
        feedback(agreed.payloadType(), agreed.feedback());
        extensions(agreed.extensions());
        sources(agreed.rtxPayloadType() >= 0);
        ours.ice().candidate(1, 0).candidate(2, 1).passive().endOfCandidates();
        return ours.medium("video", profile);
    }

    private static Direction direction(VideoPlan agreed) {
        if (agreed.sending()) {
            return agreed.receiving() ? Direction.SENDRECV : Direction.SENDONLY;
        }
        return agreed.receiving() ? Direction.RECVONLY : Direction.INACTIVE;
    }

    /// @return a payload type that is used from now on, -1 when there is none left
    private static int free(Set<Integer> used) {
        return IntStream.concat(IntStream.rangeClosed(FIRST_DYNAMIC, LAST_DYNAMIC), IntStream.rangeClosed(FIRST_LOW, LAST_LOW))
                .filter(used::add)
                .findFirst()
                .orElse(-1);
    }

    private void bandwidth(int kbps) {
        if (kbps > 0) {
            ours.line(new SdpLine('b', "AS:" + kbps));
        }
    }

    private void format(VideoFormat format, int rtx) {
        ours.payload(new RtpMap(format.payloadType(), format.codec().sdpName(), VideoCodec.CLOCK, 1));
        if (!format.parameters().isEmpty()) {
            ours.format(new Fmtp(Integer.toString(format.payloadType()), format.parameters()));
        }
        if (rtx >= 0) {
            ours.payload(new RtpMap(rtx, "rtx", VideoCodec.CLOCK, 1));
            ours.format(new Fmtp(Integer.toString(rtx), Map.of("apt", Integer.toString(format.payloadType()))));
        }
    }

    private void feedback(int payloadType, VideoPlan.Feedback feedback) {
        feedback(payloadType, feedback.fullIntra(), PeerVideo.FULL_INTRA);
        feedback(payloadType, feedback.nack(), PeerVideo.NACK);
        feedback(payloadType, feedback.pictureLoss(), PeerVideo.PICTURE_LOSS);
        feedback(payloadType, feedback.remb(), PeerVideo.REMB);
        feedback(payloadType, feedback.transportWide(), PeerVideo.TRANSPORT_WIDE);
    }

    private void feedback(int payloadType, boolean wanted, String message) {
        if (wanted) {
            ours.line(SdpLine.attribute("rtcp-fb", new RtcpFeedback(Integer.toString(payloadType), message).encode()));
        }
    }

    private void extensions(VideoPlan.Extensions extensions) {
        extension(extensions.sendTime(), PeerVideo.SEND_TIME);
        extension(extensions.transportSequence(), PeerVideo.TRANSPORT_SEQUENCE);
        extension(extensions.mid(), PeerVideo.MID);
    }

    private void extension(int id, String name) {
        if (id > 0) {
            ours.line(SdpLine.attribute("extmap", id + " " + name));
        }
    }

    /// The stream is that of the audio (verto-wire.md 12.3, number 12).
    private void sources(boolean repeats) {
        sources(local.videoSsrc(), repeats ? OptionalInt.of(local.rtxSsrc()) : OptionalInt.empty(), local.streamId(), "v0");
    }

    private void sources(int ssrc, OptionalInt rtx, String stream, String track) {
        if (rtx.isPresent()) {
            ours.line(SdpLine.attribute("ssrc-group", "FID " + Integer.toUnsignedLong(ssrc) + " " + Integer.toUnsignedLong(rtx.getAsInt())));
        }
        source(Integer.toUnsignedLong(ssrc), stream, track);
        rtx.ifPresent(second -> source(Integer.toUnsignedLong(second), stream, track));
    }

    private void source(long ssrc, String stream, String track) {
        named(ssrc, "cname", local.cname());
        named(ssrc, "msid", stream + " " + track);
        named(ssrc, "mslabel", stream);
        named(ssrc, "label", stream + track);
    }

    private void named(long ssrc, String name, String value) {
        ours.line(SdpLine.attribute("ssrc", new SsrcAttribute(ssrc, name, value).encode()));
    }
}
