package io.jverto.sip.transport;

import io.jverto.base.count.Counters;
import io.jverto.base.time.Mailbox;
import io.jverto.base.time.TimeSource;
import io.jverto.sip.dialog.CallOutput;
import io.jverto.sip.dialog.UserAgent;
import io.jverto.sip.message.Envelope;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.SipDecoding;
import io.jverto.sip.message.SipDecoding.Decoded;
import io.jverto.sip.message.SipDecoding.Dropped;
import io.jverto.sip.message.SipDecoding.Rejected;
import io.jverto.sip.message.Body;
import io.jverto.sip.message.SipMessage;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.transaction.Hop;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that owns a [UserAgent]: hands it what sockets read, what others want, and the time. Others [#tell] it.
/// Limits: [#WAITING] messages may wait, more are dropped and counted.
public final class SipDriver implements SipInput, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SipDriver.class);
    private static final int WAITING = 20_000;

    private final TimeSource time;
    private final UserAgent agent;
    private final CallOutput owner;
    private final Counters<TransportCounter> counters;
    private final Duty duty;
    private final Mailbox<Task> mailbox;
    private volatile boolean closed;

    /// Something to do in the thread of the user agent.
    @FunctionalInterface
    public interface Task {
        void run(long nowNanos, UserAgent agent);
    }

    /// Something else that the thread looks after.
    public interface Duty {
        /// Nothing.
        Duty NONE = new Duty() {
            @Override
            public long deadline() {
                return Long.MAX_VALUE;
            }

            @Override
            public void onTimeout(long nowNanos) {
                // never due
            }
        };

        /// Looks at what comes before the user agent does.
        ///
        /// @return false when that is all that becomes of it
        default boolean admits(long nowNanos, SipMessage message, Hop from) {
            return true;
        }

        /// A connection has ended, or did not come about.
        default void onUnreachable(Hop hop) {
            // nobody cares
        }

        /// @return when [#onTimeout] is due, `Long.MAX_VALUE` for never
        long deadline();

        void onTimeout(long nowNanos);
    }

    /// @param owner is called in the thread of the user agent
    public SipDriver(TimeSource time, UserAgent agent, CallOutput owner, Counters<TransportCounter> counters) {
        this(time, agent, owner, Duty.NONE, counters);
    }

    /// @param owner is called in the thread of the user agent
    /// @param duty as well
    public SipDriver(TimeSource time, UserAgent agent, CallOutput owner, Duty duty, Counters<TransportCounter> counters) {
        this.duty = duty;
        this.time = time;
        this.agent = agent;
        this.owner = owner;
        this.counters = counters;
        this.mailbox = time.mailbox(WAITING);
    }

    public void start(String name) {
        time.start(name, this::run);
    }

    /// @return false when it is closed, or hopelessly behind
    public boolean tell(Task task) {
        return mailbox.tell(task);
    }

    @Override
    public void received(Hop from, SipDecoding decoding) {
        counters.increment(TransportCounter.RECEIVED);
        switch (decoding) {
            case Decoded(var message) -> post((nowNanos, core) -> {
                if (duty.admits(nowNanos, message, from)) {
                    core.onMessage(nowNanos, message, from, owner);
                }
            });
            case Rejected rejected -> reject(from, rejected);
            case Dropped _ -> counters.increment(TransportCounter.DROPPED_MALFORMED);
        }
    }

    /// RFC 3261 section 8.2.7: without state, and never for an ACK.
    private void reject(Hop from, Rejected rejected) {
        counters.increment(TransportCounter.REJECTED);
        Envelope envelope = from.stamp(rejected.envelope());
        if (!envelope.cseq().method().equals(SipMethod.ACK)) {
            SipResponse response = new SipResponse(rejected.status(), rejected.why(), envelope, Headers.NONE, Body.NONE);
            owner.send(from.back(envelope.topVia()), response.withToTag("malformed"));
        }
    }

    @Override
    public void unreachable(Hop hop) {
        post((nowNanos, core) -> {
            core.onUnreachable(nowNanos, hop, owner);
            duty.onUnreachable(hop);
        });
    }

    private void post(Task task) {
        if (!mailbox.tell(task)) {
            counters.increment(TransportCounter.DROPPED_FULL);
        }
    }

    private void run() {
        while (!closed) {
            // What is due since ever is due now: only differences of such times mean anything.
            long deadline = Math.max(time.nanoTime(), Math.min(agent.deadline(), duty.deadline()));
            Optional<Task> task = mailbox.await(deadline);
            try {
                long nowNanos = time.nanoTime();
                task.ifPresent(one -> one.run(nowNanos, agent));
                if (agent.deadline() <= nowNanos) {
                    agent.onTimeout(nowNanos, owner);
                }
                if (duty.deadline() <= nowNanos) {
                    duty.onTimeout(nowNanos);
                }
            } catch (RuntimeException bug) {
                // Costs this message or this call, not all others of the profile.
                counters.increment(TransportCounter.BUG);
                log.error("a message or command failed because of a bug", bug);
            }
        }
    }

    @Override
    public void close() {
        mailbox.tell((_, _) -> closed = true);
        mailbox.close();
    }
}
