package io.jverto.switchboard.negotiate;

import io.jverto.media.plan.VideoCodec;
import io.jverto.media.plan.VideoFormat;
import java.util.List;
import java.util.Optional;

/// What we want of the video of a call.
///
/// @param codecs that an answer of ours may take, best first; none for a call without video
/// @param offered what our offers have, best first, with the payload types that they are to have if those are free; none for an offer
///        without video
/// @param partner what the other side of the call can take; an answer takes only what fits one of these. Empty when that is not known, or
///        does not matter
/// @param receiveKbps what we want to get at most, 0 for no limit
/// @param sendKbps what we send at most, whatever the peer wants; 0 for no limit
/// @param galleryLines how many lines for single members of a room an answer takes beside the first video line
public record VideoTerms(
        List<VideoCodec> codecs, List<VideoFormat> offered, Optional<List<VideoFormat>> partner, int receiveKbps, int sendKbps,
        int galleryLines) {
    /// Without video.
    public static final VideoTerms NONE = new VideoTerms(List.of(), List.of(), Optional.empty(), 0, 0);

    public VideoTerms {
        codecs = List.copyOf(codecs);
        offered = List.copyOf(offered);
        partner = partner.map(List::copyOf);
    }

    /// Without a gallery.
    public VideoTerms(
            List<VideoCodec> codecs, List<VideoFormat> offered, Optional<List<VideoFormat>> partner, int receiveKbps, int sendKbps) {
        this(codecs, offered, partner, receiveKbps, sendKbps, 0);
    }

    /// Whatever the peer offers of these.
    public static VideoTerms any(List<VideoCodec> codecs) {
        return new VideoTerms(codecs, List.of(), Optional.empty(), 0, 0);
    }

    boolean mayTake(VideoFormat format) {
        return codecs.contains(format.codec()) && partner.map(theirs -> theirs.stream().anyMatch(format::fits)).orElse(true);
    }
}
