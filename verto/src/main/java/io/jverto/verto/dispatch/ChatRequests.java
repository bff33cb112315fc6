package io.jverto.verto.dispatch;

import io.jverto.switchboard.port.UserId;
import io.jverto.verto.login.Identity;
import io.jverto.verto.session.Session;
import io.jverto.wire.verto.VertoMessage;
import io.jverto.wire.verto.VertoReply;
import io.jverto.wire.verto.VertoRequest.Info.Chat;
import java.util.LinkedHashMap;
import java.util.Map;

/// Messages from one Verto user to another (verto-wire.md section 6.4). Leaves out: messages inside a call, other protocols.
final class ChatRequests {
    private static final int MAX_BODY = 65_536;

    private final Services services;

    ChatRequests(Services services) {
        this.services = services;
    }

    VertoReply send(Session from, Chat chat) {
        int plus = chat.to().indexOf('+');
        String protocol = plus < 0 ? "verto" : chat.to().substring(0, plus);
        String to = chat.to().substring(plus + 1);
        if (chat.inDialog() || !protocol.equals("verto") || chat.body().length() > MAX_BODY) {
            return new VertoReply.CallFailure("MESSAGE CANNOT BE DELIVERED");
        }
        int at = to.indexOf('@');
        if (at > 0) {
            VertoMessage message = new VertoMessage.Chat("", fields(from, to, chat));
            UserId user = new UserId(to.substring(0, at), to.substring(at + 1));
            services.sessions().of(user).forEach(session -> session.send(message));
        }
        return new VertoReply.Sent();
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
        chat.extra().forEach(fields::putIfAbsent);
        return fields;
    }
}
