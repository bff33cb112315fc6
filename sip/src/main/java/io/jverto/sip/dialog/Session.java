package io.jverto.sip.dialog;

import io.jverto.sip.dialog.CallEnd.Kind;
import io.jverto.sip.message.Body;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.SipMessage;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.transaction.ClientFailure;
import io.jverto.sip.transaction.Hop;
import io.jverto.sip.transaction.ServerId;
import java.util.Optional;

/// An answered call: offers of both sides, one at a time (RFC 3261 section 14, RFC 3311), acknowledgements, the session interval, and the end.
final class Session {
    static final String SDP = "application/sdp";
    /// RFC 3326: the session timer ran out, or a request of ours.
    private static final String LOST = "SIP;cause=408;text=\"Request Timeout\"";

    private final Call call;
    private final Dialog dialog;
    private final NameAddr contact;
    private final Authorizer authorizer;
    private final SessionTimer timer;
    private final boolean caller;
    private final Refers refers;

    /// Our side, for a refresh by INVITE.
    private Body described = Body.NONE;
    private boolean takesUpdate;

    private Optional<Change> ours = Optional.empty();
    /// An offer of ours that cannot be made yet.
    private Optional<Body> wanted = Optional.empty();
    private long retryNanos = Timers.NEVER;
    private Optional<SentAck> lastAck = Optional.empty();

    private Optional<Asked> theirs = Optional.empty();
    private Optional<Accepted> accepted = Optional.empty();
    private final Timers acceptedTimers = new Timers();
    private boolean closed;
    /// What BYE is to say as soon as it may be sent.
    private Optional<Headers> farewell = Optional.empty();

    /// Our INVITE or UPDATE.
    private final class Change implements Responses {
        final SipMethod method;
        final Body offer;
        final boolean refreshes;
        final Exchange exchange;

        Change(SipMethod method, Body offer, boolean refreshes) {
            this.refreshes = refreshes;
            Headers headers = Headers.NONE.and("Contact", contact.toString()).and(timer.ask());
            this.method = method;
            this.offer = offer;
            Headers typed = offer.isEmpty() ? headers : headers.with("Content-Type", SDP);
            this.exchange = new Exchange(call, dialog, authorizer, method, typed, offer, this);
        }

        @Override
        public void onResponse(Turn turn, SipResponse response) {
            onChanged(turn, this, response);
        }

        @Override
        public void onFailed(Turn turn, ClientFailure why) {
            onLost(turn, this, why == ClientFailure.TIMEOUT ? Kind.TIMEOUT : Kind.UNREACHABLE);
        }
    }

    private record SentAck(long seq, SipRequest ack) {}

    /// The peer's INVITE or UPDATE, to which somebody has to say something.
    private record Asked(ServerId server, SipRequest request) {}

    /// Our 2xx to an INVITE, until it is acknowledged.
    private record Accepted(ServerId server, SipResponse response, long seq) {}

    Session(Call call, Dialog dialog, NameAddr contact, Authorizer authorizer, SessionTimer timer, boolean caller) {
        this.call = call;
        this.dialog = dialog;
        this.contact = contact;
        this.authorizer = authorizer;
        this.timer = timer;
        this.caller = caller;
        this.refers = new Refers(call, this);
    }

    Refers refers() {
        return refers;
    }

    /// What the session is now.
    ///
    /// @param local our SDP
    /// @param peer the peer's last INVITE or its 2xx
    void current(Body local, SipMessage peer) {
        described = local.isEmpty() ? described : local;
        if (peer.headers().has("Allow")) {
            takesUpdate = peer.headers().words("Allow").contains("update");
        }
    }

    /// Sends a 2xx to an INVITE, and again until the ACK comes (RFC 3261 section 13.3.1.4).
    void accept(Turn turn, ServerId server, SipRequest invite, SipResponse response) {
        accepted = Optional.of(new Accepted(server, response, invite.envelope().cseq().number()));
        acceptedTimers.start(turn.nowNanos(), turn.agent().transactions().timers().t1(), turn.agent().transactions().timers().giveUp());
        turn.respond(server, response);
    }

