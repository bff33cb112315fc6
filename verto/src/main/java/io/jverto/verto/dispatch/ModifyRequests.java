package io.jverto.verto.dispatch;

import io.jverto.base.count.Budget;
import io.jverto.switchboard.port.CallControl.TransferResult;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.CallRef.HoldWish;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.ChannelRef.AnswerResult;
import io.jverto.verto.count.VertoCount;
import io.jverto.verto.session.Session;
import io.jverto.wire.sdp.SdpText;
import io.jverto.wire.verto.VertoReply;
import io.jverto.wire.verto.VertoReply.Modified;
import io.jverto.wire.verto.VertoReply.NotModified;
import io.jverto.wire.verto.VertoRequest.Modify;
import java.util.Optional;

/// `verto.modify`: hold, transfer, new media (verto-wire.md section 5.9). One connection's.
final class ModifyRequests {
    /// New media costs an answer and perhaps new credentials; a client needs one now and then (security.md S39).
    private static final int UPDATES_AT_ONCE = 20;
    private static final int UPDATES_PER_SECOND = 2;
    /// A hold is told to all who hear the user's presence (security.md S8).
    private static final int HOLDS_AT_ONCE = 50;
    private static final int HOLDS_PER_SECOND = 5;

    private final Services services;
    private final Budget updates;
    private final Budget holds;

    ModifyRequests(Services services) {
        this.services = services;
        this.updates = new Budget(UPDATES_AT_ONCE, UPDATES_PER_SECOND, services.time().nanoTime());
        this.holds = new Budget(HOLDS_AT_ONCE, HOLDS_PER_SECOND, services.time().nanoTime());
    }

    VertoReply modify(Session session, Modify modify) {
        Optional<CallRef> found = channel(session, modify.callId());
        if (found.isEmpty()) {
            return failed(modify, "CALL DOES NOT EXIST");
        }
        CallRef call = found.get();
        return switch (modify.action()) {
            case "hold" -> hold(modify, call, HoldWish.HOLD);
            case "unhold" -> hold(modify, call, HoldWish.UNHOLD);
            case "togglehold" -> hold(modify, call, HoldWish.TOGGLE);
            case "transfer" -> transfer(modify, call);
            case "replace" -> replace(session, modify, call);
            case "updatemedia" -> update(modify, call);
            case "videorefresh" -> {
                call.refreshVideo();
                yield done(modify, call, "");
            }
            default -> done(modify, call, ""); // unknown ones succeed
        };
    }

    private VertoReply hold(Modify modify, CallRef call, HoldWish wish) {
        if (!holds.take(services.time().nanoTime(), 1)) {
            services.counters().increment(VertoCount.HOLDS_TOO_FAST);
            return new NotModified(modify.callId(), modify.actionAsSent(), "Too many holds.", Optional.of(call.held()));
        }
        return new Modified(modify.callId(), modify.actionAsSent(), "", new SdpText(""), call.hold(wish));
    }

    private VertoReply transfer(Modify modify, CallRef call) {
        if (modify.argument().isEmpty()) {
            return failed(modify, "destination missing");
        }
        return switch (services.control().transfer(call.id(), modify.argument())) {
            case DONE -> {
                services.counters().increment(VertoCount.CALLS_TRANSFERRED);
                yield done(modify, call, "CALL TRANSFERRED");
            }
            case NOT_BRIDGED, FAILED -> failed(modify, "call is not bridged");
        };
    }

    private VertoReply replace(Session session, Modify modify, CallRef call) {
        if (modify.argument().isEmpty()) {
            return failed(modify, "replaceCallID missing");
        }
        Optional<ChannelId> other = channel(session, modify.argument()).map(CallRef::id);
        if (other.isEmpty()) {
            return failed(modify, "invalid transfer leg");
        }
        if (services.control().replace(call.id(), other.get()) != TransferResult.DONE) {
            return new NotModified(modify.callId(), modify.actionAsSent(), "transfer failed", Optional.of(call.held()));
        }
        services.counters().increment(VertoCount.CALLS_TRANSFERRED);
        return done(modify, call, "");
    }

    private VertoReply update(Modify modify, CallRef call) {
        if (modify.sdp().value().isEmpty()) {
            return failed(modify, "SDP missing");
        }
        if (!call.answered()) {
            call.hangup(Cause.DESTINATION_OUT_OF_ORDER, false);
            return failed(modify, "Cannot update a call that has not been answered.");
        }
        if (!updates.take(services.time().nanoTime(), 1)) {
            services.counters().increment(VertoCount.UPDATES_TOO_FAST);
            return failed(modify, "Too many media updates.");
        }
        return switch (call.update(modify.sdp())) {
            case CallRef.Update.Updated(SdpText answer) ->
                new Modified(modify.callId(), modify.actionAsSent(), "", answer, call.held());
            case CallRef.Update.Failed(AnswerResult why) -> failed(modify, switch (why) {
                case GONE -> "CALL DOES NOT EXIST";
                case CODEC_ERROR -> "CODEC NEGOTIATION ERROR";
                case MEDIA_ERROR, ANSWERED -> "MEDIA ERROR";
            });
        };
    }

    private static VertoReply done(Modify modify, CallRef call, String message) {
        return new Modified(modify.callId(), modify.actionAsSent(), message, new SdpText(""), call.held());
    }

    private static VertoReply failed(Modify modify, String message) {
        return new NotModified(modify.callId(), modify.actionAsSent(), message, Optional.empty());
    }

    private Optional<CallRef> channel(Session session, String callId) {
        return services.calls().find(callId, session.identity()).flatMap(call -> services.control().find(call.id()));
    }
}
