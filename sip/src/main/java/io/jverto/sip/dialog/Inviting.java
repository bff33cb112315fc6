package io.jverto.sip.dialog;

import io.jverto.sip.dialog.CallEnd.Kind;
import io.jverto.sip.message.Body;
import io.jverto.sip.message.CSeq;
import io.jverto.sip.message.Envelope;
import io.jverto.sip.message.Header;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.transaction.ClientFailure;
import io.jverto.sip.transaction.ClientId;
import io.jverto.sip.transaction.Hop;
import io.jverto.sip.transaction.ServerId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Our INVITE until somebody answers, and what comes of it later (RFC 3261 section 13.2): several callees may ring, and more than one may answer. The
/// first one is taken, the others are hung up on.
final class Inviting implements Call.Phase, Responses {
    /// Proxies ring a dozen phones of a user at most.
    static final int MAX_FORKS = 12;
    private static final int MAX_TRIES = 4;

    private final Call call;
    private final OutgoingInvite what;
    private final SessionTimer timer;
    private final Map<String, Fork> forks = new HashMap<>();
    private SipRequest invite;
    private Optional<ClientId> sent = Optional.empty();
    private Headers answer = Headers.NONE;
    private int tries;
    private int answers;
    private boolean hungUp;
    private Optional<String> taken = Optional.empty();
    private Optional<Asked> asked = Optional.empty();

    /// A callee, known by its tag.
    private static final class Fork {
        final Dialog dialog;
        /// The last reliable provisional response that was acknowledged.
        long rseq = -1;
        /// Whether it has answered our offer by a reliable response: then it may offer anew.
        boolean settled;
        Body local;
        Optional<SipRequest> ack = Optional.empty();

        Fork(Dialog dialog, Body local) {
            this.dialog = dialog;
            this.local = local;
        }
    }

    /// A callee's UPDATE, to whose offer somebody has to say something.
    private record Asked(ServerId server, SipRequest request, Fork fork) {}

    Inviting(UserAgent agent, Call call, OutgoingInvite what) {
        this.call = call;
        this.what = what;
        this.timer = new SessionTimer(agent.config());
        Envelope envelope = new Envelope(
                List.of(agent.via(what.hop())), what.from().withParam("tag", agent.newTag()), what.to(), agent.newCallId(),
                new CSeq(1, SipMethod.INVITE));
        this.invite = new SipRequest(SipMethod.INVITE, what.uri(), envelope, Headers.NONE, what.offer());
    }

    void send(Turn turn) {
        tries++;
        Headers headers = Headers.NONE.and("Max-Forwards", "70")
                .and("Route", what.routes())
                .and("Contact", what.contact().toString())
                .and(what.headers())
                .and(timer.ask())
                .and(answer);
        if (what.headers().has("Max-Forwards")) {
            headers = headers.with("Max-Forwards", what.headers().first("Max-Forwards").orElse("70"));
        }
        if (!what.offer().isEmpty()) {
            headers = headers.with("Content-Type", Session.SDP);
        }
        CSeq cseq = new CSeq(tries, SipMethod.INVITE);
        invite = invite.withEnvelope(invite.envelope().with(turn.agent().via(what.hop()), cseq)).withHeaders(turn.agent().stamp(headers));
        sent = Optional.of(turn.start(call, invite, what.hop(), this));
    }

    /// Gives up: CANCEL, and BYE to whoever answers all the same.
    void hangUp(Turn turn, Headers headers) {
        hungUp = true;
        call.end(turn, CallEnd.of(Kind.LOCAL));
        sent.ifPresent(id -> turn.cancel(id, headers));
    }

    private void over(Turn turn, CallEnd how) {
        call.end(turn, how);
        call.forget();
    }

    @Override
    public void onResponse(Turn turn, SipResponse response) {
        if (response.status() == 100) {
            return;
        }
        if (response.isProvisional()) {
            onProvisional(turn, response);
        } else if (response.isSuccess()) {
            onAnswer(turn, response);
        } else if (hungUp || !retry(turn, response)) {
            over(turn, new CallEnd(Kind.REFUSED, response.status(), response.reason(), response.headers()));
        }
    }

