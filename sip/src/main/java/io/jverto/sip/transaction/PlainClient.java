package io.jverto.sip.transaction;

import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;

/// A request of ours that is no INVITE (RFC 3261 figure 6).
final class PlainClient extends Transaction<PlainClient.State> {
    enum State { TRYING, PROCEEDING, COMPLETED, TERMINATED }

    private final SipRequest request;

    PlainClient(String key, SipRequest request, Hop hop, Context context) {
        super(key, hop, context, State.TRYING, State.TERMINATED);
        this.request = request;
    }

    void start(long nowNanos, TransactionOutput out) {
        repeatIn(nowNanos, context.timers().t1()); // timer E
        endIn(nowNanos, context.timers().giveUp()); // timer F
        out.send(hop, request);
    }

    void onResponse(long nowNanos, SipResponse response, Hop from, TransactionOutput out) {
        switch (state()) {
            case TRYING, PROCEEDING -> {
                if (response.isFinal()) {
                    complete(nowNanos);
                } else {
                    become(State.PROCEEDING);
                }
                out.response(new ClientId(key), response, from);
            }
            case COMPLETED -> context.count(TransactionCounter.ABSORBED);
            case TERMINATED -> context.count(TransactionCounter.RESPONSE_UNMATCHED);
        }
    }

    private void complete(long nowNanos) {
        stopTimers();
        if (hop.transport().isReliable()) {
            become(State.TERMINATED); // timer K is zero
        } else {
            endIn(nowNanos, context.timers().t4()); // timer K
            become(State.COMPLETED);
        }
    }

    void onUnreachable(TransactionOutput out) {
        boolean open = state() == State.TRYING || state() == State.PROCEEDING;
        become(State.TERMINATED);
        if (open) {
            out.failed(new ClientId(key), ClientFailure.UNREACHABLE);
        }
    }

    @Override
    void onRepeat(long nowNanos, TransactionOutput out) {
        if (state() == State.PROCEEDING) {
            repeatIn(nowNanos, context.timers().t2());
        } else {
            repeatLater(nowNanos, context.timers().t2());
        }
        out.send(hop, request);
    }

    @Override
    void onEnd(long nowNanos, TransactionOutput out) {
        boolean open = state() != State.COMPLETED;
        become(State.TERMINATED);
        if (open) {
            context.count(TransactionCounter.CLIENT_TIMED_OUT);
            out.failed(new ClientId(key), ClientFailure.TIMEOUT);
        }
    }
}
