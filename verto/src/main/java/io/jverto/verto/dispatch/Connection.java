package io.jverto.verto.dispatch;

import io.jverto.base.id.Tokens;
import io.jverto.base.net.Addresses;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.verto.count.VertoCount;
import io.jverto.verto.dispatch.FrameQueue.Frame;
import io.jverto.verto.login.Gate;
import io.jverto.verto.login.LogText;
import io.jverto.verto.login.Principal;
import io.jverto.verto.outbound.FrameLog;
import io.jverto.verto.outbound.Outbox;
import io.jverto.verto.outbound.Transport;
import io.jverto.verto.profile.VertoProfile;
import io.jverto.verto.session.ProtocolExtension;
import io.jverto.verto.session.Session;
import io.jverto.verto.session.Sessions.Binding;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.wire.verto.Incoming;
import io.jverto.wire.verto.LoginParams;
import io.jverto.wire.verto.VertoCodec;
import io.jverto.wire.verto.VertoMessage;
import io.jverto.wire.verto.VertoReply;
import io.jverto.wire.verto.VertoReply.Refusal;
import io.jverto.wire.verto.VertoRequest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One WebSocket without the socket: text in, text out. Frames are processed one after the other; a request's reply is
/// written before whatever it causes; nothing of a request is kept before it has passed the gate (verto-wire.md sections 1.5, 2.2, 4.1).
@OwnedBy(Role.CONNECTION)
public final class Connection {
    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    private final Services services;
    private final VertoProfile profile;
    private final Gate gate;
    private final Transport transport;
    private final Dispatcher dispatcher;
    private final FrameLog frameLog;
    private final Outbox outbox;
    private final FrameQueue frames;
    private final Liveness liveness;
    private final SpeedTest speedTest;

    /// Null until the first request has passed the gate.
    private volatile @Nullable Session session;
    /// Of the last login: epoch seconds, 0 for never. Here, because it is looked at for every idle connection.
    private volatile long authExpires;

    public Connection(Services services, VertoProfile profile, Gate gate, Transport transport) {
        this.services = services;
        this.profile = profile;
        this.gate = gate;
        this.transport = transport;
        this.dispatcher = new Dispatcher(services);
        this.frameLog = services.frameLog().atLeast(profile.extras().debug());
        this.outbox = new Outbox(transport, services.ids(), services.counters(), frameLog);
        this.frames = new FrameQueue(services.time(), this::onFrame, transport::reading);
        this.speedTest = new SpeedTest(services.time(), outbox, services.counters());
        this.liveness = new Liveness(services.time().nanoTime());
    }

    /// A text or binary message of the client. From any thread.
    public void onText(String text) {
        services.counters().increment(VertoCount.FRAMES_RECEIVED);
        onAlive();
        if (!frames.offer(new Frame.Text(text))) {
            services.counters().increment(VertoCount.FLOODS);
            outbox.close();
        }
    }

    /// Something came from the client, if only a pong. From any thread.
    public void onAlive() {
        liveness.heard(services.time().nanoTime());
    }

    /// The socket is gone. From any thread.
    public void onClosed() {
        frames.offer(new Frame.Closed());
    }

    /// Another second is over: silence, expired logins. From the one thread that sweeps all connections.
    ///
    /// @param now epoch seconds
    public void onSweep(long nowNanos, long now) {
        long expires = authExpires;
        switch (liveness.check(nowNanos)) {
            case FINE -> { }
            case SILENT -> outbox.send(new VertoMessage.Ping(expires, now));
            case ASK -> {
                transport.ping();
                outbox.send(new VertoMessage.Ping(expires, now));
            }
            case DEAD -> {
                services.counters().increment(VertoCount.DEAD_PEERS);
                outbox.close();
            }
        }
        if (expires != 0 && now >= expires) {
            outbox.close();
        }
    }

    /// @return `user@domain`; empty while nobody has logged in
    public String user() {
        return session().map(bound -> bound.identity().toString()).orElse("");
    }

    /// Ends the connection from our side. From any thread.
    public void close() {
        outbox.close();
    }

    private void onFrame(Frame frame) {
        try {
            switch (frame) {
                case Frame.Text text -> onMessage(text.value());
                case Frame.Closed _ -> onLost();
                case Frame.None _ -> { }
            }
        } catch (RuntimeException bug) {
            services.counters().increment(VertoCount.BUGS);
            log.error("connection from {} ended by a bug", Addresses.text(transport.remote()), bug);
            outbox.close();
        }
    }

    private void onMessage(String text) {
        if (outbox.isClosed()) {
            return; // taken over or cut off: what still comes is nobody's
        }
        if (text.startsWith("#")) {
            onSpeedTest(text);
            return;
        }
        speedTest.onOther();
        frameLog.received(transport.remote(), text);
        List<Runnable> afterwards = new ArrayList<>();
        outbox.hold();
        try {
            reply(VertoCodec.decode(text), afterwards).ifPresent(outbox::reply);
            afterwards.forEach(Runnable::run);
        } finally {
            outbox.release();
        }
    }

    /// Before a login such frames end the connection (verto-wire.md section 1.7).
    private void onSpeedTest(String text) {
        if (gate.needed() && session == null) {
            outbox.close();
        } else {
            speedTest.onFrame(text);
        }
    }

