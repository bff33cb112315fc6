package io.jverto.media.transport;

import io.jverto.media.plan.CandidateAcl;
import io.jverto.media.plan.DirectRules;
import io.jverto.media.plan.IceCredentials;

/// Our side of a transport.
///
/// @param ice our credentials
/// @param audioSsrc of the audio that we send
/// @param cname RTCP canonical name, ASCII
/// @param acl the peer's addresses that ICE may use
/// @param direct what counts for a peer without ICE
public record TransportSetup(IceCredentials ice, int audioSsrc, String cname, CandidateAcl acl, DirectRules direct) {
    /// For a peer that may be anywhere.
    public TransportSetup(IceCredentials ice, int audioSsrc, String cname) {
        this(ice, audioSsrc, cname, CandidateAcl.ANY, DirectRules.DEFAULT);
    }
}
