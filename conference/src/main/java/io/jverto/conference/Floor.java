package io.jverto.conference;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who has the floor: the first who may speak, until he is silent and another talks (conference.md section 9.1; talking stands for the
/// scores there).
@OwnedBy(Role.ROOM)
final class Floor {
    private @Nullable Member holder;

    /// Looks who has it now.
    void update(List<Member> members) {
        if (holder != null && (!members.contains(holder) || !holder.talking())) {
            boolean gone = !members.contains(holder);
            Optional<Member> next = members.stream().filter(Member::talking).findFirst();
            if (next.isPresent() || gone) {
                give(next.orElse(null));
            }
        }
        if (holder == null) {
            give(members.stream()
                    .filter(Member::talking)
                    .findFirst()
                    .or(() -> members.stream().filter(member -> !member.muted()).findFirst())
                    .or(() -> members.stream().findFirst())
                    .orElse(null));
        }
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
