package io.jverto.sip.transaction;

import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;

/// An INVITE to us (RFC 3261 figure 7, with the Accepted state of RFC 6026 section 7.1).
final class InviteServer extends Transaction<InviteServer.State> {
    enum State { PROCEEDING, COMPLETED, CONFIRMED, ACCEPTED, TERMINATED }

    private final Hop from;
    private SipResponse last;

    /// @param from where the INVITE came from; responses go to `back`
    InviteServer(String key, SipRequest invite, Hop from, Hop back, Context context) {
        super(key, back, context, State.PROCEEDING, State.TERMINATED);
        this.from = from;
        this.last = invite.reply(100);
    }

    /// RFC 3261 section 17.2.1: 100 stops the repetitions of the caller, whatever the rest of us needs.
    void start(TransactionOutput out) {
        out.send(hop, last);
    }

    /// The INVITE came again.
    void onRepeated(TransactionOutput out) {
        context.count(TransactionCounter.ABSORBED);
        if (state() == State.PROCEEDING || state() == State.COMPLETED) {
            out.send(hop, last);
        }
    }

    /// @return false when it is too late for this response
    boolean respond(long nowNanos, SipResponse response, TransactionOutput out) {
        boolean again = state() == State.ACCEPTED && response.isSuccess();
        if (state() != State.PROCEEDING && !again) {
            return false;
        }
        last = response;
        if (response.isSuccess() && !again) {
            endIn(nowNanos, context.timers().giveUp()); // timer L
            become(State.ACCEPTED);
        } else if (response.isFinal() && !again) {
            repeatIn(nowNanos, context.timers().t1()); // timer G
            endIn(nowNanos, context.timers().giveUp()); // timer H
            become(State.COMPLETED);
        }
        out.send(hop, response);
        return true;
    }

    void onAck(long nowNanos, SipRequest ack, TransactionOutput out) {
        switch (state()) {
            case COMPLETED -> {
                stopTimers();
                if (hop.transport().isReliable()) {
                    become(State.TERMINATED); // timer I is zero
                } else {
                    endIn(nowNanos, context.timers().t4()); // timer I
                    become(State.CONFIRMED);
                }
            }
            // Some clients repeat the INVITE's branch in the ACK of a 2xx.
            case ACCEPTED -> out.ack(ack, from);
            case PROCEEDING, CONFIRMED, TERMINATED -> context.count(TransactionCounter.ABSORBED);
        }
    }

    boolean isOpen() {
        return state() == State.PROCEEDING;
    }

    /// RFC 3261 section 9.2: the answers to a CANCEL and to its INVITE have the same tag; some peers take it from either.
    String tag() {
        return last.envelope().to().tag().orElse("cancel");
    }

    void onUnreachable() {
        become(State.TERMINATED);
    }

    @Override
    void onRepeat(long nowNanos, TransactionOutput out) {
        repeatLater(nowNanos, context.timers().t2());
        out.send(hop, last);
    }

    @Override
    void onEnd(long nowNanos, TransactionOutput out) {
        boolean missing = state() == State.COMPLETED;
        become(State.TERMINATED);
        if (missing) {
            context.count(TransactionCounter.UNACKNOWLEDGED);
            out.unacknowledged(new ServerId(key));
        }
    }
}
