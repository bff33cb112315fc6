package io.jverto.conference;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.Voice;
import java.util.List;
import java.util.Locale;

/// Who talks in a room, and what events tell of it (conference.md sections 8 and 16).
@OwnedBy(Role.ROOM)
final class Voices {
    private final Room room;
    private final RoomLife life;

    Voices(Room room, RoomLife life) {
        this.room = room;
        this.life = life;
    }

    /// A member began or stopped to speak, was put on hold or taken off it, or says other things of itself.
    void onStatus(Member member) {
        long now = room.around().time().nanoTime();
        boolean talked = member.talking();
        boolean inVain = member.talksInVain();
        member.status(member.seat().talks(), member.seat().isHeld());
        member.says(member.seat().says());
        if (member.talking() != talked) {
            member.talkedAt(now);
            life.talked(now);
            if (talked) {
                stops(member, now);
            } else {
                member.voice().begins(now);
                room.maintenance().tell("start-talking", member);
            }
        }
        if (member.talksInVain() && !inVain) {
            room.maintenance().tell("mute-detect", member);
            room.stage().told(member, ProfileParam.MUTE_DETECT_SOUND, ProfileParam.MUTED_SOUND);
        }
    }

    private void stops(Member member, long now) {
        Voice.Spurt spurt = member.heardAs().lastSpurt();
        room.maintenance().tell("stop-talking", member, statistics(spurt));
        member.voice().stops(spurt, member.energy(), now).ifPresent(member::energy);
    }

    /// Of a spurt in which anything was heard (section 8.3): what is on was over the gate, what is off was not.
    private static String[] statistics(Voice.Spurt spurt) {
        if (spurt.frames() == 0) {
            return new String[0];
        }
        int closed = spurt.frames() - spurt.openFrames();
        double on = 100.0 * spurt.openFrames() / spurt.frames();
        double off = 100.0 * closed / spurt.frames();
        return new String[] {
            "talking-gate-hits", Integer.toString(spurt.openFrames()),
            "talking-total-packets", Integer.toString(spurt.frames()),
            "talking-duration-ms", Integer.toString(spurt.millis()),
            "talking-average-energy", Integer.toString(spurt.meanEnergy()),
            "talking-delta-average", Integer.toString(spurt.meanDelta()),
            "talking-hit-on-percent", rounded(on),
            "talking-non-hit-ratio", rounded(spurt.openFrames() == 0 ? 0 : (double) closed / spurt.openFrames()),
            "talking-hit-off-percent", rounded(off),
            "talking-hit-off-differential", rounded(on - off)
        };
    }

    private static String rounded(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    long deadlineNanos(List<Member> members) {
        long earliest = Long.MAX_VALUE;
        for (Member member : members) {
            earliest = Math.min(earliest, member.voice().deadlineNanos());
        }
        return earliest;
    }

    void onTimeout(List<Member> members, long now) {
        for (Member member : members) {
            if (member.voice().deadlineNanos() <= now) {
                member.voice().lowered(member.energy(), now).ifPresent(member::energy);
                member.voice().report(now).ifPresent(talk -> report(member, talk));
            }
        }
    }

    private void report(Member member, MemberVoice.Talk talk) {
        room.maintenance().tell("talk-report", member,
                "talk-detects", Integer.toString(talk.detects()),
                "talk-detect-duration", Long.toString(talk.millis()),
                "talk-detect-avg", Long.toString(talk.detects() == 0 ? 0 : talk.millis() / talk.detects()));
    }
}
