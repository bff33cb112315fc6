package io.jverto.verto.dispatch;

import io.jverto.base.count.Budget;
import io.jverto.switchboard.port.CallControl.Admission;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.verto.count.VertoCount;
import io.jverto.verto.present.Call;
import io.jverto.verto.session.Session;
import io.jverto.wire.verto.DialogParams;
import io.jverto.wire.verto.Missing;
import io.jverto.wire.verto.VertoMessage.Direction;
import io.jverto.wire.verto.VertoReply;
import io.jverto.wire.verto.VertoReply.CallFailure;
import io.jverto.wire.verto.VertoRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Requests about calls, from a client that passed the gate (verto-wire.md section 5). One connection's.
final class CallRequests {
    /// A browser has a few; more is a script.
    private static final int MAX_CALLS = 100;

    private static final Pattern CAUSE_CODE = Pattern.compile("[0-9]{1,4}");

    /// Every call is told to all who hear its user's presence (security.md S8).
    private static final int CALLS_AT_ONCE = 1_000;
    private static final int CALLS_PER_SECOND = 100;

    private final Services services;
    private final Budget placed;

    CallRequests(Services services) {
        this.services = services;
        this.placed = new Budget(CALLS_AT_ONCE, CALLS_PER_SECOND, services.time().nanoTime());
    }

    Outcome invite(Session session, VertoRequest.Invite invite) {
        if (services.calls().of(session).size() >= MAX_CALLS) {
            return Outcome.of(refused("Cannot create channel", Cause.SWITCH_CONGESTION));
        }
        session.rememberName(invite.dialog().caller().name());
        Call call = new Call(
                new ChannelId(invite.dialog().callId()), session, Direction.INBOUND, services.calls());
        call.recoverable(invite.dialog().options().recoverCall());
        if (!services.calls().add(call)) {
            return Outcome.of(refused("Cannot create channel", Cause.DESTINATION_OUT_OF_ORDER));
        }
        if (!placed.take(services.time().nanoTime(), 1)) {
            services.counters().increment(VertoCount.CALLS_TOO_FAST);
            services.calls().remove(call);
            return Outcome.of(refused("Too many calls", Cause.SWITCH_CONGESTION));
        }
        return switch (services.control().admit(NewCall.of(session, invite, call))) {
            case Admission.Admitted admitted -> {
                services.counters().increment(VertoCount.CALLS_PLACED);
                yield new Outcome(
                        new VertoReply.CallCreated(call.id().value()), admitted.channel()::start);
            }
            case Admission.Refused refused -> {
                services.calls().remove(call);
                yield Outcome.of(refused("Cannot create channel", refused.cause()));
            }
        };
    }

    Outcome incompleteInvite(Missing missing) {
        return Outcome.of(refused(missing.text(), Cause.INVALID_MSG_UNSPECIFIED));
    }

    VertoReply answer(Session session, VertoRequest.Answer answer) {
        DialogParams dialog = answer.dialog();
        Optional<CallRef> channel = channel(session, dialog.callId());
        services.calls().find(dialog.callId(), session.identity()).ifPresent(call -> call.recoverable(dialog.options().recoverCall()));
        if (channel.isEmpty()) {
            return new CallFailure("CALL DOES NOT EXIST");
        }
        DialogParams.Caller self = dialog.caller();
        return switch (channel.get().answer(answer.sdp(), self.calleeName(), self.calleeNumber())) {
            case ANSWERED -> new VertoReply.Done();
            case GONE -> new CallFailure("CALL DOES NOT EXIST");
            case CODEC_ERROR -> new CallFailure("CODEC ERROR");
            case MEDIA_ERROR -> new CallFailure("MEDIA ERROR");
        };
    }

    VertoReply bye(Session session, VertoRequest.Bye bye) {
        Cause cause = cause(bye);
        Optional<Call> call = services.calls().find(bye.callId(), session.identity());
        boolean ended = call.flatMap(found -> services.control().find(found.id()))
                // The client that has the call is told unless it is the one that asks: a second tab may end it too.
                .filter(channel -> channel.hangup(cause, call.get().session() == session))
                .isPresent();
        return ended
                ? new VertoReply.CallEnded(bye.callId(), cause.code(), cause.name())
                : new VertoReply.NoSuchCall(bye.callId());
    }

