package io.jverto.sip.dialog;

import io.jverto.sip.message.Body;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.transaction.ClientId;
import io.jverto.sip.transaction.ServerId;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// A call: first somebody is asked ([Inviting] or [Ringing]), then there is a [Session].
/// Remembered for 32 seconds after its end, for what comes late.
final class Call implements Comparable<Call> {
    private static final int MAX_INVITES = 4;

    final CallId id;
    final Set<String> keys = new HashSet<>();

    /// Requests of ours whose response is awaited, or may come again.
    private final Set<ClientId> requests = new HashSet<>();
    private final ArrayDeque<ClientId> invites = new ArrayDeque<>();

    /// Where it stands in the queue; changed only while it is not there.
    long queuedNanos = Timers.NEVER;

    private Optional<Phase> phase = Optional.empty();
    private Optional<Session> session = Optional.empty();
    private boolean ended;
    private boolean over;
    private long lingerNanos = Timers.NEVER;

    Call(CallId id) {
        this.id = id;
    }

    /// What comes before the session.
    interface Phase {
        /// A request in one of its dialogs, ACK and CANCEL excepted.
        void onRequest(Turn turn, ServerId id, SipRequest request);

        /// The peer's offer is accepted.
        ///
        /// @return false when none is open in this phase
        boolean answer(Turn turn, Body sdp);

        /// The peer's offer is refused; all stays as it was.
        ///
        /// @return false when none is open in this phase
        boolean refuse(Turn turn, int status);

        void onTimeout(Turn turn);

        long deadline();
    }

    void begin(Phase first) {
        phase = Optional.of(first);
    }

    void establish(Session established) {
        session = Optional.of(established);
    }

    Optional<Session> session() {
        return session;
    }

    <T extends Phase> Optional<T> phase(Class<T> type) {
        return phase.filter(type::isInstance).map(type::cast);
    }

    /// @return an INVITE of so long ago that its 2xx cannot come again
    Optional<ClientId> rememberRequest(ClientId request, boolean invite) {
        requests.add(request);
        if (!invite) {
            return Optional.empty();
        }
        invites.add(request);
        if (invites.size() <= MAX_INVITES) {
            return Optional.empty();
        }
        ClientId oldest = invites.poll();
        requests.remove(oldest);
        return Optional.of(oldest);
    }

    void forgetRequest(ClientId request) {
        requests.remove(request);
        invites.remove(request);
    }

    Set<ClientId> requests() {
        return requests;
    }

    boolean isEnded() {
        return ended;
    }

    /// Tells of the end, once. The call stays until it is forgotten.
    void end(Turn turn, CallEnd how) {
        if (!ended) {
            ended = true;
            turn.out().ended(id, how);
        }
    }

    /// Nothing more can come: the call is forgotten.
    void forget() {
        over = true;
    }

    /// Something may come late: the call is forgotten when that is over.
    void linger(Turn turn) {
        if (lingerNanos == Timers.NEVER) {
            lingerNanos = turn.nowNanos() + turn.agent().transactions().timers().giveUp();
        }
    }

    boolean isOver() {
        return over;
    }

    void answer(Turn turn, Body sdp) {
        if (!phase.filter(first -> first.answer(turn, sdp)).isPresent()) {
            session.ifPresent(established -> established.answer(turn, sdp));
        }
    }

    void refuse(Turn turn, int status) {
        if (!phase.filter(first -> first.refuse(turn, status)).isPresent()) {
            session.ifPresent(established -> established.refuse(turn, status));
        }
    }

    void onRequest(Turn turn, ServerId server, SipRequest request) {
        if (session.isPresent()) {
            session.get().onRequest(turn, server, request);
        } else {
            phase.ifPresent(first -> first.onRequest(turn, server, request));
        }
    }

    void onTimeout(Turn turn) {
        if (turn.nowNanos() >= lingerNanos) {
            over = true;
            return;
        }
        phase.ifPresent(first -> first.onTimeout(turn));
        session.ifPresent(established -> established.onTimeout(turn));
    }

    long deadline() {
        long own = Math.min(lingerNanos, phase.map(Phase::deadline).orElse(Timers.NEVER));
        return over ? Timers.NEVER : Math.min(own, session.map(Session::deadline).orElse(Timers.NEVER));
    }

    @Override
    public int compareTo(Call other) {
        return queuedNanos != other.queuedNanos ? Long.compare(queuedNanos, other.queuedNanos) : Long.compare(id.number(), other.id.number());
    }
}