    void onAck(Turn turn, SipRequest ack) {
        if (accepted.isEmpty() || accepted.get().seq() != ack.envelope().cseq().number()) {
            return; // it came again
        }
        accepted = Optional.empty();
        acceptedTimers.stop();
        if (farewell.isPresent()) {
            sayFarewell(turn);
        } else if (!closed) {
            turn.out().acknowledged(call.id, ack.body());
            makeWanted(turn);
        }
    }

    void onRequest(Turn turn, ServerId id, SipRequest request) {
        if (closed) {
            // RFC 3261 section 15.1.2: BYE of both sides may cross.
            turn.respond(id, request.reply(request.is(SipMethod.BYE) ? 200 : 481));
            return;
        }
        if (!dialog.takeSeq(request)) {
            turn.agent().refuseOutOfOrder(turn, id, request);
            return;
        }
        switch (request.method().name()) {
            case "INVITE", "UPDATE" -> onChange(turn, id, request);
            case "BYE" -> onBye(turn, id, request);
            case "INFO", "MESSAGE" -> {
                turn.respond(id, request.reply(200));
                turn.out().told(call.id, request);
            }
            case "REFER" -> refers.onRefer(turn, id, request);
            case "NOTIFY" -> refers.onNotify(turn, id, request);
            case "OPTIONS" -> turn.respond(id, request.reply(200).withHeaders(turn.agent().stamp(Headers.NONE)));
            case "PRACK" -> turn.respond(id, request.reply(481));
            default -> turn.respond(id, RequestRules.notAllowed(request));
        }
    }

    private void onChange(Turn turn, ServerId id, SipRequest request) {
        boolean invite = request.is(SipMethod.INVITE);
        boolean offers = invite || !request.body().isEmpty();
        if (offers && ours.isPresent()) {
            turn.agent().count(CallCounter.OFFER_GLARE);
            turn.respond(id, request.reply(491));
        } else if (offers && (theirs.isPresent() || accepted.isPresent())) {
            turn.agent().count(CallCounter.OFFER_TOO_SOON);
            turn.respond(id, request.reply(500).withHeader("Retry-After", turn.agent().retryAfter()));
        } else if (timer.isTooShort(request)) {
            turn.respond(id, request.reply(422).withHeader("Min-SE", Integer.toString(turn.agent().config().session().leastSeconds())));
        } else {
            dialog.retarget(request);
            current(Body.NONE, request);
            if (offers) {
                theirs = Optional.of(new Asked(id, request));
                turn.out().offered(call.id, request.body());
            } else {
                turn.respond(id, changed(turn, request, Body.NONE));
            }
        }
    }

    /// The peer's offer is accepted.
    void answer(Turn turn, Body sdp) {
        if (theirs.isEmpty()) {
            return;
        }
        Asked asked = theirs.get();
        theirs = Optional.empty();
        described = sdp;
        SipResponse response = changed(turn, asked.request(), sdp);
        if (asked.request().is(SipMethod.INVITE)) {
            accept(turn, asked.server(), asked.request(), response);
        } else {
            turn.respond(asked.server(), response);
            makeWanted(turn);
        }
    }

    /// The peer's offer is refused; the session stays as it was.
    void refuse(Turn turn, int status) {
        theirs.ifPresent(asked -> turn.respond(asked.server(), asked.request().reply(status)));
        theirs = Optional.empty();
        makeWanted(turn);
    }

    private SipResponse changed(Turn turn, SipRequest request, Body sdp) {
        Headers headers = Headers.NONE.and("Contact", contact.toString()).and(timer.onRequest(turn.nowNanos(), request));
        SipResponse response = request.reply(200).withHeaders(turn.agent().stamp(headers));
        return sdp.isEmpty() ? response : response.withBody(SDP, sdp);
    }

    /// Offers another session, as soon as no other offer is open. A later wish replaces one that was not made yet.
    void offer(Turn turn, Body sdp) {
        if (!closed) {
            wanted = Optional.of(sdp);
            makeWanted(turn);
        }
    }

