package io.jverto.switchboard.negotiate;

import io.jverto.media.plan.MediaSecurity;
import java.util.Optional;

/// What we bring into a negotiation besides our transport.
///
/// @param codecs ours, best first
/// @param mode whose order decides in an answer
/// @param sessionId of the `o=` line: higher for each later description of the same call; seconds since 1970 will do
/// @param direct whether keys of the SDP are used, for peers without ICE; empty for peers that have ICE and DTLS, and then they must
/// @param video what of video; with `direct` there is none
public record Terms(CodecPreferences codecs, Mode mode, long sessionId, Optional<MediaSecurity> direct, VideoTerms video) {
    /// For peers with ICE.
    public Terms(CodecPreferences codecs, Mode mode, long sessionId) {
        this(codecs, mode, sessionId, Optional.empty());
    }

    /// Answers take whatever video the list has; offers have none.
    public Terms(CodecPreferences codecs, Mode mode, long sessionId, Optional<MediaSecurity> direct) {
        this(codecs, mode, sessionId, direct, VideoTerms.any(codecs.video()));
    }

    /// Whose order decides (media-rtc.md section 4.2).
    public enum Mode {
        /// The peer's.
        GENEROUS,
        /// Ours.
        GREEDY
    }

    /// @param codecs a codec string, for instance `opus,pcmu,pcma,vp8`
    public static Terms generous(String codecs, long sessionId) {
        return new Terms(CodecPreferences.decode(codecs), Mode.GENEROUS, sessionId);
    }
}
