package io.jverto.media.plan;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Predicate;

/// Which addresses of a peer ICE may use (media-rtc.md section 6.1).
///
/// @param lists the most wanted first; an address that is in none may not be used
public record CandidateAcl(List<Predicate<InetAddress>> lists) {
    /// Every address may be used.
    public static final CandidateAcl ANY = new CandidateAcl(List.of(_ -> true));

    public CandidateAcl {
        lists = List.copyOf(lists);
    }
}