    private void makeWanted(Turn turn) {
        boolean busy = closed || ours.isPresent() || theirs.isPresent() || accepted.isPresent() || isWaiting() && turn.nowNanos() < retryNanos;
        if (wanted.isEmpty() || busy) {
            return;
        }
        Body sdp = wanted.get();
        wanted = Optional.empty();
        retryNanos = Timers.NEVER;
        change(turn, SipMethod.INVITE, sdp, false);
    }

    private boolean isWaiting() {
        return retryNanos != Timers.NEVER;
    }

    private void change(Turn turn, SipMethod method, Body sdp, boolean refreshes) {
        Change change = new Change(method, sdp, refreshes);
        ours = Optional.of(change);
        change.exchange.send(turn);
    }

    private void onChanged(Turn turn, Change change, SipResponse response) {
        if (response.isProvisional()) {
            return;
        }
        if (change.method.equals(SipMethod.INVITE) && response.isSuccess() && !acknowledge(turn, change)) {
            return;
        }
        boolean current = ours.filter(open -> open == change).isPresent();
        if (closed || !current) {
            return;
        }
        ours = Optional.empty();
        switch (response.status()) {
            case 491 -> onGlare(turn, change);
            case 408, 481 -> {
                turn.out().settled(call.id, response.status(), Body.NONE);
                lose(turn, response.status() == 481 ? Kind.GONE : Kind.TIMEOUT);
            }
            case 422 -> onShort(turn, change, response);
            default -> onSettled(turn, change, response);
        }
    }

    /// RFC 3261 section 14.1: who made the call waits longer, so that they do not meet again.
    private void onGlare(Turn turn, Change change) {
        if (change.refreshes) {
            timer.postpone(turn.nowNanos());
            makeWanted(turn);
        } else {
            retryNanos = turn.nowNanos() + turn.agent().glareNanos(caller);
            wanted = wanted.or(() -> Optional.of(change.offer));
        }
    }

    private void onShort(Turn turn, Change change, SipResponse response) {
        if (timer.raise(response)) {
            change(turn, change.method, change.offer, change.refreshes);
        } else {
            onSettled(turn, change, response);
        }
    }

    private void onSettled(Turn turn, Change change, SipResponse response) {
        if (response.isSuccess()) {
            dialog.retarget(response);
            current(change.offer, response);
            timer.onResponse(turn.nowNanos(), response);
        } else if (change.refreshes) {
            takesUpdate = false; // the next refresh is an INVITE
            timer.postpone(turn.nowNanos());
        }
        if (!change.refreshes) {
            turn.out().settled(call.id, response.status(), response.isSuccess() ? response.body() : Body.NONE);
        }
        if (change.refreshes && response.isSuccess() && response.hasSdp()) {
            turn.out().refreshed(call.id, response.body());
        }
        makeWanted(turn);
    }

    /// @return false when this 2xx was acknowledged before
    private boolean acknowledge(Turn turn, Change change) {
        Exchange exchange = change.exchange;
        Hop hop = dialog.hop();
        if (lastAck.filter(sent -> sent.seq() == exchange.seq()).isPresent()) {
            turn.send(hop, lastAck.get().ack());
            return false;
        }
        if (lastAck.filter(sent -> sent.seq() > exchange.seq()).isPresent()) {
            turn.send(hop, exchange.ack(turn, hop));
            return false;
        }
        SipRequest ack = exchange.ack(turn, hop);
        lastAck = Optional.of(new SentAck(exchange.seq(), ack));
        turn.send(hop, ack);
        return true;
    }

    private void onLost(Turn turn, Change change, Kind why) {
        if (!closed && ours.filter(open -> open == change).isPresent()) {
            ours = Optional.empty();
            lose(turn, why);
        }
    }

