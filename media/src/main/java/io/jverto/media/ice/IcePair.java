package io.jverto.media.ice;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// Our one address and one of the peer's (RFC 8445 section 6.1.2), with what its checks told.
final class IcePair {
    static final long NEVER = Long.MAX_VALUE;

    final IceChecklist checklist;
    final InetSocketAddress remote;

    /// The check that is under way, and when it is sent next; [#NEVER] when the pair rests.
    private @Nullable IceCheck check;

    private long nextSendNanos = NEVER;
    private int sends;
    private boolean triggered;

    /// The peer answered a check of ours: media may flow (RFC 8445 section 7.2.5.3.2).
    private boolean answered;

    private long answeredNanos;

    /// The peer, controlling, asked for this pair.
    private boolean nominated;

    private long nominatedNanos;
    private boolean heard;
    private long peerPriority;
    /// Counts up with every sign of life, so that the deadest pair can be found.
    long lastUsed;

    IcePair(IceChecklist checklist, InetSocketAddress remote) {
        this.checklist = checklist;
        this.remote = remote;
    }

    /// Puts a new check into the queue, in front of the ordinary ones when it is triggered (RFC 8445 section 6.1.4.1).
    void begin(IceCheck newCheck, long nowNanos, boolean first) {
        check = newCheck;
        nextSendNanos = nowNanos;
        sends = 0;
        triggered = first;
    }

    boolean isChecking() {
        return nextSendNanos != NEVER;
    }

    boolean isTriggered() {
        return triggered;
    }

    long nextSendNanos() {
        return nextSendNanos;
    }

    /// Notes that the check goes out, and plans its repetition.
    ///
    /// @return what to send, null when it was repeated often enough: nobody answers there
    @Nullable IceCheck send(long nowNanos) {
        triggered = false;
        if (sends == IceLimits.MAX_SENDS) {
            rest();
            return null;
        }
        // RFC 8489 section 6.2.1 doubles without end; a call is sooner up with a bound.
        nextSendNanos = nowNanos + Math.min(IceLimits.FIRST_REPEAT_NANOS << sends, IceLimits.LAST_REPEAT_NANOS);
        sends++;
        return check;
    }

    void onAnswer(IceCheck answeredCheck, long nowNanos) {
        answered = true;
        answeredNanos = nowNanos;
        onEnd(answeredCheck);
    }

    /// The check is over. An older one that is answered late leaves the newer one running.
    void onEnd(IceCheck endedCheck) {
        if (endedCheck == check) {
            rest();
        }
    }

    boolean hasAnsweredSince(long nanos) {
        return answered && answeredNanos >= nanos;
    }

    boolean isAnswered() {
        return answered;
    }

    long answeredNanos() {
        return answeredNanos;
    }

    void onNominated(long nowNanos) {
        nominated = true;
        nominatedNanos = nowNanos;
    }

    boolean isNominated() {
        return nominated;
    }

    boolean wasNominatedSince(long nanos) {
        return nominated && nominatedNanos >= nanos;
    }

    long nominatedNanos() {
        return nominatedNanos;
    }

    /// The peer asks us here.
    ///
    /// @return whether it had not before
    boolean isHeardFirst() {
        boolean first = !heard;
        heard = true;
        return first;
    }

    void peerPriority(long priority) {
        peerPriority = priority;
    }

    long peerPriority() {
        return peerPriority;
    }

    private void rest() {
        check = null;
        nextSendNanos = NEVER;
        triggered = false;
    }
}
