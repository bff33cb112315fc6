package io.jverto.sip.dialog;

import io.jverto.base.count.Counters;
import io.jverto.base.id.Tokens;
import io.jverto.sip.message.Body;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.SipMessage;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.message.Via;
import io.jverto.sip.transaction.ClientFailure;
import io.jverto.sip.transaction.ClientId;
import io.jverto.sip.transaction.Hop;
import io.jverto.sip.transaction.ServerId;
import io.jverto.sip.transaction.SipTimers;
import io.jverto.sip.transaction.TransactionCounter;
import io.jverto.sip.transaction.Transactions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// Makes and takes calls over SIP: the core above [Transactions] (RFC 3261 sections 8, 12 to 15). Not thread-safe: whoever owns it calls it.
/// Every method that is given the time returns when [#onTimeout] is due, `Long.MAX_VALUE` for never. Commands for a call that is over do nothing.
/// Leaves out: offers in PRACK and in UPDATE before the answer, proxying. DEVIATION sip-2: names in Route and Contact are not looked up.
public final class UserAgent {
    private static final Set<String> OF_DIALOGS = Set.of("BYE", "PRACK", "UPDATE", "INFO");
    private static final int BRANCH = 22;
    private static final long GLARE_STEP = Duration.ofMillis(10).toNanos();

    private record Waiting(Call call, Responses responses) {}

    private final UserAgentConfig config;
    private final RandomGenerator random;
    private final Counters<CallCounter> counters;
    private final RequestRules rules;
    private final Transactions transactions;

    private final Map<CallId, Call> calls = new HashMap<>();
    private final Map<String, Call> dialogs = new HashMap<>();
    private final Map<ServerId, Call> ringing = new HashMap<>();
    private final Map<ClientId, Waiting> waiting = new HashMap<>();
    private final TreeSet<Call> queue = new TreeSet<>();
    private long lastNumber;

    public UserAgent(
            UserAgentConfig config,
            SipTimers timers,
            RandomGenerator random,
            Counters<CallCounter> counters,
            Counters<TransactionCounter> transactionCounters) {
        this.config = config;
        this.random = random;
        this.counters = counters;
        this.rules = new RequestRules(config, counters);
        this.transactions = new Transactions(timers, transactionCounters);
    }

    // What comes from outside.

    public long onMessage(long nowNanos, SipMessage message, Hop from, CallOutput out) {
        transactions.onMessage(nowNanos, message, from, new Turn(this, nowNanos, out));
        return deadline();
    }

    /// What was sent to this hop did not get there.
    public long onUnreachable(long nowNanos, Hop hop, CallOutput out) {
        transactions.onUnreachable(nowNanos, hop, new Turn(this, nowNanos, out));
        return deadline();
    }

    public long onTimeout(long nowNanos, CallOutput out) {
        Turn turn = new Turn(this, nowNanos, out);
        transactions.onTimeout(nowNanos, turn);
        while (!queue.isEmpty() && queue.first().queuedNanos <= nowNanos) {
            Call call = queue.pollFirst();
            call.queuedNanos = Timers.NEVER; // a bug in what follows does not come again and again
            call.onTimeout(turn);
            settle(call);
        }
        return deadline();
    }

    public long deadline() {
        return Math.min(transactions.deadline(), queue.isEmpty() ? Timers.NEVER : queue.first().queuedNanos);
    }

    // What the owner wants.

    /// @return a name for a call that [#call] will make
    public CallId newCall() {
        return new CallId(++lastNumber);
    }

    /// Calls somebody. [CallOutput#ended] is told in any case.
    public long call(long nowNanos, CallId id, OutgoingInvite what, CallOutput out) {
        Turn turn = new Turn(this, nowNanos, out);
        Call call = new Call(id);
        if (calls.size() >= config.maxCalls()) {
            count(CallCounter.CALL_OVER_LIMIT);
            call.end(turn, CallEnd.of(CallEnd.Kind.UNREACHABLE));
            return deadline();
        }
        count(CallCounter.CALL_OUT);
        calls.put(id, call);
        Inviting inviting = new Inviting(this, call, what);
        call.begin(inviting);
        inviting.send(turn);
        return settle(call);
    }

