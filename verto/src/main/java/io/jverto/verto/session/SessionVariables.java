package io.jverto.verto.session;

import io.jverto.base.net.Addresses;
import io.jverto.verto.login.Identity;
import java.util.LinkedHashMap;
import java.util.Map;

/// Variables by which a channel knows its client; the same for calls in both directions (verto-wire.md section 11.4).
public final class SessionVariables {
    private SessionVariables() {}

    public static Map<String, String> of(Session session) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("jsock_uuid_str", session.id());
        variables.put("event_channel_cookie", session.id());
        variables.put("verto_client_address", Addresses.text(session.remote()));
        variables.put("verto_profile_name", session.profile().name());
        variables.put("chat_proto", "verto");
        if (session.extensions().contains(ProtocolExtension.GALLERY)) {
            variables.put("verto_gallery", "true");
        }
        if (session.identity() instanceof Identity.User user) {
            variables.put("verto_user", user.id().toString());
            variables.put("presence_id", user.id().toString());
            variables.put("verto_host", user.id().domain());
            variables.put("user_name", user.id().user());
            variables.put("domain_name", user.id().domain());
        }
        return variables;
    }
}
