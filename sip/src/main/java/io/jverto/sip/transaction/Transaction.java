package io.jverto.sip.transaction;

/// One transaction: a state, and at most one time at which something is due.
abstract sealed class Transaction implements Comparable<Transaction> permits InviteClient, PlainClient, InviteServer, PlainServer {
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

    Transaction(String key, Hop hop, Context context) {
        this.key = key;
        this.hop = hop;
        this.context = context;
    }

    abstract boolean isOver();

    /// A repetition is due.
    abstract void onRepeat(long nowNanos, TransactionOutput out);

    /// The time of the state is over.
    abstract void onEnd(long nowNanos, TransactionOutput out);

    abstract String stateName();

    @Override
    public final int compareTo(Transaction other) {
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
