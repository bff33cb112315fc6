package io.jverto.verto.present;

import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.CallSignal;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.ChatMessage;
import io.jverto.switchboard.port.Saying;
import io.jverto.verto.session.Session;
import io.jverto.wire.sdp.SdpText;
import io.jverto.wire.verto.VertoMessage;
import io.jverto.wire.verto.VertoMessage.Direction;
import io.jverto.wire.verto.VertoMessage.Parties;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One call of a client: what its channel says becomes Verto messages. The SDP goes out once, `verto.media` at most once and
/// never behind `verto.answer` (verto-wire.md sections 5.6, 5.11).
@OwnedBy(Role.CHANNEL)
public final class Call implements CallSignal {
    private static final String VARIABLE_PREFIX = "verto_svar_";
    private static final String HEADER_PREFIX = "verto_h_";

    private final ChannelId id;
    private volatile Session session;
    private volatile boolean recoverable = true;
    private final Direction direction;
    private final Calls calls;
    private boolean mediaSent;
    private boolean answerSent;

    /// @param direction [Direction#INBOUND] when the client placed it
    public Call(ChannelId id, Session session, Direction direction, Calls calls) {
        this.id = id;
        this.session = session;
        this.direction = direction;
        this.calls = calls;
    }

    public ChannelId id() {
        return id;
    }

    /// @return the client that has the call, or had it last
    public Session session() {
        return session;
    }

    void session(Session next) {
        session = next;
    }

    /// @return whether the call, once answered, waits for its client when the connection is lost
    public boolean recoverable() {
        return recoverable;
    }

    /// The client does not want its call to outlive the connection (`recoverCall`).
    public void recoverable(boolean wanted) {
        recoverable = wanted;
    }

    /// Offers the call again to the client that is back (verto-wire.md section 4.5).
    ///
    /// @return false when it is gone
    public boolean attach(CallRef.Reoffer again) {
        return session.send(new VertoMessage.Attach(
                id.value(),
                shown(again.variables()),
                again.offer(),
                parties(again.caller()),
                withPrefix(HEADER_PREFIX, again.variables())));
    }

    /// Asks the client for other media.
    ///
    /// @return false when it is gone
    public boolean mediaParams(JsonObject wanted) {
        return session.send(new VertoMessage.MediaParams(id.value(), wanted));
    }

    /// Says something to the client inside the call, in the name of its user's domain (verto-wire.md section 6.4).
    ///
    /// @return false when it is gone
    public boolean chat(String body) {
        String user = session.identity().toString();
        Map<String, String> message = new LinkedHashMap<>();
        message.put("from", user.substring(user.lastIndexOf('@') + 1));
        message.put("to", user);
        message.put("body", body);
        return session.send(new VertoMessage.Chat(id.value(), message));
    }

    /// Rings the client (verto-wire.md section 5.4).
    ///
    /// @return false when it is gone
    public boolean ring(SdpText offer, CallerProfile caller, Map<String, String> variables) {
        return session.send(new VertoMessage.Invite(
                id.value(), shown(variables), offer, parties(caller), withPrefix(HEADER_PREFIX, variables)));
    }

    @Override
    public void earlyMedia(SdpText answer, Map<String, String> variables) {
        if (!mediaSent && !answerSent) {
            mediaSent = true;
            session.send(new VertoMessage.Media(id.value(), answer, shown(variables)));
        }
    }

    @Override
    public void answered(Optional<SdpText> answer, Map<String, String> variables) {
        if (!answerSent) {
            answerSent = true;
            SdpText sdp = answer.filter(_ -> !mediaSent).orElse(new SdpText(""));
            session.send(new VertoMessage.Answer(id.value(), sdp, shown(variables)));
        }
    }

    @Override
    public void display(DisplayUpdate update) {
        session.send(new VertoMessage.Display(
                id.value(),
                update.displayName(),
                update.displayNumber(),
                parties(update.caller()),
                withPrefix(HEADER_PREFIX, update.variables())));
    }

    @Override
    public void ended(Cause cause, boolean byClient) {
        calls.remove(this);
        if (!byClient) {
            session.send(new VertoMessage.Bye(id.value(), cause.code(), cause.name()));
        }
    }

    @Override
    public void dtmf(char digit) {
        session.send(new VertoMessage.Digit(id.value(), digit));
    }

    @Override
    public boolean said(Saying saying) {
        return switch (saying) {
            case Saying.InCall(ChatMessage message) -> session.send(new VertoMessage.Chat(id.value(), message.fields()));
            case Saying.InRoom(ChatMessage message) ->
                session.send(new VertoMessage.Chat("", message.to(session.identity().toString()).fields()));
            case Saying.Typed(String chars) ->
                session.profile().extras().text()
                        && TextPieces.of(chars).stream().allMatch(piece -> session.send(new VertoMessage.Typed(id.value(), piece)));
        };
    }

    private Parties parties(CallerProfile caller) {
        return new Parties(
                caller.callerName(), caller.callerNumber(), caller.calleeName(), caller.calleeNumber(), direction);
    }

    private static Map<String, String> shown(Map<String, String> variables) {
        return withPrefix(VARIABLE_PREFIX, variables);
    }

    private static Map<String, String> withPrefix(String prefix, Map<String, String> variables) {
        Map<String, String> found = new TreeMap<>();
        variables.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                found.put(name, value);
            }
        });
        return found;
    }
}
