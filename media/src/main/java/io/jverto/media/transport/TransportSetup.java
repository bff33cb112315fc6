package io.jverto.media.transport;

import io.jverto.media.plan.CandidateAcl;
import io.jverto.media.plan.DirectRules;
import io.jverto.media.plan.GalleryLine;
import io.jverto.media.plan.IceCredentials;

/// Our side of a transport.
///
/// @param ice our credentials
/// @param audioSsrc of the audio that we send
/// @param cname RTCP canonical name, ASCII
/// @param acl the peer's addresses that ICE may use
/// @param direct what counts for a peer without ICE
public record TransportSetup(IceCredentials ice, int audioSsrc, String cname, CandidateAcl acl, DirectRules direct) {
    /// @return of the video that we send, as the SDP says it
    int videoSsrc() {
        return audioSsrc + 1;
    }

    /// @return of its packets that are sent again
    int rtxSsrc() {
        return audioSsrc + 2;
    }

    /// @return of what we send on a line of the gallery
    int gallerySsrc(int line) {
        return GalleryLine.ssrc(audioSsrc, line);
    }

    /// @return of its packets that are sent again
    int galleryRtxSsrc(int line) {
        return GalleryLine.ssrc(audioSsrc, line) + 1;
    }

    /// For a peer that may be anywhere.
    public TransportSetup(IceCredentials ice, int audioSsrc, String cname) {
        this(ice, audioSsrc, cname, CandidateAcl.ANY, DirectRules.DEFAULT);
    }
}