    /// Tells a caller that it rings, or lets it hear something before the answer.
    ///
    /// @param status 101 to 199
    /// @param sdp may be empty
    public long progress(long nowNanos, CallId id, int status, Body sdp, CallOutput out) {
        return with(id, nowNanos, out, (call, turn) -> {
            if (call.session().isEmpty()) {
                call.phase(Ringing.class).ifPresent(phase -> phase.progress(turn, status, sdp));
            }
        });
    }

    /// Answers a caller.
    ///
    /// @param sdp the answer, or our offer when the INVITE had none; empty to repeat what [#progress] said last
    public long accept(long nowNanos, CallId id, Body sdp, CallOutput out) {
        return with(id, nowNanos, out, (call, turn) -> {
            if (call.session().isEmpty()) {
                call.phase(Ringing.class).ifPresent(phase -> phase.accept(turn, sdp));
            }
        });
    }

    /// Ends a call by what its state needs: CANCEL, a refusal or BYE.
    ///
    /// @param status of a refusal, 300 and above
    /// @param headers of what is sent, for instance Reason
    public long hangUp(long nowNanos, CallId id, int status, Headers headers, CallOutput out) {
        return hangUp(nowNanos, id, status, "", headers, out);
    }

    /// The same.
    ///
    /// @param phrase of a refusal; empty for the usual one
    public long hangUp(long nowNanos, CallId id, int status, String phrase, Headers headers, CallOutput out) {
        return with(id, nowNanos, out, (call, turn) -> {
            if (call.session().isPresent()) {
                call.session().get().hangUp(turn, headers);
            } else {
                call.phase(Ringing.class).ifPresent(phase -> phase.refuse(turn, status, phrase, headers));
                call.phase(Inviting.class).ifPresent(phase -> phase.hangUp(turn, headers));
            }
        });
    }

    /// Ends every call as [#hangUp] does.
    public long hangUpAll(long nowNanos, int status, Headers headers, CallOutput out) {
        List.copyOf(calls.keySet()).forEach(id -> hangUp(nowNanos, id, status, headers, out));
        return deadline();
    }

    /// Offers another session in an answered call; [CallOutput#settled] tells what became of it, unless a later offer takes its place.
    public long offer(long nowNanos, CallId id, Body sdp, CallOutput out) {
        return inSession(id, nowNanos, out, (session, turn) -> session.offer(turn, sdp));
    }

    /// Accepts what [CallOutput#offered] told.
    public long answer(long nowNanos, CallId id, Body sdp, CallOutput out) {
        return with(id, nowNanos, out, (call, turn) -> call.answer(turn, sdp));
    }

    /// Refuses what [CallOutput#offered] told; the session stays as it was.
    ///
    /// @param status 488 for instance
    public long refuse(long nowNanos, CallId id, int status, CallOutput out) {
        return with(id, nowNanos, out, (call, turn) -> call.refuse(turn, status));
    }

    /// Tells the peer of an answered call something: INFO, MESSAGE. What becomes of it is not told.
    ///
    /// @param headers Content-Type among them
    public long tell(long nowNanos, CallId id, SipMethod method, Headers headers, Body body, CallOutput out) {
        return inSession(id, nowNanos, out, (session, turn) -> session.send(turn, method, headers, body, Responses.NONE));
    }

    /// Asks the peer of an answered call to call somebody; [CallOutput#referProgress] tells how that goes.
    /// While the one before is not over, it tells 491 at once.
    ///
    /// @param headers Refer-To, perhaps Referred-By
    public long refer(long nowNanos, CallId id, Headers headers, CallOutput out) {
        return inSession(id, nowNanos, out, (session, turn) -> {
            if (!session.refers().refer(turn, headers)) {
                out.referProgress(id, 491, true);
            }
        });
    }

    public long acceptRefer(long nowNanos, CallId id, ReferId refer, CallOutput out) {
        return inSession(id, nowNanos, out, (session, turn) -> session.refers().accept(turn, refer));
    }

