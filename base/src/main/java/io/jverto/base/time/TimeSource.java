package io.jverto.base.time;

import java.time.Instant;

/// The one place where blocking code gets the time, a mailbox to wait on, and a thread to run in.
/// Production uses [SystemTime]; tests use the testkit's virtual time, in which waiting costs nothing and order is certain.
/// Engines (sans-IO) do not use it: they are given `nowNanos`.
public interface TimeSource {
    /// Monotonic nanoseconds with an arbitrary origin; only differences mean anything.
    long nanoTime();

    /// The calendar's time, for logs, certificates and event headers.
    Instant wallTime();

    /// A mailbox that one thread started by [#start] waits on and any thread may tell.
    ///
    /// @param capacity messages that may wait; `tell` refuses more
    <T> Mailbox<T> mailbox(int capacity);

    /// Runs `body` on a new virtual thread. An exception that leaves `body` is a bug and is logged by the implementation.
    void start(String name, Runnable body);
}