    private void onProvisional(Turn turn, SipResponse response) {
        Optional<Fork> fork = fork(turn, response);
        if (fork.isEmpty()) {
            if (!hungUp && response.envelope().to().tag().isEmpty()) {
                turn.out().progress(call.id, response); // of a peer of RFC 2543, or of a proxy
            }
            return;
        }
        if (response.headers().words("Require").contains("100rel") && !acknowledge(turn, fork.get(), response)) {
            return;
        }
        if (!hungUp && taken.isEmpty()) {
            turn.out().progress(call.id, response);
        }
    }

    /// RFC 3262 section 4.
    ///
    /// @return whether this response was not seen before, and comes in order
    private boolean acknowledge(Turn turn, Fork fork, SipResponse response) {
        long rseq = response.headers().number("RSeq").orElse(-1);
        boolean next = rseq > 0 && (fork.rseq < 0 || rseq == fork.rseq + 1);
        if (!next) {
            return false;
        }
        fork.rseq = rseq;
        fork.settled |= response.hasSdp();
        fork.dialog.retarget(response);
        Headers headers = Headers.NONE.with("RAck", rseq + " " + response.envelope().cseq());
        new Exchange(call, fork.dialog, what.authorizer(), SipMethod.PRACK, headers, Body.NONE, Responses.NONE).send(turn);
        return true;
    }

    private Optional<Fork> fork(Turn turn, SipResponse response) {
        String tag = response.envelope().to().tag().orElse("");
        Fork known = forks.get(tag);
        if (known != null) {
            return Optional.of(known);
        }
        if (forks.size() >= MAX_FORKS || tag.isEmpty() && response.isProvisional()) {
            turn.agent().count(forks.size() >= MAX_FORKS ? CallCounter.FORK_OVER_LIMIT : CallCounter.DIALOG_UNKNOWN);
            return Optional.empty();
        }
        Fork fork = new Fork(Dialog.ofCaller(invite, response, what.hop()), what.offer());
        forks.put(tag, fork);
        turn.agent().register(call, fork.dialog.key());
        return Optional.of(fork);
    }

    private void onAnswer(Turn turn, SipResponse response) {
        Optional<Fork> found = fork(turn, response);
        if (found.isEmpty()) {
            return;
        }
        Fork fork = found.get();
        Hop hop = fork.dialog.hop();
        if (fork.ack.isPresent()) {
            turn.send(hop, fork.ack.get()); // the one before was lost
            return;
        }
        fork.dialog.take(response);
        fork.dialog.sentSeq(invite.envelope().cseq().number());
        hop = fork.dialog.hop();
        SipRequest ack = fork.dialog.request(SipMethod.ACK, invite.envelope().cseq().number(), turn.agent().via(hop), answer, Body.NONE);
        fork.ack = Optional.of(ack);
        turn.send(hop, ack);
        if (hungUp || taken.isPresent()) {
            hangUpOn(turn, fork);
        } else {
            take(turn, fork, response);
        }
    }

    private void hangUpOn(Turn turn, Fork fork) {
        turn.agent().count(CallCounter.FORK_ENDED);
        new Exchange(call, fork.dialog, what.authorizer(), SipMethod.BYE, Headers.NONE, Body.NONE, Responses.NONE).send(turn);
        if (call.isEnded()) {
            call.linger(turn);
        }
    }

    private void take(Turn turn, Fork fork, SipResponse response) {
        taken = response.envelope().to().tag().or(() -> Optional.of(""));
        timer.onResponse(turn.nowNanos(), response);
        Session session = new Session(call, fork.dialog, what.contact(), what.authorizer(), timer, true);
        session.current(fork.local, response);
        call.establish(session);
        turn.out().answered(call.id, response);
    }

