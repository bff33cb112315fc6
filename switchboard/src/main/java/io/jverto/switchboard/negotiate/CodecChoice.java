package io.jverto.switchboard.negotiate;

import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.OpusSettings;
import io.jverto.wire.sdp.Direction;
import io.jverto.wire.sdp.Fmtp;
import io.jverto.wire.sdp.RtpMap;
import java.util.List;
import java.util.Optional;

/// A codec that both sides have.
///
/// @param peerFormat the peer's fmtp parameters
/// @param ours our own wish for it
record CodecChoice(int payloadType, Fmtp peerFormat, CodecPreference ours) {
    /// What a packet that we send holds. Other lengths may come in: ptime is a wish of the receiver (RFC 8866 section
    /// 6.4).
    static final int PTIME_MILLIS = 20;

    static Optional<CodecChoice> among(AudioFormats peer, Terms terms) {
        return switch (terms.mode()) {
            case GENEROUS -> generous(peer, terms.codecs());
            case GREEDY -> greedy(peer, terms.codecs());
        };
    }

    /// The first payload of an answer that means the same in the offer.
    static Optional<CodecChoice> answered(AudioFormats offered, AudioFormats answered) {
        for (int payloadType : answered.payloadTypes()) {
            for (AudioCodec codec : AudioCodec.values()) {
                CodecPreference any = CodecPreference.of(codec);
                if (offered.payloadTypes().contains(payloadType)
                        && offered.map(payloadType).filter(any::matches).isPresent()
                        && answered.map(payloadType).filter(any::matches).isPresent()) {
                    return Optional.of(new CodecChoice(payloadType, answered.format(payloadType), any));
                }
            }
        }
        return Optional.empty();
    }

    AudioCodec codec() {
        return ours.codec();
    }

    /// @return whether both sides may send two channels, when `ours` decides what our own description says
    boolean stereo() {
        return codec() == AudioCodec.OPUS && OpusFormat.isStereo(peerFormat, ours);
    }

    /// @param peer the direction as the peer wrote it
    /// @param audioLevel id of the peer's header extension with the level of a packet, 0 for none
    AudioPlan plan(AudioFormats formats, Direction peer, boolean weSayStereo, int audioLevel) {
        Optional<RtpMap> event = formats.telephoneEvent(codec());
        return new AudioPlan(
                codec(),
                payloadType,
                stereo() ? 2 : 1,
                weSayStereo ? 2 : 1,
                PTIME_MILLIS,
                codec() == AudioCodec.OPUS ? OpusFormat.settings(peerFormat, ours) : OpusSettings.DEFAULT,
                event.map(RtpMap::payloadType).orElse(-1),
                event.map(RtpMap::clock).orElse(codec().rtpClock()),
                peer.receives(),
                peer.sends(),
                codec() == AudioCodec.OPUS ? audioLevel : 0, // other codecs cost little to decode
                -1);
    }

    private static Optional<CodecChoice> generous(AudioFormats peer, CodecPreferences codecs) {
        for (int payloadType : peer.payloadTypes()) {
            for (CodecPreference ours : codecs.items()) {
                if (peer.map(payloadType).filter(ours::matches).isPresent()) {
                    return Optional.of(new CodecChoice(payloadType, peer.format(payloadType), ours));
                }
            }
        }
        return Optional.empty();
    }

    /// @return all that both sides have, in the peer's order
    static List<AudioCodec> common(AudioFormats peer, CodecPreferences codecs) {
        return peer.payloadTypes().stream()
                .flatMap(payloadType -> codecs.items().stream().filter(ours -> peer.map(payloadType).filter(ours::matches).isPresent()))
                .map(CodecPreference::codec)
                .distinct()
                .toList();
    }

    private static Optional<CodecChoice> greedy(AudioFormats peer, CodecPreferences codecs) {
        for (CodecPreference ours : codecs.items()) {
            for (int payloadType : peer.payloadTypes()) {
                if (peer.map(payloadType).filter(ours::matches).isPresent()) {
                    return Optional.of(new CodecChoice(payloadType, peer.format(payloadType), ours));
                }
            }
        }
        return Optional.empty();
    }
}
