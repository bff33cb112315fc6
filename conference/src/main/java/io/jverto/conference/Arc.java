package io.jverto.conference;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.Position;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Places those who may speak on the half circle in front of a listener, anew whenever somebody comes, leaves, or is muted, deaf or on hold
/// or no longer (conference.md section 12.5, its sensible version). Who came last is left. A place given by hand lasts until then.
@OwnedBy(Role.ROOM)
final class Arc {
    private static final int[] NOBODY = {};
    /// Fewer sit in the middle.
    private static final int LEAST = 3;
    private static final double HALF_CIRCLE = 180;

    private int[] arranged = NOBODY;

    /// @param on whether the room wants it
    void update(List<Member> members, boolean on) {
        if (!on) {
            arranged = NOBODY;
        } else if (!Arrays.equals(statesOf(members), arranged)) {
            arrange(members);
        }
    }

    /// @return whom it placed, from left to right
    List<Member> arrange(List<Member> members) {
        arranged = statesOf(members);
        List<Member> speakers = members.reversed().stream()
                .filter(member -> !member.muted() && !member.parked() && !member.held() && !member.has(MemberFlag.NO_POSITIONAL))
                .toList();
        double step = HALF_CIRCLE / (speakers.size() - 1);
        for (int i = 0; i < speakers.size(); i++) {
            speakers.get(i).place(Optional.of(speakers.size() < LEAST ? Position.CENTRE : Position.inFront(i * step - HALF_CIRCLE / 2)));
        }
        return speakers;
    }

    private static int[] statesOf(List<Member> members) {
        return members.stream().mapToInt(Arc::stateOf).toArray();
    }

    private static int stateOf(Member member) {
        return member.id() << 3 | (member.muted() ? 1 : 0) | (member.deaf() ? 2 : 0) | (member.parked() || member.held() ? 4 : 0);
    }
}