    /// The peer is not there any more, as far as we can see (RFC 3261 section 12.2.1.2); perhaps it hears a BYE.
    void lose(Turn turn, Kind why) {
        close(turn, CallEnd.of(why));
        bye(turn, why == Kind.EXPIRED || why == Kind.TIMEOUT ? Headers.NONE.with("Reason", LOST) : Headers.NONE);
    }

    /// Ends the call. A callee's BYE waits for the ACK of its 200 (RFC 3261 section 15).
    void hangUp(Turn turn, Headers headers) {
        if (closed) {
            return;
        }
        boolean early = accepted.isPresent() && !caller;
        close(turn, CallEnd.of(Kind.LOCAL));
        if (early) {
            farewell = Optional.of(headers);
        } else {
            bye(turn, headers);
        }
    }

    private void sayFarewell(Turn turn) {
        Headers headers = farewell.orElse(Headers.NONE);
        farewell = Optional.empty();
        acceptedTimers.stop();
        accepted = Optional.empty();
        bye(turn, headers);
    }

    private void bye(Turn turn, Headers headers) {
        new Exchange(call, dialog, authorizer, SipMethod.BYE, headers, Body.NONE, Responses.NONE).send(turn);
        call.linger(turn);
    }

    private void onBye(Turn turn, ServerId id, SipRequest request) {
        turn.respond(id, request.reply(200));
        close(turn, new CallEnd(Kind.BYE, 0, request.headers())); // a 2xx of ours is still repeated until it is acknowledged
        call.linger(turn);
    }

    private void close(Turn turn, CallEnd how) {
        closed = true;
        theirs.ifPresent(asked -> turn.respond(asked.server(), asked.request().reply(487)));
        theirs = Optional.empty();
        ours = Optional.empty();
        wanted = Optional.empty();
        timer.stop();
        refers.stop();
        call.end(turn, how);
    }

    /// Sends a request that changes nothing.
    void send(Turn turn, SipMethod method, Headers headers, Body body, Responses responses) {
        boolean refreshesTarget = method.equals(SipMethod.REFER) || method.equals(SipMethod.NOTIFY);
        Headers all = refreshesTarget ? Headers.NONE.and("Contact", contact.toString()) : Headers.NONE;
        new Exchange(call, dialog, authorizer, method, all.and(headers), body, responses).send(turn);
    }

    boolean isClosed() {
        return closed;
    }

    void onTimeout(Turn turn) {
        if (acceptedTimers.isOver(turn.nowNanos())) {
            onUnacknowledged(turn);
        } else if (acceptedTimers.takeRepeat(turn.nowNanos(), turn.agent().transactions().timers().t2())) {
            accepted.ifPresent(open -> turn.respond(open.server(), open.response()));
        }
        if (turn.nowNanos() >= retryNanos) {
            retryNanos = Timers.NEVER;
            makeWanted(turn);
        }
        if (closed) {
            return;
        }
        if (timer.isOver(turn.nowNanos())) {
            turn.agent().count(CallCounter.SESSION_EXPIRED);
            lose(turn, Kind.EXPIRED);
        } else if (timer.takeRefresh(turn.nowNanos())) {
            refresh(turn);
        }
        refers.onTimeout(turn);
    }

    private void refresh(Turn turn) {
        if (ours.isPresent() || theirs.isPresent() || accepted.isPresent()) {
            timer.postpone(turn.nowNanos());
        } else {
            boolean update = takesUpdate && turn.agent().config().session().byUpdate() || described.isEmpty();
            change(turn, update ? SipMethod.UPDATE : SipMethod.INVITE, update ? Body.NONE : described, true);
        }
    }

    private void onUnacknowledged(Turn turn) {
        turn.agent().count(CallCounter.UNACKNOWLEDGED);
        accepted = Optional.empty();
        acceptedTimers.stop();
        if (farewell.isPresent()) {
            sayFarewell(turn);
        } else if (!closed) {
            lose(turn, Kind.UNACKNOWLEDGED);
        }
    }

    long deadline() {
        long open = Math.min(acceptedTimers.deadline(), retryNanos);
        return closed ? open : Math.min(open, Math.min(timer.deadline(), refers.deadline()));
    }
}
