package io.jverto.sip.profile;

import io.jverto.base.net.NetworkList;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// Whom a profile lets in (sip.md section 2.2).
///
/// @param challengeCalls whether callers have to prove who they are, unless a list holds their address or they are a gateway
/// @param listsOnly whether nobody can prove that: who is in no list is refused
/// @param lists of addresses, the first that holds one counts
public record AccessConfig(boolean challengeCalls, boolean listsOnly, List<Trust> lists) {
    public AccessConfig {
        lists = List.copyOf(lists);
    }

    /// One list.
    ///
    /// @param passContext where calls go of who is in it; empty for the profile's context
    /// @param failContext where calls go of who is not, when nobody has to prove anything; empty for nowhere
    public record Trust(NetworkList list, String passContext, String failContext) {}

    /// What becomes of a caller who is no gateway.
    sealed interface Verdict {
        record Enters(Caller caller) implements Verdict {}

        record Challenged() implements Verdict {}

        record Refused() implements Verdict {}
    }

    Verdict of(InetAddress source) {
        Optional<Trust> passed = lists.stream().filter(one -> one.list().test(source)).findFirst();
        if (passed.isPresent()) {
            return new Verdict.Enters(new Caller.Trusted(passed.get().passContext()));
        } else if (listsOnly) {
            return new Verdict.Refused();
        } else if (challengeCalls) {
            return new Verdict.Challenged();
        } else if (lists.isEmpty()) {
            return new Verdict.Enters(new Caller.Anybody(""));
        }
        String context = lists.getLast().failContext();
        return context.isEmpty() ? new Verdict.Refused() : new Verdict.Enters(new Caller.Anybody(context));
    }
}
