package io.jverto.sip.transaction;

import io.jverto.base.count.Counters;

/// What all transactions share.
record Context(SipTimers timers, Counters<TransactionCounter> counters) {
    void count(TransactionCounter what) {
        counters.increment(what);
    }
}
