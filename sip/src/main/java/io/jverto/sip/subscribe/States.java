package io.jverto.sip.subscribe;

import io.jverto.sip.message.Body;
import io.jverto.switchboard.port.UserId;
import java.util.Collection;

/// Texts of what is watched.
public final class States {
    private States() {}

    /// RFC 3842 section 3.5.
    ///
    /// @param counts as the event MESSAGE_WAITING has them: `new/saved (urgent new/urgent saved)`
    public static Body waiting(UserId box, boolean any, String counts) {
        return Body.of("Messages-Waiting: " + (any ? "yes" : "no") + "\r\nMessage-Account: sip:" + box + "\r\nVoice-Message: " + counts + "\r\n");
    }

    /// One call of a user.
    ///
    /// @param outgoing whether the user called
    /// @param state `early`, `confirmed` or `terminated`
    public record Lamp(String id, boolean outgoing, String state) {}

    /// RFC 4235 section 4: always the full state.
    public static Body calls(UserId user, long version, Collection<Lamp> calls) {
        StringBuilder text = new StringBuilder("<?xml version=\"1.0\"?>\r\n<dialog-info xmlns=\"urn:ietf:params:xml:ns:dialog-info\" version=\"")
                .append(version).append("\" state=\"full\" entity=\"sip:").append(xml(user.toString())).append("\">\r\n");
        for (Lamp call : calls) {
            text.append("<dialog id=\"").append(xml(call.id())).append("\" direction=\"").append(call.outgoing() ? "initiator" : "recipient")
                    .append("\"><state>").append(call.state()).append("</state></dialog>\r\n");
        }
        if (calls.isEmpty()) {
            text.append("<dialog id=\"none\"><state>terminated</state></dialog>\r\n");
        }
        return Body.of(text.append("</dialog-info>\r\n").toString());
    }

    /// RFC 3863 section 4, RFC 4480 section 3.2.
    public static Body person(UserId user, PersonState state) {
        StringBuilder text = new StringBuilder("<?xml version=\"1.0\"?>\r\n<presence xmlns=\"urn:ietf:params:xml:ns:pidf\"")
                .append(" xmlns:dm=\"urn:ietf:params:xml:ns:pidf:data-model\" xmlns:rpid=\"urn:ietf:params:xml:ns:pidf:rpid\" entity=\"sip:")
                .append(xml(user.toString())).append("\">\r\n<tuple id=\"user\"><status><basic>").append(state.open() ? "open" : "closed").append("</basic></status>");
        text.append(state.note().isEmpty() ? "" : "<note>" + xml(state.note()) + "</note>").append("</tuple>\r\n");
        if (state.activity().matches("[a-z-]+")) {
            text.append("<dm:person id=\"person\"><rpid:activities><rpid:").append(state.activity()).append("/></rpid:activities></dm:person>\r\n");
        }
        return Body.of(text.append("</presence>\r\n").toString());
    }

    private static String xml(String text) {
        return text.replaceAll("\\p{Cntrl}", "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
