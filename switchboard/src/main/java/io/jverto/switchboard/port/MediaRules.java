package io.jverto.switchboard.port;

import io.jverto.media.plan.CandidateAcl;
import io.jverto.media.plan.JitterBounds;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What a profile says about the media of its calls (media-rtc.md section 1).
///
/// @param candidates the client's addresses that ICE may use
/// @param jitter what the delay of its jitter buffer may be
/// @param direct for clients without ICE and DTLS; empty where all clients have both
public record MediaRules(CandidateAcl candidates, JitterBounds jitter, Optional<DirectMedia> direct) {
    /// The rules of a profile that says nothing.
    public static final MediaRules DEFAULT = new MediaRules(CandidateAcl.ANY, JitterBounds.DEFAULT, Optional.empty());
    /// What a jitter buffer can do at the least and at most.
    public static final int LEAST_JITTER_MILLIS = JitterBounds.LEAST_MILLIS;
    public static final int MOST_JITTER_MILLIS = JitterBounds.LIMIT_MILLIS;

    /// @param lists the most wanted addresses first; none at all means any address
    public MediaRules withCandidates(List<Predicate<InetAddress>> lists) {
        return lists.isEmpty() ? this : new MediaRules(new CandidateAcl(lists), jitter, direct);
    }

    public MediaRules withJitter(int minMillis, int maxMillis) {
        return new MediaRules(candidates, new JitterBounds(minMillis, maxMillis), direct);
    }

    /// @param media for clients without ICE; empty when this one turns out to have it
    public MediaRules withDirect(Optional<DirectMedia> media) {
        return new MediaRules(candidates, jitter, media);
    }
}