    /// @return whether the INVITE was sent again in another form
    private boolean retry(Turn turn, SipResponse response) {
        if (tries >= MAX_TRIES) {
            return false;
        }
        switch (response.status()) {
            case 401, 407 -> {
                Optional<Header> found = what.authorizer().answer(response, SipMethod.INVITE, what.uri(), answers > 0);
                if (found.isEmpty()) {
                    return false;
                }
                answers++;
                answer = answer.with(found.get().name(), found.get().value());
            }
            case 422 -> {
                if (!timer.raise(response)) {
                    return false;
                }
            }
            default -> {
                return false;
            }
        }
        forks.clear();
        send(turn);
        return true;
    }

    @Override
    public void onFailed(Turn turn, ClientFailure why) {
        over(turn, switch (why) {
            case TIMEOUT -> CallEnd.of(Kind.TIMEOUT);
            case UNREACHABLE, OVERLOAD -> CallEnd.of(Kind.UNREACHABLE);
        });
    }

    /// A callee that has not answered, as far as we know: its 200 may have been lost.
    @Override
    public void onRequest(Turn turn, ServerId id, SipRequest request) {
        if (request.is(SipMethod.BYE)) {
            turn.respond(id, request.reply(200));
            if (!hungUp) {
                hungUp = true;
                sent.ifPresent(invitation -> turn.cancel(invitation, Headers.NONE));
                call.end(turn, new CallEnd(Kind.BYE, 0, request.headers()));
            }
        } else if (request.is(SipMethod.UPDATE) && !hungUp) {
            onUpdate(turn, id, request);
        } else if (request.is(SipMethod.INVITE) || request.is(SipMethod.UPDATE)) {
            glare(turn, id, request);
        } else {
            turn.respond(id, request.reply(481));
        }
    }

    /// RFC 3311 section 5.2.
    private void onUpdate(Turn turn, ServerId id, SipRequest update) {
        Fork fork = forks.get(update.envelope().from().tag().orElse(""));
        if (fork == null) {
            turn.respond(id, update.reply(481));
        } else if (!fork.dialog.takeSeq(update)) {
            turn.agent().refuseOutOfOrder(turn, id, update);
        } else if (!update.hasSdp()) {
            fork.dialog.retarget(update);
            turn.respond(id, agreed(turn, update, Body.NONE));
        } else if (!fork.settled) {
            glare(turn, id, update);
        } else if (asked.isPresent()) {
            turn.agent().count(CallCounter.OFFER_TOO_SOON);
            turn.respond(id, update.reply(500).withHeader("Retry-After", turn.agent().retryAfter()));
        } else {
            fork.dialog.retarget(update);
            asked = Optional.of(new Asked(id, update, fork));
            turn.out().offered(call.id, update.body());
        }
    }

    /// Our offer is still open (RFC 3261 section 14.2, RFC 3311 section 5.2).
    private static void glare(Turn turn, ServerId id, SipRequest request) {
        turn.agent().count(CallCounter.OFFER_GLARE);
        turn.respond(id, request.reply(491));
    }

    private SipResponse agreed(Turn turn, SipRequest request, Body sdp) {
        SipResponse response = request.reply(200).withHeaders(turn.agent().stamp(Headers.NONE.and("Contact", what.contact().toString())));
        return sdp.isEmpty() ? response : response.withBody(Session.SDP, sdp);
    }

    @Override
    public boolean answer(Turn turn, Body sdp) {
        Optional<Asked> open = asked;
        asked = Optional.empty();
        open.ifPresent(one -> {
            one.fork().local = sdp;
            turn.respond(one.server(), agreed(turn, one.request(), sdp));
        });
        return open.isPresent();
    }

    @Override
    public boolean refuse(Turn turn, int status) {
        Optional<Asked> open = asked;
        asked = Optional.empty();
        open.ifPresent(one -> turn.respond(one.server(), one.request().reply(status)));
        return open.isPresent();
    }

    @Override
    public void onTimeout(Turn turn) {}

    @Override
    public long deadline() {
        return Timers.NEVER;
    }
}
