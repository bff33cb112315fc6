package io.jverto.sip.transaction;

import io.jverto.sip.message.Body;
import io.jverto.sip.message.CSeq;
import io.jverto.sip.message.Envelope;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import java.util.Optional;

/// An INVITE of ours (RFC 3261 figure 5, with the Accepted state of RFC 6026 section 7.2).
final class InviteClient extends Transaction<InviteClient.State> {
    enum State { CALLING, PROCEEDING, COMPLETED, ACCEPTED, TERMINATED }

    private final SipRequest invite;
    /// What CANCEL is to say, before it can be sent.
    private Optional<Headers> wish = Optional.empty();
    private boolean cancelled;
    private Optional<SipRequest> ack = Optional.empty();

    InviteClient(String key, SipRequest invite, Hop hop, Context context) {
        super(key, hop, context, State.CALLING, State.TERMINATED);
        this.invite = invite;
    }

    void start(long nowNanos, TransactionOutput out) {
        repeatIn(nowNanos, context.timers().t1()); // timer A
        endIn(nowNanos, context.timers().giveUp()); // timer B
        out.send(hop, invite);
    }

    void onResponse(long nowNanos, SipResponse response, Hop from, TransactionOutput out) {
        switch (state()) {
            case CALLING, PROCEEDING -> onFirst(nowNanos, response, from, out);
            case COMPLETED -> {
                if (response.isFinal() && !response.isSuccess()) {
                    context.count(TransactionCounter.ABSORBED);
                    ack.ifPresent(again -> out.send(hop, again));
                }
            }
            case ACCEPTED -> {
                if (response.isSuccess()) { // RFC 6026 section 7.2: the dialog acknowledges each
                    out.response(new ClientId(key), response, from);
                }
            }
            case TERMINATED -> context.count(TransactionCounter.RESPONSE_UNMATCHED);
        }
    }

    private void onFirst(long nowNanos, SipResponse response, Hop from, TransactionOutput out) {
        if (response.isProvisional()) {
            onProvisional();
        } else if (response.isSuccess()) {
            stopTimers();
            endIn(nowNanos, context.timers().giveUp()); // timer M
            become(State.ACCEPTED);
        } else {
            onRefused(nowNanos, response, out);
        }
        out.response(new ClientId(key), response, from);
    }

    private void onProvisional() {
        if (state() == State.CALLING) {
            stopTimers();
            become(State.PROCEEDING);
        }
    }

    private void onRefused(long nowNanos, SipResponse response, TransactionOutput out) {
        stopTimers();
        SipRequest acknowledgement = ackOf(response);
        ack = Optional.of(acknowledgement);
        out.send(hop, acknowledgement);
        if (hop.transport().isReliable()) {
            become(State.TERMINATED); // timer D is zero
        } else {
            endIn(nowNanos, context.timers().absorb()); // timer D
            become(State.COMPLETED);
        }
    }

    /// RFC 3261 section 17.1.1.3: all from the INVITE, but To from the response.
    private SipRequest ackOf(SipResponse response) {
        Envelope envelope = invite.envelope()
                .withTo(response.envelope().to())
                .with(invite.envelope().topVia(), new CSeq(invite.envelope().cseq().number(), SipMethod.ACK));
        return new SipRequest(SipMethod.ACK, invite.uri(), envelope, routed(Headers.NONE), Body.NONE);
    }

    private Headers routed(Headers more) {
        Headers headers = Headers.NONE.and("Max-Forwards", "70");
        for (String route : invite.headers().lines("Route")) {
            headers = headers.and("Route", route);
        }
        return headers.and(more);
    }

    /// @return whether there is something left to be cancelled
    boolean wishCancelled(Headers more) {
        boolean open = isUnanswered() && !cancelled;
        if (open) {
            wish = Optional.of(more);
        }
        return open;
    }

    /// RFC 3261 section 9.1: not before a provisional response, and then the final one has to come in time.
    ///
    /// @return the CANCEL that can be sent now; it is given once
    Optional<SipRequest> takeCancel(long nowNanos) {
        if (state() != State.PROCEEDING || wish.isEmpty()) {
            return Optional.empty();
        }
        Envelope envelope = invite.envelope().with(invite.envelope().topVia(), new CSeq(invite.envelope().cseq().number(), SipMethod.CANCEL));
        SipRequest cancel = new SipRequest(SipMethod.CANCEL, invite.uri(), envelope, routed(wish.get()), Body.NONE);
        wish = Optional.empty();
        cancelled = true;
        endIn(nowNanos, context.timers().giveUp());
        return Optional.of(cancel);
    }

    boolean isUnanswered() {
        return state() == State.CALLING || state() == State.PROCEEDING;
    }

    void abandon() {
        become(State.TERMINATED);
    }

    void onUnreachable(TransactionOutput out) {
        boolean open = isUnanswered();
        become(State.TERMINATED);
        if (open) {
            out.failed(new ClientId(key), ClientFailure.UNREACHABLE);
        }
    }

    @Override
    void onRepeat(long nowNanos, TransactionOutput out) {
        repeatLater(nowNanos, Long.MAX_VALUE / 4);
        out.send(hop, invite);
    }

    @Override
    void onEnd(long nowNanos, TransactionOutput out) {
        boolean open = isUnanswered();
        become(State.TERMINATED);
        if (open) {
            context.count(TransactionCounter.CLIENT_TIMED_OUT);
            out.failed(new ClientId(key), ClientFailure.TIMEOUT);
        }
    }
}
