package io.jverto.verto.dispatch;

import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.verto.login.Principal;
import io.jverto.verto.session.ProtocolExtension;
import io.jverto.verto.session.Session;
import io.jverto.verto.count.VertoCount;
import io.jverto.wire.verto.VertoMethod;
import io.jverto.wire.verto.VertoReply;
import io.jverto.wire.verto.VertoReply.CallFailure;
import io.jverto.wire.verto.VertoReply.Refusal;
import io.jverto.wire.verto.VertoRequest;
import java.time.Instant;
import java.util.List;

/// One request of a client with a session, to its reply.
final class Dispatcher {
    private final Services services;
    private final CallRequests calls;
    private final ModifyRequests modify;
    private final InfoRequests infos;
    private final EventRequests events;
    private final ApiRequests api;
    private final ContactRequests contacts;

    Dispatcher(Services services) {
        this.services = services;
        this.calls = new CallRequests(services);
        this.modify = new ModifyRequests(services);
        this.infos = new InfoRequests(services);
        this.events = new EventRequests(services);
        this.api = new ApiRequests(services);
        this.contacts = new ContactRequests(services);
    }

    /// @param method as sent, for the permission list
    Outcome dispatch(Session session, String method, VertoRequest request) {
        boolean login = request instanceof VertoRequest.Login;
        if (!login && !(session.principal().rights().methods().allowsFamily(method) && exists(session, method))) {
            return Outcome.of(Refusal.NO_METHOD);
        }
        if (session.principal().isOfOneCall() && !OneCall.allows(session.principal().onlyNumber(), request)) {
            services.counters().increment(VertoCount.ONE_CALL_REFUSED);
            return Outcome.of(Refusal.DENIED);
        }
        return switch (request) {
            case VertoRequest.Login _ -> Outcome.of(loggedIn(session));
            case VertoRequest.Echo echo -> Outcome.of(new VertoReply.Echoed(echo.params()));
            case VertoRequest.Ping _ -> Outcome.of(new VertoReply.Pong(session.principal().authExpires()));
            case VertoRequest.Invite invite -> calls.invite(session, invite);
            case VertoRequest.Answer answer -> Outcome.of(calls.answer(session, answer));
            case VertoRequest.Bye bye -> Outcome.of(calls.bye(session, bye));
            case VertoRequest.Attach attach -> Outcome.of(calls.attach(session, attach));
            case VertoRequest.Candidates late -> Outcome.of(calls.candidates(session, late));
            case VertoRequest.Info info -> Outcome.of(infos.info(session, info));
            case VertoRequest.Incomplete incomplete -> incomplete(session, incomplete);
            case VertoRequest.Subscribe subscribe -> Outcome.of(events.subscribe(session, subscribe.channels()));
            case VertoRequest.Unsubscribe unsubscribe -> Outcome.of(events.unsubscribe(session, unsubscribe.channels()));
            case VertoRequest.Broadcast broadcast -> events.broadcast(session, broadcast);
            case VertoRequest.Jsapi jsapi -> Outcome.of(api.jsapi(session, jsapi));
            case VertoRequest.Fsapi fsapi -> Outcome.of(api.fsapi(session, fsapi.command(), fsapi.argument()));
            case VertoRequest.Modify wish -> Outcome.of(modify.modify(session, wish));
            case VertoRequest.Contacts page -> Outcome.of(contacts.page(session, page.after()));
            case VertoRequest.Unknown _ -> Outcome.of(Refusal.NO_METHOD);
        };
    }

    /// @return the calls that the session took up
    List<String> reattach(Session session) {
        return calls.reattach(session);
    }

    /// The connection is gone: calls wait or end.
    void lost(Session session) {
        calls.lost(session);
    }

    private Outcome incomplete(Session session, VertoRequest.Incomplete incomplete) {
        return switch (incomplete.method()) {
            case INVITE -> calls.incompleteInvite(incomplete.missing());
            case ANSWER, BYE, INFO, ECHO, MODIFY, CANDIDATE -> Outcome.of(CallFailure.of(incomplete.missing()));
            case ATTACH -> Outcome.of(calls.incompleteAttach(session, incomplete));
            case LOGIN, PING, JSAPI, FSAPI, SUBSCRIBE, UNSUBSCRIBE, BROADCAST, CONTACTS ->
                Outcome.of(Refusal.NO_METHOD);
        };
    }

    /// Methods of an extension are there for clients that have it.
    private static boolean exists(Session session, String method) {
        return !method.equals(VertoMethod.CANDIDATE.wireName()) || session.extensions().contains(ProtocolExtension.TRICKLE);
    }

    private VertoReply loggedIn(Session session) {
        Principal principal = session.principal();
        Principal.Flags flags = principal.flags();
        Instant now = services.time().wallTime();
        boolean ways = session.extensions().contains(ProtocolExtension.ICE_SERVERS);
        return new VertoReply.LoggedIn(
                principal.authExpires(),
                flags.moderator(),
                flags.stereoAudio(),
                flags.superuser(),
                ProtocolExtension.names(session.extensions()),
                ways ? services.iceServers().of(session.identity().toString(), now) : new JsonArray(List.of()),
                ways ? services.iceServers().expires(now) : 0);
    }
}
