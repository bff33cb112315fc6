package io.jverto.sip.transaction;

import io.jverto.sip.message.SipResponse;
import java.util.Optional;

/// A request to us that is no INVITE (RFC 3261 figure 8).
final class PlainServer extends Transaction<PlainServer.State> {
    enum State { TRYING, PROCEEDING, COMPLETED, TERMINATED }

    private Optional<SipResponse> last = Optional.empty();

    PlainServer(String key, Hop back, Context context) {
        super(key, back, context, State.TRYING, State.TERMINATED);
    }

    /// RFC 4320 section 4.2: a response later than this helps nobody.
    void start(long nowNanos) {
        endIn(nowNanos, context.timers().giveUp());
    }

    void onRepeated(TransactionOutput out) {
        context.count(TransactionCounter.ABSORBED);
        last.ifPresent(response -> out.send(hop, response));
    }

    /// @return false when it is too late for this response
    boolean respond(long nowNanos, SipResponse response, TransactionOutput out) {
        if (state() != State.TRYING && state() != State.PROCEEDING) {
            return false;
        }
        last = Optional.of(response);
        out.send(hop, response);
        if (response.isProvisional()) {
            become(State.PROCEEDING);
        } else if (hop.transport().isReliable()) {
            become(State.TERMINATED); // timer J is zero
        } else {
            endIn(nowNanos, context.timers().giveUp()); // timer J
            become(State.COMPLETED);
        }
        return true;
    }

    void onUnreachable() {
        become(State.TERMINATED);
    }

    @Override
    void onRepeat(long nowNanos, TransactionOutput out) {}

    @Override
    void onEnd(long nowNanos, TransactionOutput out) {
        if (state() != State.COMPLETED) {
            context.count(TransactionCounter.SERVER_NEGLECTED);
        }
        become(State.TERMINATED);
    }
}
