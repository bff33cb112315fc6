package io.jverto.conference;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who has the floor: the first who may speak, until he is silent and another talks; of several the loudest (conference.md section 9.1;
/// talking stands for the limits there).
@OwnedBy(Role.ROOM)
final class Floor {
    private static final String NOBODY = "none";

    private @Nullable Member holder;
    private String told = NOBODY;

    /// Another has it. Ids, or `none`.
    record Change(String before, String now) {}

    /// Looks who has it now.
    ///
    /// @return the change since the last time this was asked
    Optional<Change> update(List<Member> members) {
        settle(members);
        String now = name();
        String before = told;
        told = now;
        return now.equals(before) ? Optional.empty() : Optional.of(new Change(before, now));
    }

    private void settle(List<Member> members) {
        if (holder != null && (!members.contains(holder) || !holder.talking())) {
            boolean gone = !members.contains(holder);
            Optional<Member> next = loudest(members);
            if (next.isPresent() || gone) {
                give(next.orElse(null));
            }
        }
        if (holder == null) {
            give(loudest(members)
                    .or(() -> members.stream().filter(member -> !member.muted()).findFirst())
                    .or(() -> members.stream().findFirst())
                    .orElse(null));
        }
    }

    private static Optional<Member> loudest(List<Member> members) {
        return members.stream().filter(Member::talking).max(Comparator.comparingInt(member -> member.heardAs().energy()));
    }

    /// Gives it up where a member has it, takes it where nobody who talks has it.
    ///
    /// @return the reply of the command `floor`
    String toggle(Member member) {
        if (holder == member) {
            give(null);
            return "+OK floor none\n";
        }
        if (holder != null && holder.talking()) {
            return "-ERR floor is held by " + holder.id() + "\n";
        }
        give(member);
        return "+OK floor " + member.id() + "\n";
    }

    /// Who had it before the server was started again has it again.
    void returnsTo(Member member) {
        give(member);
    }

    private String name() {
        return holder == null ? NOBODY : Integer.toString(holder.id());
    }

    private void give(@Nullable Member next) {
        if (holder != null) {
            holder.floor(false);
        }
        holder = next;
        if (holder != null) {
            holder.floor(true);
        }
    }
}
