package io.jverto.conference;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// When a room ends though members are left (conference.md section 20), and who is heard before a moderator comes (section 5).
@OwnedBy(Role.ROOM)
final class RoomLife {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final RoomState state;
    private final int silenceSeconds;
    private final long heartbeatNanos;
    private boolean leastReached;
    private boolean mandatoryCame;
    private boolean over;
    private boolean forced;
    private long graceFromNanos = Long.MAX_VALUE;
    private long quietFromNanos = Long.MAX_VALUE;
    private long heartbeatAtNanos = Long.MAX_VALUE;

    RoomLife(RoomProfile profile, RoomState state, long nowNanos) {
        this.state = state;
        this.silenceSeconds = profile.number(ProfileParam.TERMINATE_ON_SILENCE);
        int beat = profile.number(ProfileParam.HEARTBEAT_PERIOD_SEC);
        this.heartbeatNanos = beat >= 20 ? beat * SECOND : 0;
        if (heartbeatNanos > 0) {
            heartbeatAtNanos = nowNanos + heartbeatNanos;
        }
    }

    /// @param counted members without ghosts
    void joined(Member member, int counted, long nowNanos) {
        if (member.has(MemberFlag.MINTWO)) {
            state.least = 2;
        }
        leastReached |= counted >= state.least;
        if (member.has(MemberFlag.MANDATORY_MEMBER_ENDCONF)) {
            mandatoryCame = true;
            graceFromNanos = Long.MAX_VALUE;
        }
        if (member.moderator()) {
            state.waiting = false;
        }
        quietFromNanos = nowNanos;
    }

    void left(Member member, List<Member> stayed, int counted, long nowNanos) {
        boolean mandatory = stayed.stream().anyMatch(one -> one.has(MemberFlag.MANDATORY_MEMBER_ENDCONF));
        over |= member.has(MemberFlag.ENDCONF);
        over |= leastReached && counted < state.least && state.least > 1;
        if (mandatoryCame && !mandatory && graceFromNanos == Long.MAX_VALUE) {
            graceFromNanos = nowNanos;
        }
    }

    /// Somebody talks, or did until now.
    void talked(long nowNanos) {
        quietFromNanos = nowNanos;
    }

    /// @param talks whether anybody does
    /// @return whether the room is to end
    boolean isOver(long nowNanos, int counted, boolean talks) {
        forced |= nowNanos >= graceDeadline();
        over |= forced;
        over |= !talks && nowNanos >= silenceDeadline(counted);
        return over;
    }

    /// @return whether it ended because a member that it needs had left
    boolean forced() {
        return forced;
    }

    /// @return whether an event is due
    boolean beats(long nowNanos) {
        boolean due = nowNanos >= heartbeatAtNanos;
        if (due) {
            heartbeatAtNanos += heartbeatNanos;
        }
        return due;
    }

    /// @return when [#isOver] wants to be asked
    long deadlineNanos(int counted, boolean talks) {
        long silence = talks ? Long.MAX_VALUE : silenceDeadline(counted);
        return Math.min(heartbeatAtNanos, Math.min(graceDeadline(), silence));
    }

    private long graceDeadline() {
        return graceFromNanos == Long.MAX_VALUE ? Long.MAX_VALUE : graceFromNanos + state.graceSeconds * SECOND;
    }

    private long silenceDeadline(int counted) {
        return silenceSeconds == 0 || counted < 2 || quietFromNanos == Long.MAX_VALUE ? Long.MAX_VALUE : quietFromNanos + silenceSeconds * SECOND;
    }
}