    public long refuseRefer(long nowNanos, CallId id, ReferId refer, int status, CallOutput out) {
        return inSession(id, nowNanos, out, (session, turn) -> session.refers().refuse(turn, refer, status));
    }

    /// Tells the peer how far the transfer that it asked for has got.
    public long notifyRefer(long nowNanos, CallId id, ReferId refer, int status, boolean over, CallOutput out) {
        return inSession(id, nowNanos, out, (session, turn) -> session.refers().notify(turn, refer, status, over));
    }

    /// Sends a request outside of all calls, which has a Via of [#via].
    public long request(long nowNanos, SipRequest request, Hop to, CallOutput out) {
        transactions.start(nowNanos, request, to, new Turn(this, nowNanos, out));
        return deadline();
    }

    /// Responds to a request outside of all calls.
    public long respond(long nowNanos, ServerId id, SipResponse response, CallOutput out) {
        new Turn(this, nowNanos, out).respond(id, response.withToTag(newTag()));
        return deadline();
    }

    public Via via(Hop hop) {
        return Via.of(hop.transport(), config.local().apply(hop), Via.COOKIE + Tokens.alphanumeric(random, BRANCH));
    }

    /// @return with what every request of ours says of us
    public Headers stamp(Headers headers) {
        return rules.stamp(headers);
    }

    public String newTag() {
        return Tokens.alphanumeric(random, 16);
    }

    public String newCallId() {
        return Tokens.uuid(random);
    }

    /// @return the call that a Replaces names, and what it is at
    public Optional<Replaces.Found> find(Replaces dialog) {
        return Optional.ofNullable(dialogs.get(Dialog.key(dialog.callId(), dialog.toTag(), dialog.fromTag())))
                .map(call -> new Replaces.Found(call.id, state(call)));
    }

    private static Replaces.State state(Call call) {
        if (call.isEnded()) {
            return Replaces.State.OVER;
        } else if (call.session().isPresent()) {
            return Replaces.State.ANSWERED;
        }
        return call.phase(Inviting.class).isPresent() ? Replaces.State.RINGS : Replaces.State.WAITS;
    }

    /// Calls that are remembered, ended ones included.
    public int calls() {
        return calls.size();
    }

    /// Everything that is remembered, for tests: nothing is left behind.
    int traces() {
        return calls.size() + dialogs.size() + ringing.size() + waiting.size() + queue.size() + transactions.size();
    }

    @FunctionalInterface
    private interface Command<T> {
        void run(T what, Turn turn);
    }

    private long with(CallId id, long nowNanos, CallOutput out, Command<Call> command) {
        Call call = calls.get(id);
        if (call == null || call.isEnded()) {
            return deadline();
        }
        command.run(call, new Turn(this, nowNanos, out));
        return settle(call);
    }

    private long inSession(CallId id, long nowNanos, CallOutput out, Command<Session> command) {
        return with(id, nowNanos, out, (call, turn) -> call.session().ifPresent(session -> command.run(session, turn)));
    }

    // What the transactions tell.

    void onRequest(Turn turn, ServerId id, SipRequest request, Hop from) {
        if (request.envelope().to().tag().isPresent()) {
            Call call = dialogs.get(Dialog.keyOfRequest(request.envelope()));
            if (call == null && request.is(SipMethod.SUBSCRIBE)) {
                turn.out().request(id, request, from); // subscriptions are dialogs of their own, which are not kept here
            } else if (call == null) {
                count(CallCounter.DIALOG_UNKNOWN);
                turn.respond(id, request.reply(481));
            } else {
                call.onRequest(turn, id, request);
                settle(call);
            }
        } else if (OF_DIALOGS.contains(request.method().name())) {
            count(CallCounter.DIALOG_UNKNOWN);
            turn.respond(id, request.reply(481).withToTag(newTag()));
        } else {
            Optional<SipResponse> refusal = rules.refusal(request, calls.size());
            if (refusal.isPresent()) {
                turn.respond(id, refusal.get().withToTag(newTag()));
            } else if (request.is(SipMethod.INVITE)) {
                onInvite(turn, id, request, from);
            } else {
                turn.out().request(id, request, from);
            }
        }
    }

