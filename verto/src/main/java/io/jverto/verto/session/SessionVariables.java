package io.jverto.verto.session;

import io.jverto.verto.login.Identity;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/// Variables by which a channel knows its client; the same for calls in both directions (verto-wire.md section 11.4).
public final class SessionVariables {
    private SessionVariables() {}

    public static Map<String, String> of(Session session) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("jsock_uuid_str", session.id());
        variables.put("event_channel_cookie", session.id());
        variables.put("verto_client_address", address(session.remote()));
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

    /// @return for instance `192.0.2.10:50123` or `[2001:db8::1]:50123`
    public static String address(InetSocketAddress remote) {
        String host = remote.getAddress().getHostAddress();
        return (remote.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + remote.getPort();
    }
}