    private Optional<String> reply(Incoming incoming, List<Runnable> afterwards) {
        if (incoming instanceof Incoming.Batch batch) {
            List<JsonObject> replies = new ArrayList<>();
            // Members of a batch get no session id (verto-wire.md section 2.7).
            batch.members().forEach(member -> one(member, afterwards, false).ifPresent(replies::add));
            return Optional.of(VertoCodec.encode(replies));
        }
        return one(incoming, afterwards, true).map(VertoCodec::encode);
    }

    private Optional<JsonObject> one(Incoming incoming, List<Runnable> afterwards, boolean withSession) {
        return switch (incoming) {
            case Incoming.Call call -> {
                Outcome outcome = process(call, afterwards);
                afterwards.add(outcome.afterwards());
                String id = withSession ? session().map(Session::id).orElse("") : "";
                yield Optional.of(VertoCodec.reply(call, outcome.reply(), id));
            }
            case Incoming.Rejected rejected ->
                Optional.of(VertoCodec.reply(rejected.id(), Refusal.INVALID, ""));
            case Incoming.Unreadable _ -> {
                services.counters().increment(VertoCount.FRAMES_UNREADABLE);
                yield Optional.of(VertoCodec.unreadable());
            }
            case Incoming.Ignored _, Incoming.Batch _ -> Optional.empty();
        };
    }

    private Outcome process(Incoming.Call call, List<Runnable> afterwards) {
        boolean login = call.request() instanceof VertoRequest.Login;
        if (session == null || login) {
            switch (gate.check(call.login(), transport.remote().getAddress())) {
                case Gate.Verdict.Refused refused -> {
                    if (login) {
                        news().refused(call.login(), refused.refusal());
                    }
                    return Outcome.of(failure(call.login(), refused));
                }
                case Gate.Verdict.Admitted admitted -> {
                    Optional<VertoReply> conflict = bind(admitted.principal(), call.login(), afterwards);
                    if (conflict.isPresent()) {
                        return new Outcome(conflict.get(), outbox::close);
                    }
                }
            }
        }
        Session bound = session().orElseThrow();
        if (login) {
            bound.extensions(granted(call.login().extensions()));
            afterwards.add(() -> news().loggedIn(call.login()));
        }
        return dispatcher.dispatch(bound, call.method(), call.request());
    }

    private static VertoReply failure(LoginParams login, Gate.Verdict.Refused refused) {
        boolean tell = refused.pause().isPositive() && ProtocolExtension.named(login.extensions()).contains(ProtocolExtension.LOGIN_WAIT);
        return tell ? new VertoReply.LoginMustWait(refused.pause().plusSeconds(1).minusNanos(1).toSeconds()) : refused.refusal();
    }

    private Set<ProtocolExtension> granted(List<String> wished) {
        Set<ProtocolExtension> granted = EnumSet.noneOf(ProtocolExtension.class);
        granted.addAll(ProtocolExtension.named(wished));
        if (services.iceServers().isEmpty()) {
            granted.remove(ProtocolExtension.ICE_SERVERS); // there is nothing to tell
        }
        return granted;
    }

    private ConnectionNews news() {
        return new ConnectionNews(services.coreEvents(), profile.name(), transport.remote());
    }

    /// The first request that passes the gate binds the connection to a session; a later login renews what is known of the
    /// user, or, for another user, begins anew under the same session id.
    private Optional<VertoReply> bind(Principal admitted, LoginParams login, List<Runnable> afterwards) {
        Optional<Session> before = session();
        if (before.isPresent() && before.get().identity().equals(admitted.identity())) {
            before.get().renew(admitted);
            authExpires = admitted.authExpires();
            return Optional.empty();
        }
        before.ifPresent(this::leave);
        String wished = before.map(Session::id).orElse(login.sessionId());
        String id = wished.isEmpty() ? Tokens.uuid(services.random()) : wished;
        Session bound =
                new Session(id, admitted, profile, outbox, new Session.Peer(transport.remote(), transport.secure()));
        switch (services.sessions().bind(bound)) {
            case Binding.Fresh _ -> { }
            case Binding.TakenOver taken -> {
                services.counters().increment(VertoCount.SESSIONS_TAKEN_OVER);
                taken.before().punt();
                dispatcher.lost(taken.before());
            }
            case Binding.InUse _ -> {
                services.counters().increment(VertoCount.SESSIONS_REFUSED);
                return Optional.of(Refusal.SESSION_IN_USE);
            }
        }
        services.counters().increment(VertoCount.LOGINS);
        log.info("verto client logged in user=\"{}\" address={}", LogText.safe(admitted.identity().toString()), Addresses.text(transport.remote()));
        session = bound;
        authExpires = admitted.authExpires();
        afterwards.add(() -> bound.open(() -> {
            List<String> calls = dispatcher.reattach(bound);
            if (before.isEmpty()) {
                outbox.send(new VertoMessage.ClientReady(calls));
            }
        }));
        if (!admitted.isOfOneCall()) {
            afterwards.add(() -> services.messages().welcome(bound));
        }
        return Optional.empty();
    }

    private void onLost() {
        outbox.close();
        session().ifPresent(this::leave);
    }

    private Optional<Session> session() {
        return Optional.ofNullable(session);
    }

    private void leave(Session left) {
        log.info("verto client left user=\"{}\" address={}", LogText.safe(left.identity().toString()), Addresses.text(transport.remote()));
        dispatcher.lost(left);
        services.sessions().remove(left);
        // A call that came in after another connection had taken the session over is for that one.
        services.sessions().find(left.id())
                .filter(next -> next != left && next.identity().equals(left.identity()))
                .ifPresent(next -> next.onceOpen(() -> dispatcher.reattach(next)));
    }
}
