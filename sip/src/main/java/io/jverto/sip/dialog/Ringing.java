package io.jverto.sip.dialog;

import io.jverto.sip.dialog.CallEnd.Kind;
import io.jverto.sip.message.Body;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.HostPort;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.message.SipUri;
import io.jverto.sip.transaction.Hop;
import io.jverto.sip.transaction.ServerId;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Function;

/// An INVITE to us until we answer it, with reliable provisional responses (RFC 3261 section 13.3, RFC 3262 section 3).
final class Ringing implements Call.Phase {
    /// Provisional responses that wait for the one before to be acknowledged.
    private static final int MAX_WAITING = 8;

    private final Call call;
    private final ServerId server;
    private final SipRequest invite;
    private final Hop from;
    private final String tag;
    private final Dialog dialog;
    private final SessionTimer timer;
    private final boolean reliable;

    private final Timers reliably = new Timers();
    private final ArrayDeque<SipResponse> waiting = new ArrayDeque<>();
    private Optional<SipResponse> unacknowledged = Optional.empty();
    private long rseq;
    /// The answer, until what was said before is acknowledged.
    private Optional<Body> answer = Optional.empty();
    /// What the answer repeats: our last provisional description.
    private Body described = Body.NONE;
    /// Our description in force.
    private Body local = Body.NONE;
    /// Whether offer and answer of the INVITE are done (RFC 3262 section 5): from then on either side may offer anew.
    private boolean settled;
    /// The caller's PRACK or UPDATE, to whose offer somebody has to say something.
    private Optional<Asked> asked = Optional.empty();

    private record Asked(ServerId server, SipRequest request) {}

    Ringing(UserAgent agent, Call call, ServerId server, SipRequest invite, Hop from) {
        this.call = call;
        this.server = server;
        this.invite = invite;
        this.from = from;
        this.tag = agent.newTag();
        this.dialog = Dialog.ofCallee(invite, tag, from);
        this.timer = new SessionTimer(agent.config());
        this.rseq = agent.newRseq();
        boolean able = invite.headers().words("Supported").contains("100rel");
        this.reliable = invite.headers().words("Require").contains("100rel") || able && agent.config().reliable();
        agent.register(call, dialog.key());
    }

    ServerId server() {
        return server;
    }

    /// @param sdp may be empty
    void progress(Turn turn, int status, Body sdp) {
        SipResponse response = response(turn, status, sdp);
        if (!reliable) {
            turn.respond(server, response);
        } else if (unacknowledged.isEmpty()) {
            sendReliably(turn, response);
        } else if (waiting.size() < MAX_WAITING) {
            waiting.add(response);
        }
    }

    private void sendReliably(Turn turn, SipResponse response) {
        SipResponse counted = response.withHeaders(response.headers().and("Require", "100rel").and("RSeq", Long.toString(++rseq)));
        unacknowledged = Optional.of(counted);
        reliably.start(turn.nowNanos(), turn.agent().transactions().timers().t1(), turn.agent().transactions().timers().giveUp());
        turn.respond(server, counted);
    }

    /// @param sdp empty to repeat what a provisional response said
    void accept(Turn turn, Body sdp) {
        if (unacknowledged.filter(one -> !one.body().isEmpty()).isPresent() || asked.isPresent()) {
            answer = Optional.of(sdp); // RFC 3262 section 3: not before the SDP in it has arrived, nor while an offer is open
            return;
        }
        Body chosen = sdp.isEmpty() ? described : sdp;
        local = chosen.isEmpty() ? local : chosen;
        stop();
        SipResponse response = response(turn, 200, chosen);
        Headers headers = response.headers().and(timer.onRequest(turn.nowNanos(), invite));
        Session session = new Session(call, dialog, contact(turn), Authorizer.NONE, timer, false);
        session.current(local, invite);
        call.establish(session);
        session.accept(turn, server, invite, response.withHeaders(headers));
    }

    void refuse(Turn turn, int status, String phrase, Headers headers) {
        stop();
        SipResponse refusal = (phrase.isEmpty() ? invite.reply(status) : invite.reply(status, phrase)).withToTag(tag);
        turn.respond(server, refusal.withHeaders(headers));
        call.end(turn, CallEnd.of(Kind.LOCAL));
        call.forget();
    }

    void onCancelled(Turn turn, SipRequest cancel) {
        if (call.session().isPresent() || call.isEnded()) {
            return;
        }
        stop();
        turn.respond(server, invite.reply(487).withToTag(tag));
        call.end(turn, new CallEnd(Kind.CANCELLED, 487, cancel.headers()));
        call.forget();
    }

    private void stop() {
        reliably.stop();
        waiting.clear();
        unacknowledged = Optional.empty();
        asked = Optional.empty();
    }

    private SipResponse response(Turn turn, int status, Body sdp) {
        SipResponse response = invite.reply(status).withToTag(tag);
        Headers headers = Headers.NONE.and("Contact", contact(turn).toString());
        for (NameAddr route : invite.headers().addresses("Record-Route")) {
            headers = headers.and("Record-Route", route.toString());
        }
        SipResponse whole = response.withHeaders(turn.agent().stamp(headers));
        if (sdp.isEmpty()) {
            return whole;
        }
        described = sdp;
        local = sdp;
        return whole.withBody(Session.SDP, sdp);
    }

