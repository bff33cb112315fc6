package io.jverto.switchboard.port;

import io.jverto.media.plan.CandidateAcl;
import io.jverto.media.plan.JitterBounds;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Predicate;

/// What a profile says about the media of its calls (media-rtc.md section 1).
///
/// @param candidates the client's addresses that ICE may use
/// @param jitter what the delay of its jitter buffer may be
public record MediaRules(CandidateAcl candidates, JitterBounds jitter) {
    /// The rules of a profile that says nothing.
    public static final MediaRules DEFAULT = new MediaRules(CandidateAcl.ANY, JitterBounds.DEFAULT);
    /// What a jitter buffer can do at the least and at most.
    public static final int LEAST_JITTER_MILLIS = JitterBounds.LEAST_MILLIS;
    public static final int MOST_JITTER_MILLIS = JitterBounds.LIMIT_MILLIS;

    /// @param lists the most wanted addresses first; none at all means any address
    public MediaRules withCandidates(List<Predicate<InetAddress>> lists) {
        return lists.isEmpty() ? this : new MediaRules(new CandidateAcl(lists), jitter);
    }

    public MediaRules withJitter(int minMillis, int maxMillis) {
        return new MediaRules(candidates, new JitterBounds(minMillis, maxMillis));
    }
}
