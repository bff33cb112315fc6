package io.jverto.verto.dispatch;

import io.jverto.base.count.Budget;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.ChatMessage;
import io.jverto.switchboard.port.MessageRoute;
import io.jverto.switchboard.port.Saying;
import io.jverto.verto.count.VertoCount;
import io.jverto.verto.login.Identity;
import io.jverto.verto.session.Session;
import io.jverto.wire.verto.VertoReply;
import io.jverto.wire.verto.VertoReply.CallFailure;
import io.jverto.wire.verto.VertoRequest.Info.Chat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Chat messages of a client: to a user, into a call, to another protocol (verto-wire.md section 6.4). One connection's.
final class ChatRequests {
    private static final int AT_ONCE = 200;
    private static final int PER_SECOND = 20;
    /// A long message counts once more for each so many characters.
    private static final int CHARS_FOR_ONE = 1_024;
    private static final String OWN_PROTOCOL = "verto";
    /// DEVIATION verto-55: what only the server says.
    private static final Set<String> SENDER = Set.of("from_user", "from_host", "from_full");

    private final Services services;
    private final Budget budget;

    ChatRequests(Services services) {
        this.services = services;
        this.budget = new Budget(AT_ONCE, PER_SECOND, services.time().nanoTime());
    }

    /// @param call that the request names, if there is such a call
    VertoReply send(Session from, Optional<CallRef> call, Chat chat) {
        int plus = chat.to().indexOf('+');
        String protocol = plus < 0 ? OWN_PROTOCOL : chat.to().substring(0, plus);
        String to = chat.to().substring(plus + 1);
        if (!budget.take(services.time().nanoTime(), 1 + chat.body().length() / CHARS_FOR_ONE)) {
            services.counters().increment(VertoCount.CHATS_TOO_FAST);
            return new CallFailure("Too many messages.");
        }
        boolean accepted = chat.body().length() <= Chat.MAX_BODY && send(from, call, chat, protocol, to);
        return accepted ? new VertoReply.Sent() : new CallFailure("MESSAGE CANNOT BE DELIVERED");
    }

    private boolean send(Session from, Optional<CallRef> call, Chat chat, String protocol, String to) {
        ChatMessage message = new ChatMessage(fields(from, to, chat));
        if (!protocol.equalsIgnoreCase(OWN_PROTOCOL)) { // DEVIATION verto-52: and nowhere else
            MessageRoute.Sender sender =
                    new MessageRoute.Sender(from.id(), from.principal().rights().eventChannels()::allowsFamily);
            return services.messages().routes().find(protocol).filter(route -> route.send(to, sender, message)).isPresent();
        }
        if (chat.inDialog()) { // DEVIATION verto-54: or to nobody
            return call.filter(found -> found.say(new Saying.InCall(message))).isPresent();
        }
        // Whether there is such a user is nobody's business.
        services.messages().send(address(from, to), message);
        return true;
    }

    /// Without a domain a user is sought in that of the sender.
    private static String address(Session from, String to) {
        return to.indexOf('@') < 0 && from.identity() instanceof Identity.User user ? to + '@' + user.id().domain() : to;
    }

    /// The sender is whoever is logged in, whatever the message says.
    private static Map<String, String> fields(Session from, String to, Chat chat) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("from", from.identity().toString());
        fields.put("to", to);
        fields.put("body", chat.body());
        if (from.identity() instanceof Identity.User user) {
            fields.put("from_user", user.id().user());
            fields.put("from_host", user.id().domain());
            fields.put("from_full", user.id().user());
        }
        chat.extra().forEach((name, value) -> {
            if (!SENDER.contains(name)) {
                fields.putIfAbsent(name, value);
            }
        });
        return fields;
    }
}