    private NameAddr contact(Turn turn) {
        SipTransport transport = from.transport();
        HostPort local = turn.agent().config().local().apply(from);
        String user = invite.uri() instanceof SipUri uri ? uri.userText() : "";
        SipUri uri = SipUri.of(user, local);
        return NameAddr.of(transport == SipTransport.UDP ? uri : uri.withParam("transport", transport.name().toLowerCase(java.util.Locale.ROOT)));
    }

    @Override
    public void onRequest(Turn turn, ServerId id, SipRequest request) {
        if (!dialog.takeSeq(request)) {
            turn.agent().refuseOutOfOrder(turn, id, request);
        } else if (request.is(SipMethod.PRACK)) {
            onPrack(turn, id, request);
        } else if (request.is(SipMethod.UPDATE)) {
            onUpdate(turn, id, request);
        } else if (request.is(SipMethod.BYE)) {
            turn.respond(id, request.reply(200));
            turn.respond(server, invite.reply(487).withToTag(tag));
            stop();
            call.end(turn, new CallEnd(Kind.BYE, 0, request.headers()));
            call.forget();
        } else if (request.is(SipMethod.INVITE)) {
            tooSoon(turn, id, request);
        } else if (request.is(SipMethod.INFO) || request.is(SipMethod.MESSAGE)) {
            turn.respond(id, request.reply(200));
            turn.out().told(call.id, request);
        } else {
            turn.respond(id, request.reply(481));
        }
    }

    private void onPrack(Turn turn, ServerId id, SipRequest prack) {
        String claimed = prack.headers().first("RAck").orElse("").replaceAll("\\s+", " ");
        if (unacknowledged.isEmpty() || !claimed.equals(rseq + " " + invite.envelope().cseq())) {
            turn.respond(id, prack.reply(481));
            return;
        }
        boolean described = unacknowledged.filter(one -> !one.body().isEmpty()).isPresent();
        unacknowledged = Optional.empty();
        reliably.stop();
        if (described && !settled) {
            settled = true;
            if (!invite.hasSdp()) {
                turn.respond(id, prack.reply(200));
                turn.out().agreed(call.id, prack.hasSdp() ? prack.body() : Body.NONE);
                goOn(turn);
                return;
            }
        }
        if (prack.hasSdp() && settled && asked.isEmpty()) {
            ask(turn, id, prack);
        } else {
            turn.respond(id, prack.reply(prack.hasSdp() ? 488 : 200)); // it is known now that the response has arrived, whatever it offers
            goOn(turn);
        }
    }

    /// RFC 3311 section 5.2.
    private void onUpdate(Turn turn, ServerId id, SipRequest update) {
        boolean ours = !invite.hasSdp() && !settled && !local.isEmpty();
        if (timer.isTooShort(update)) {
            turn.respond(id, update.reply(422).withHeader("Min-SE", Integer.toString(turn.agent().config().session().leastSeconds())));
        } else if (!update.hasSdp()) {
            dialog.retarget(update);
            turn.respond(id, agreed(turn, update, Body.NONE));
        } else if (ours) {
            turn.agent().count(CallCounter.OFFER_GLARE);
            turn.respond(id, update.reply(491));
        } else if (!settled || asked.isPresent()) {
            tooSoon(turn, id, update);
        } else {
            dialog.retarget(update);
            ask(turn, id, update);
        }
    }

    private static void tooSoon(Turn turn, ServerId id, SipRequest request) {
        turn.agent().count(CallCounter.OFFER_TOO_SOON);
        turn.respond(id, request.reply(500).withHeader("Retry-After", turn.agent().retryAfter()));
    }

    private void ask(Turn turn, ServerId id, SipRequest request) {
        asked = Optional.of(new Asked(id, request));
        turn.out().offered(call.id, request.body());
    }

    @Override
    public boolean answer(Turn turn, Body sdp) {
        return done(turn, one -> {
            described = Body.NONE; // an answer of before says nothing any more
            local = sdp;
            return agreed(turn, one, sdp);
        });
    }

    @Override
    public boolean refuse(Turn turn, int status) {
        return done(turn, one -> one.reply(status));
    }

    private boolean done(Turn turn, Function<SipRequest, SipResponse> response) {
        Optional<Asked> open = asked;
        asked = Optional.empty();
        open.ifPresent(one -> {
            turn.respond(one.server(), response.apply(one.request()));
            goOn(turn);
        });
        return open.isPresent();
    }

    private SipResponse agreed(Turn turn, SipRequest request, Body sdp) {
        SipResponse response = request.reply(200).withHeaders(turn.agent().stamp(Headers.NONE.and("Contact", contact(turn).toString())));
        return sdp.isEmpty() ? response : response.withBody(Session.SDP, sdp);
    }

    private void goOn(Turn turn) {
        if (call.isEnded() || call.session().isPresent()) {
            return;
        }
        if (answer.isPresent()) {
            accept(turn, answer.get());
        } else if (!waiting.isEmpty() && unacknowledged.isEmpty()) {
            sendReliably(turn, waiting.poll());
        }
    }

    @Override
    public void onTimeout(Turn turn) {
        if (reliably.isOver(turn.nowNanos())) {
            turn.agent().count(CallCounter.UNACKNOWLEDGED);
            stop();
            turn.respond(server, invite.reply(504).withToTag(tag));
            call.end(turn, CallEnd.of(Kind.UNACKNOWLEDGED));
            call.forget();
        } else if (reliably.takeRepeat(turn.nowNanos(), Long.MAX_VALUE / 4)) {
            unacknowledged.ifPresent(response -> turn.respond(server, response));
        }
    }

    @Override
    public long deadline() {
        return reliably.deadline();
    }
}
