package io.jverto.verto.dispatch;

import io.jverto.base.count.Budget;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.switchboard.event.EventName;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.Saying;
import io.jverto.verto.count.VertoCount;
import io.jverto.verto.login.LogText;
import io.jverto.verto.session.Session;
import io.jverto.wire.jsonrpc.JsonText;
import io.jverto.wire.verto.VertoReply;
import io.jverto.wire.verto.VertoRequest.Info;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `verto.info`: settings, command, digits, text, message; all may come in one, and are done in this order (verto-wire.md section 6.1).
/// An unknown call is no error, but for a message into it. One connection's.
final class InfoRequests {
    private static final Logger log = LoggerFactory.getLogger(InfoRequests.class);
    /// Characters that watchers of the switch are told.
    private static final int MAX_COMMAND = 8_192;
    /// Old clients send their variables with every digit.
    private static final int SETTINGS_AT_ONCE = 200;
    private static final int SETTINGS_PER_SECOND = 20;
    /// Characters; who types makes ten a second, and a paste has a thousand.
    private static final int TYPED_AT_ONCE = 8_192;
    private static final int TYPED_PER_SECOND = 1_024;
    /// What a text costs beside its characters.
    private static final int TYPED_ALWAYS = 16;

    private final Services services;
    private final ChatRequests chats;
    private final Budget settings;
    private final Budget typed;

    InfoRequests(Services services) {
        long now = services.time().nanoTime();
        this.services = services;
        this.chats = new ChatRequests(services);
        this.settings = new Budget(SETTINGS_AT_ONCE, SETTINGS_PER_SECOND, now);
        this.typed = new Budget(TYPED_AT_ONCE, TYPED_PER_SECOND, now);
    }

    VertoReply info(Session session, Info info) {
        Optional<CallRef> call = services.calls()
                .find(info.dialog().callId(), session.identity())
                .flatMap(found -> services.control().find(found.id()));
        call.ifPresent(found -> {
            settings(info, found);
            command(info.command(), found);
        });
        boolean dialled = call.filter(found -> dial(info.digits(), found)).isPresent();
        Optional<VertoReply> refused = call.flatMap(found -> type(session, info.text().chars(), found));
        if (refused.isPresent()) {
            return refused.get();
        }
        return switch (info.chat().state()) {
            case NONE -> dialled ? new VertoReply.Sent() : new VertoReply.Done();
            case INCOMPLETE -> new VertoReply.BadMessage();
            case COMPLETE -> chats.send(session, call, info.chat());
        };
    }

    /// `type` `mediaSettings` says that the client's devices have changed: nothing here depends on them but what `audio` says.
    private void settings(Info info, CallRef call) {
        Map<String, String> variables = NewCall.dialogVariables(info.dialog());
        if (variables.isEmpty()) {
            return;
        }
        if (!settings.take(services.time().nanoTime(), 1) || !call.change(variables)) {
            services.counters().increment(VertoCount.SETTINGS_TOO_FAST);
        }
    }

    /// The reference server hands it to whatever script runs the call. There are none here: it is told to those who watch the switch.
    private void command(JsonValue command, CallRef call) {
        if (command == JsonLiteral.NULL) {
            return;
        }
        String text = JsonText.write(command);
        if (services.coreEvents().heard(EventName.COMMAND) && text.length() <= MAX_COMMAND) {
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("Unique-ID", call.id().value());
            headers.put("content-type", "text/json");
            headers.put("source", "verto");
            services.coreEvents().publish(EventName.COMMAND, () -> headers, text);
            return;
        }
        services.counters().increment(VertoCount.COMMANDS_UNUSED);
        log.debug("command for call {}, which nothing takes: {}", LogText.safe(call.id().value()), LogText.safe(text));
    }

    private static boolean dial(List<Info.Digits> digits, CallRef call) {
        return !digits.isEmpty() && digits.stream().allMatch(group -> call.dtmf(group.keys(), group.durationMillis()));
    }

    /// @return the error, if there is one
    private Optional<VertoReply> type(Session session, String chars, CallRef call) {
        if (chars.isEmpty()) {
            return Optional.empty();
        }
        if (!session.profile().extras().text()) {
            services.counters().increment(VertoCount.TEXTS_REFUSED);
            return Optional.empty();
        }
        if (!typed.take(services.time().nanoTime(), TYPED_ALWAYS + chars.length()) || !call.say(new Saying.Typed(chars))) {
            services.counters().increment(VertoCount.TEXTS_REFUSED);
            return Optional.of(new VertoReply.CallFailure("Too much text."));
        }
        return Optional.empty();
    }
}
