package io.jverto.sip.transaction;

/// One transaction: a state, and at most one time at which something is due.
///
/// @param <S> the states, each transaction's own
abstract sealed class Transaction<S extends Enum<S>> implements Comparable<Transaction<?>> permits InviteClient, PlainClient, InviteServer, PlainServer {
    static final long NEVER = Long.MAX_VALUE;

    final String key;
    final Hop hop;
    final Context context;

    /// Where it stands in the queue; changed only while it is not there.
    long queuedNanos = NEVER;
    long queuedOrder;
    private long repeatNanos = NEVER;
    private long intervalNanos;
    private long endNanos = NEVER;

    private final S last;
    private S state;

    Transaction(String key, Hop hop, Context context, S first, S last) {
        this.state = first;
        this.last = last;
        this.key = key;
        this.hop = hop;
        this.context = context;
    }

    /// A repetition is due.
    abstract void onRepeat(long nowNanos, TransactionOutput out);

    /// The time of the state is over.
    abstract void onEnd(long nowNanos, TransactionOutput out);

    final S state() {
        return state;
    }

    final boolean isOver() {
        return state == last;
    }

    final void become(S next) {
        state = next;
        if (isOver()) {
            stopTimers();
        }
    }

    @Override
    public final int compareTo(Transaction<?> other) {
        return queuedNanos != other.queuedNanos ? Long.compare(queuedNanos, other.queuedNanos) : Long.compare(queuedOrder, other.queuedOrder);
    }

    final void onTimeout(long nowNanos, TransactionOutput out) {
        if (nowNanos >= endNanos) {
            endNanos = NEVER;
            repeatNanos = NEVER;
            onEnd(nowNanos, out);
        } else if (nowNanos >= repeatNanos) {
            context.count(TransactionCounter.REPEATED);
            onRepeat(nowNanos, out);
        }
    }

    final long deadline() {
        return isOver() ? NEVER : Math.min(repeatNanos, endNanos);
    }

    /// Repeats after this time; never on a transport that loses nothing.
    final void repeatIn(long nowNanos, long nanos) {
        intervalNanos = nanos;
        repeatNanos = hop.transport().isReliable() ? NEVER : nowNanos + nanos;
    }

    /// Repeats after twice the time of before.
    final void repeatLater(long nowNanos, long mostNanos) {
        repeatIn(nowNanos, Math.min(2 * intervalNanos, mostNanos));
    }

    final void endIn(long nowNanos, long nanos) {
        endNanos = nowNanos + nanos;
    }

    final void stopTimers() {
        repeatNanos = NEVER;
        endNanos = NEVER;
    }
}
