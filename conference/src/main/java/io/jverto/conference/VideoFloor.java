package io.jverto.conference;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Whom the members of a room see: who has the floor, and he sees who had it before (conference.md sections 9.2 and 21.1, `video-mode` passthrough).
/// The picture follows the talker, unless a moderator has given the floor to somebody. What is sent is passed on as it is: members with another
/// codec than the floor's see nothing of it.
@OwnedBy(Role.ROOM)
final class VideoFloor {
    private static final String NOBODY = "none";

    private final long patienceNanos;
    private @Nullable Member holder;
    private @Nullable Member before;
    private boolean locked;
    private String told = NOBODY;
    /// Who talks, and since when.
    private @Nullable Member talker;
    private long talkerSinceNanos;

    /// @param patienceMillis how long somebody has to have the floor of sound until he is seen (`video-auto-floor-msec`)
    VideoFloor(int patienceMillis) {
        this.patienceNanos = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    }

    /// Looks who has it now, and lets everybody see what he should.
    ///
    /// @param onCanvases whether they see canvases instead
    /// @return the change since the last time this was asked
    Optional<Floor.Change> update(List<Member> members, Relations relations, boolean onCanvases, long nowNanos) {
        settle(members, nowNanos);
        for (Member member : members) {
            boolean has = member == holder;
            member.videoFloor(has, has && locked);
            member.sees(onCanvases ? Optional.empty() : seen(member, members, relations));
        }
        String now = holder == null ? NOBODY : Integer.toString(holder.id());
        String was = told;
        told = now;
        return now.equals(was) ? Optional.empty() : Optional.of(new Floor.Change(was, now));
    }

    private void settle(List<Member> members, long nowNanos) {
        before = before != null && members.contains(before) ? before : null;
        if (holder != null && !members.contains(holder)) {
            give(null);
        }
        Member talks = members.stream().filter(Member::hasFloor).findFirst().orElse(null);
        if (talks != talker) {
            talker = talks;
            talkerSinceNanos = nowNanos;
        }
        if (locked) {
            return;
        }
        boolean follows = talks != null && canBeSeen(talks) && (holder == null || talks.talking() && nowNanos - talkerSinceNanos >= patienceNanos);
        if (follows) {
            give(talks);
        } else if (holder == null || !canBeSeen(holder)) {
            give(members.stream().filter(VideoFloor::canBeSeen).findFirst().orElse(null));
        }
    }

    /// @return when [#update] may find something else though nothing happened, `Long.MAX_VALUE` for never
    long deadlineNanos() {
        Member waits = talker;
        boolean soon = !locked && waits != null && waits != holder && waits.talking() && canBeSeen(waits);
        return soon ? talkerSinceNanos + patienceNanos : Long.MAX_VALUE;
    }

    /// @return who has it and can be seen
    Optional<Member> holder() {
        return Optional.ofNullable(holder).filter(VideoFloor::canBeSeen);
    }

    static boolean canBeSeen(Member member) {
        return member.video().sends() && !member.video().muted() && !member.held() && !member.parked();
    }

    private Optional<Member> seen(Member viewer, List<Member> members, Relations relations) {
        if (!viewer.video().looksAtRoom() || viewer.parked()) {
            return Optional.empty();
        }
        List<@Nullable Member> wanted = new ArrayList<>();
        members.stream().filter(member -> relations.shows(member.id(), viewer.id())).forEach(wanted::add);
        wanted.add(holder);
        wanted.add(before);
        members.forEach(member -> wanted.add(viewer == holder ? member : null));
        return wanted.stream().filter(member -> member != null && member != viewer && canBeSeen(member)).findFirst();
    }

    /// Gives it to a member and locks it, or unlocks it where it is locked on him.
    ///
    /// @param force even if another one has it
    /// @return the reply of the command `vid-floor`
    String toggle(Member member, boolean force) {
        if (holder == member && locked) {
            locked = false;
            return "+OK floor none\n";
        }
        if (holder != null && holder != member && !force) {
            return "-ERR floor is held by " + holder.id() + "\n";
        }
        if (!member.video().sends()) {
            return "-ERR member " + member.id() + " has no video\n";
        }
        give(member);
        locked = true;
        return "+OK floor " + member.id() + "\n";
    }

    /// Whether a moderator has given it to a member.
    boolean isGivenTo(Member member) {
        return locked && holder == member;
    }

    /// To whom a moderator gave it before the server was started again has it again, though he cannot be seen yet.
    void returnsTo(Member member) {
        give(member);
        locked = true;
    }

    /// The picture follows the talker again.
    void clear() {
        locked = false;
    }

    private void give(@Nullable Member next) {
        if (next != holder) {
            before = holder;
            holder = next;
            locked = false;
        }
    }
}
