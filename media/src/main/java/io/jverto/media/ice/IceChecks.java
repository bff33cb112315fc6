package io.jverto.media.ice;

import io.jverto.media.stun.StunTransaction;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The checks that may still be answered: the last [#MAX]. Older ones had at least ten seconds.
final class IceChecks {
    private static final int MAX = 64;

    private final @Nullable IceCheck[] checks = new IceCheck[MAX];
    private int next;

    /// Notes that a check goes out, for the first time or again.
    void add(IceCheck check) {
        for (IceCheck known : checks) {
            if (known == check) {
                return;
            }
        }
        checks[next] = check;
        next = (next + 1) % MAX;
    }

    Optional<IceCheck> find(StunTransaction transaction) {
        for (int i = 0; i < MAX; i++) {
            IceCheck check = checks[i];
            if (check != null && check.transaction().equals(transaction)) {
                return Optional.of(check);
            }
        }
        return Optional.empty();
    }

    /// A second answer to it will mean nothing.
    void remove(IceCheck taken) {
        for (int i = 0; i < MAX; i++) {
            if (checks[i] == taken) {
                checks[i] = null;
            }
        }
    }
}
