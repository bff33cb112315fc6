package io.jverto.media.ice;

import io.jverto.base.count.Counters;
import io.jverto.media.plan.CandidateAcl;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Obeys a [CandidateAcl]: nothing is ever sent to an address that it has not (security.md S16).
final class IceFilter {
    private final CandidateAcl acl;
    private final Counters<IceCounter> counters;

    IceFilter(CandidateAcl acl, Counters<IceCounter> counters) {
        this.acl = acl;
        this.counters = counters;
    }

    boolean allows(InetSocketAddress address) {
        return !address.isUnresolved() && acl.lists().stream().anyMatch(list -> list.test(address.getAddress()));
    }

    /// @return those that may be used, in the order of the lists (verto-wire.md section 10.2), and in their own within a list
    List<InetSocketAddress> permitted(List<InetSocketAddress> candidates) {
        List<InetSocketAddress> literal = candidates.stream()
                .filter(candidate -> !candidate.isUnresolved())
                .distinct()
                .toList();
        Set<InetSocketAddress> permitted = new LinkedHashSet<>();
        for (Predicate<InetAddress> list : acl.lists()) {
            literal.stream().filter(candidate -> list.test(candidate.getAddress())).forEach(permitted::add);
        }
        counters.add(IceCounter.CANDIDATE_DENIED, literal.size() - permitted.size());
        return List.copyOf(permitted);
    }
}
