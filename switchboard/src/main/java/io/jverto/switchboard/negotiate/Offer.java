package io.jverto.switchboard.negotiate;

import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.LocalMedia;
import io.jverto.media.plan.MediaPlan;
import io.jverto.wire.sdp.Direction;
import io.jverto.wire.sdp.MediaDescription;
import io.jverto.wire.sdp.SdpEncoder;
import io.jverto.wire.sdp.SdpLine;
import io.jverto.wire.sdp.SdpText;
import io.jverto.wire.sdp.SessionDescription;
import io.jverto.wire.sdp.Setup;
import java.util.Comparator;
import java.util.List;

/// Our offers. Never with the text `m=video` in them for an audio call, and with `stereo=1` only where stereo is meant:
/// clients search the text for both (verto-wire.md 12.3, numbers 4 and 5).
final class Offer {
    // DEVIATION sdp-1: the reference server offers RTP/SAVPF.
    private static final String PROFILE = "UDP/TLS/RTP/SAVPF";
    private static final String AUDIO_MID = "0";
    private static final String VIDEO_MID = "1";
    private static final int TELEPHONE_EVENT = 101;
    /// As browsers number it.
    private static final int AUDIO_LEVEL_EXTENSION = 1;
    private static final int NARROW_CLOCK = 8_000;

    private Offer() {}

    /// As in `verto.invite`.
    static SdpText fresh(LocalMedia local, Terms terms) {
        LocalDescription ours = new LocalDescription(local);
        addTelephoneEvents(ours, terms.codecs(), ours.codecs(terms.codecs()));
        ours.dtls(Setup.ACTPASS).rtcp().source().ice();
        ours.candidate(1, 0).candidate(2, 0).passive();
        ours.sending(CodecChoice.PTIME_MILLIS, Direction.SENDRECV);
        // DEVIATION sdp-16: the reference server has no header extensions.
        if (terms.codecs().items().stream().anyMatch(item -> item.codec() == AudioCodec.OPUS)) {
            ours.audioLevel(AUDIO_LEVEL_EXTENSION);
        }
        if (terms.video().offered().isEmpty()) {
            return write(ours, terms.sessionId());
        }
        MediaDescription audio = ours.mid(AUDIO_MID).audio(PROFILE);
        return write(ours, terms.sessionId(), audio, new VideoLine(local).offer(terms.video(), VIDEO_MID, PROFILE, audio.formats()));
    }

    /// As in `verto.attach`.
    static SdpText again(LocalMedia local, MediaPlan plan, long sessionId) {
        AudioPlan agreed = plan.audio();
        LocalDescription ours = new LocalDescription(local);
        if (agreed.isNone()) {
            return write(ours, sessionId, List.of(VIDEO_MID), List.of(new VideoLine(local).again(plan.video().orElseThrow(), VIDEO_MID, PROFILE)));
        }
        ours.codec(agreed.codec(), agreed.payloadType());
        if (agreed.codec() == AudioCodec.OPUS) {
            boolean stereo = agreed.sendChannels() == 2 || agreed.receiveChannels() == 2;
            ours.format(OpusFormat.reoffer(agreed.payloadType(), stereo));
        }
        if (agreed.telephoneEventPayloadType() >= 0) {
            ours.telephoneEvent(agreed.telephoneEventPayloadType(), agreed.telephoneEventClock());
        }
        ours.sending(agreed.ptimeMillis(), direction(agreed)).dtls(Setup.ACTPASS).rtcp().ice();
        ours.candidate(1, 0).candidate(2, 1).passive().endOfCandidates().source().audioLevel(agreed.audioLevelExtension());
        return plan.video()
                .map(video -> write(ours, sessionId, ours.mid(AUDIO_MID).audio(PROFILE), new VideoLine(local).again(video, VIDEO_MID, PROFILE)))
                .orElseGet(() -> write(ours, sessionId));
    }

    /// One for each clock of ours: 8000 or the only one is 101 (media-rtc.md section 5.3).
    // DEVIATION sdp-2: the reference server offers none to Verto clients: their digits come through `verto.info` only.
    private static void addTelephoneEvents(LocalDescription ours, CodecPreferences codecs, int firstFree) {
        int[] clocks = codecs.items().stream()
                .map(item -> item.codec().rtpClock())
                .distinct()
                .sorted(Comparator.comparing(hz -> hz != NARROW_CLOCK))
                .mapToInt(Integer::intValue)
                .toArray();
        int free = firstFree;
        for (int i = 0; i < clocks.length; i++) {
            ours.telephoneEvent(i == 0 ? TELEPHONE_EVENT : free++, clocks[i]);
        }
    }

    private static Direction direction(AudioPlan agreed) {
        if (agreed.sending()) {
            return agreed.receiving() ? Direction.SENDRECV : Direction.SENDONLY;
        }
        return agreed.receiving() ? Direction.RECVONLY : Direction.INACTIVE;
    }

    /// One transport for both (RFC 9143).
    private static SdpText write(LocalDescription ours, long sessionId, MediaDescription audio, MediaDescription video) {
        return write(ours, sessionId, List.of(AUDIO_MID, VIDEO_MID), List.of(audio, video));
    }

    private static SdpText write(LocalDescription ours, long sessionId, List<String> mids, List<MediaDescription> lines) {
        List<SdpLine> bundle = List.of(SdpLine.attribute("group", "BUNDLE " + String.join(" ", mids)));
        return SdpEncoder.encode(new SessionDescription(ours.session(sessionId, bundle), lines));
    }

    private static SdpText write(LocalDescription ours, long sessionId) {
        return SdpEncoder.encode(
                new SessionDescription(ours.session(sessionId, List.of()), List.of(ours.audio(PROFILE))));
    }
}
