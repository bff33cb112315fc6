package io.jverto.conference;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.Voice;
import io.jverto.media.plan.VoiceRules;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/// What a room does to the voice of a member by itself, and counts of it: the gate that moves (conference.md section 8.4), automatic gain,
/// protection from shouting, reports of talking (section 8.3).
@OwnedBy(Role.ROOM)
final class MemberVoice {
    /// A shorter spurt says nothing of the noise around a member.
    private static final int LONG_SPURT_MILLIS = 2_000;
    private static final int LOWER_BY = 100;
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long NEVER = Long.MAX_VALUE;

    private final long lowerAfterNanos;
    private final int roomLevel;
    private VoiceRules rules;
    private int autoLevel;
    private long lowerAtNanos = NEVER;

    private long reportAtNanos;
    private long talksSinceNanos = NEVER;
    private int detects;
    private long talkedNanos;

    /// @param roomLevel the gate that the room's profile wants
    /// @param reported whether it is told how much the member talks
    MemberVoice(RoomProfile profile, int roomLevel, boolean reported, long nowNanos) {
        this.rules = profile.voiceRules();
        this.autoLevel = Math.min(Arrivals.MAX_ENERGY, profile.number(ProfileParam.AUTO_ENERGY_LEVEL));
        this.lowerAfterNanos = TimeUnit.SECONDS.toNanos(Math.max(1, profile.number(ProfileParam.AUTO_ENERGY_SECONDS)));
        this.roomLevel = roomLevel;
        this.reportAtNanos = reported ? nowNanos + REPORT_NANOS : NEVER;
    }

    VoiceRules rules() {
        return rules;
    }

    void rules(VoiceRules now) {
        rules = now;
    }

    /// @return how high the gate goes by itself; 0 for not at all
    int autoLevel() {
        return autoLevel;
    }

    void autoLevel(int level) {
        autoLevel = level;
    }

    /// The gate was set by hand: it moves no more if it is higher than it would go by itself.
    void set(int level) {
        autoLevel = level > autoLevel ? 0 : autoLevel;
    }

    void begins(long nowNanos) {
        lowerAtNanos = NEVER;
        detects++;
        talksSinceNanos = nowNanos;
    }

    /// @param gate over which it is heard at the moment
    /// @return the gate that it gets
    OptionalInt stops(Voice.Spurt spurt, int gate, long nowNanos) {
        if (talksSinceNanos != NEVER) {
            talkedNanos += nowNanos - talksSinceNanos;
        }
        talksSinceNanos = NEVER;
        if (autoLevel == 0) {
            return OptionalInt.empty();
        }
        lowerAtNanos = nowNanos + lowerAfterNanos;
        boolean pauses = (spurt.frames() - spurt.openFrames()) * 100 > spurt.openFrames();
        int wanted = Math.min(autoLevel, spurt.meanEnergy() * 3 / 4);
        return spurt.millis() > LONG_SPURT_MILLIS && pauses && wanted != gate ? OptionalInt.of(wanted) : OptionalInt.empty();
    }

    /// @return when [#lowered] and [#report] want to be asked
    long deadlineNanos() {
        return Math.min(lowerAtNanos, reportAtNanos);
    }

    /// @return the gate that it gets in a long silence
    OptionalInt lowered(int gate, long nowNanos) {
        if (nowNanos < lowerAtNanos) {
            return OptionalInt.empty();
        }
        boolean high = autoLevel > 0 && gate > roomLevel;
        lowerAtNanos = high ? nowNanos + lowerAfterNanos : NEVER;
        return high ? OptionalInt.of(Math.max(roomLevel, gate - LOWER_BY)) : OptionalInt.empty();
    }

    /// @return what was said in the last ten seconds, if they are over
    Optional<Talk> report(long nowNanos) {
        if (nowNanos < reportAtNanos) {
            return Optional.empty();
        }
        reportAtNanos += REPORT_NANOS;
        if (talksSinceNanos != NEVER) {
            talkedNanos += nowNanos - talksSinceNanos;
            talksSinceNanos = nowNanos;
        }
        Talk talk = new Talk(detects, TimeUnit.NANOSECONDS.toMillis(talkedNanos));
        detects = talksSinceNanos == NEVER ? 0 : 1; // who goes on talking talks in the next ten seconds as well
        talkedNanos = 0;
        return Optional.of(talk);
    }

    /// @param detects how often it talked
    /// @param millis how long, in all
    record Talk(int detects, long millis) {}
}