    private void onInvite(Turn turn, ServerId id, SipRequest invite, Hop from) {
        count(CallCounter.CALL_IN);
        Call call = new Call(newCall());
        calls.put(call.id, call);
        ringing.put(id, call);
        call.begin(new Ringing(this, call, id, invite, from));
        turn.out().incoming(call.id, invite, from);
        settle(call);
    }

    void onAck(Turn turn, SipRequest ack) {
        Call call = dialogs.get(Dialog.keyOfRequest(ack.envelope()));
        if (call == null) {
            count(CallCounter.DIALOG_UNKNOWN);
            return;
        }
        call.session().ifPresent(session -> session.onAck(turn, ack));
        settle(call);
    }

    void onCancelled(Turn turn, ServerId invite, SipRequest cancel) {
        Call call = ringing.get(invite);
        if (call != null) {
            call.phase(Ringing.class).ifPresent(phase -> phase.onCancelled(turn, cancel));
            settle(call);
        }
    }

    void onResponse(Turn turn, ClientId id, SipResponse response, Hop from) {
        Waiting one = waiting.get(id);
        boolean invite = response.envelope().cseq().method().equals(SipMethod.INVITE);
        if (one == null) {
            if (!invite) {
                turn.out().response(id, response, from);
            }
            return;
        }
        if (response.isFinal() && !(invite && response.isSuccess())) {
            waiting.remove(id); // of INVITE, a 2xx may come again
            one.call().forgetRequest(id);
        }
        one.responses().onResponse(turn, response);
        settle(one.call());
    }

    void onFailed(Turn turn, ClientId id, ClientFailure why) {
        Waiting one = waiting.remove(id);
        if (one == null) {
            turn.out().failed(id, why);
            return;
        }
        one.call().forgetRequest(id);
        one.responses().onFailed(turn, why);
        settle(one.call());
    }

    // What calls need.

    Transactions transactions() {
        return transactions;
    }

    UserAgentConfig config() {
        return config;
    }

    void count(CallCounter what) {
        counters.increment(what);
    }

    ClientId start(Turn turn, Call call, SipRequest request, Hop to, Responses responses) {
        ClientId id = Transactions.idOf(request);
        waiting.put(id, new Waiting(call, responses));
        call.rememberRequest(id, request.is(SipMethod.INVITE)).ifPresent(waiting::remove);
        transactions.start(turn.nowNanos(), request, to, turn);
        return id;
    }

    void register(Call call, String dialogKey) {
        call.keys.add(dialogKey);
        dialogs.put(dialogKey, call);
    }

    long newRseq() {
        return 1 + random.nextInt(1 << 16);
    }

    String retryAfter() {
        return Integer.toString(random.nextInt(11));
    }

    /// @param caller whether the call is ours, and with it its Call-ID
    long glareNanos(boolean caller) {
        return caller ? 210 * GLARE_STEP + random.nextLong(191) * GLARE_STEP : random.nextLong(201) * GLARE_STEP;
    }

    void refuseOutOfOrder(Turn turn, ServerId id, SipRequest request) {
        count(CallCounter.OUT_OF_ORDER);
        turn.respond(id, request.reply(500, "CSeq Out Of Order"));
    }

    private long settle(Call call) {
        if (call.isOver()) {
            remove(call);
            return deadline();
        }
        long deadline = call.deadline();
        if (deadline != call.queuedNanos) {
            queue.remove(call);
            call.queuedNanos = deadline;
            if (deadline != Timers.NEVER) {
                queue.add(call);
            }
        }
        return deadline();
    }

    private void remove(Call call) {
        queue.remove(call);
        calls.remove(call.id, call);
        call.keys.forEach(key -> dialogs.remove(key, call));
        call.phase(Ringing.class).ifPresent(phase -> ringing.remove(phase.server()));
        call.requests().forEach(request -> {
            waiting.remove(request);
            transactions.abandon(request);
        });
    }
}