    /// The connection is gone: what is answered waits for its client, all else ends (verto-wire.md section 4.4).
    void lost(Session session) {
        for (Call call : services.calls().orphan(session, services.time().nanoTime(), this::waits)) {
            services.counters().increment(VertoCount.CALLS_LOST);
            services.control().find(call.id()).ifPresent(channel -> channel.hangup(
                    channel.answered() ? Cause.NORMAL_CLEARING : Cause.DESTINATION_OUT_OF_ORDER, false));
        }
    }

    private boolean waits(Call call) {
        Optional<CallRef> channel = services.control().find(call.id());
        boolean waits = call.recoverable() && channel.filter(CallRef::answered).isPresent();
        if (waits) {
            services.counters().increment(VertoCount.CALLS_LEFT_ALONE);
            channel.get().away(); // before anybody can take it up
        }
        return waits;
    }

    /// Offers the calls that wait for this client to it.
    ///
    /// @return the calls that it has now
    List<String> reattach(Session session) {
        List<Call> offered = new ArrayList<>();
        for (Call call : services.calls().adopt(session)) {
            services.control().find(call.id()).flatMap(CallRef::reoffer).filter(call::attach).ifPresent(_ -> offered.add(call));
        }
        return offered.stream()
                .map(call -> call.id().value())
                .filter(id -> services.calls().find(id, session.identity()).isPresent())
                .toList();
    }

    /// The client's answer to `verto.attach`; whatever is wrong with it ends the call (verto-wire.md section 4.5).
    VertoReply attach(Session session, VertoRequest.Attach attach) {
        Optional<Call> call = services.calls().find(attach.callId(), session.identity()).filter(found -> found.session() == session);
        Optional<CallRef> channel = call.flatMap(found -> services.control().find(found.id()));
        if (channel.isEmpty()) {
            return new CallFailure("CALL DOES NOT EXIST");
        }
        if (!channel.get().answered()) {
            channel.get().hangup(Cause.DESTINATION_OUT_OF_ORDER, false);
            return new CallFailure("Cannot attach to a call that has not been answered.");
        }
        return switch (channel.get().reattach(attach.sdp())) {
            case ANSWERED -> {
                services.counters().increment(VertoCount.CALLS_TAKEN_UP);
                services.calls().recovered(call.get());
                channel.get().reattached();
                yield new VertoReply.Done();
            }
            case GONE -> new CallFailure("CALL DOES NOT EXIST");
            case CODEC_ERROR -> new CallFailure("CODEC NEGOTIATION ERROR");
            case MEDIA_ERROR -> new CallFailure("MEDIA ERROR");
        };
    }

    /// More addresses of the client, for a call whose SDP it has sent (verto-extensions.md).
    VertoReply candidates(Session session, VertoRequest.Candidates late) {
        services.counters().add(VertoCount.CANDIDATES_UNREADABLE, late.unreadable());
        Optional<CallRef> channel = channel(session, late.callId());
        channel.ifPresent(found -> found.candidates(late.candidates()));
        return channel.isPresent() ? new VertoReply.Done() : new CallFailure("CALL DOES NOT EXIST");
    }

    VertoReply incompleteAttach(Session session, VertoRequest.Incomplete attach) {
        channel(session, attach.callId()).ifPresent(channel -> channel.hangup(Cause.BEARERCAPABILITY_NOTAVAIL, false));
        return CallFailure.of(attach.missing());
    }

    private Optional<CallRef> channel(Session session, String callId) {
        return services.calls().find(callId, session.identity()).flatMap(call -> services.control().find(call.id()));
    }

    private static VertoReply refused(String detail, Cause cause) {
        return new VertoReply.CallRefused(detail, cause.code(), cause.name());
    }

    /// A name, or a number in either place; anything else means NORMAL_CLEARING (verto-wire.md section 5.7).
    private static Cause cause(VertoRequest.Bye bye) {
        return Cause.byName(bye.cause())
                .or(() -> byCode(bye.cause()))
                .or(() -> byCode(bye.causeCode()))
                .filter(cause -> cause != Cause.NONE)
                .orElse(Cause.NORMAL_CLEARING);
    }

    private static Optional<Cause> byCode(String digits) {
        return CAUSE_CODE.matcher(digits).matches() ? Cause.byCode(Integer.parseInt(digits)) : Optional.empty();
    }
}
