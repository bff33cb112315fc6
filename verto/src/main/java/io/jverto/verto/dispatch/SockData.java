package io.jverto.verto.dispatch;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.net.Addresses;
import io.jverto.verto.login.Identity;
import io.jverto.verto.session.Session;
import java.util.TreeMap;

/// Who asks, for the commands of `jsapi` (verto-wire.md section 7.4). What is known of the client stands first, and a variable of the same
/// name, in whatever letter case, is left out: the client chooses some of them.
final class SockData {
    private SockData() {}

    static JsonObject of(Session session) {
        JsonObject known = known(session);
        JsonObjectBuilder all = new JsonObjectBuilder().putAll(known);
        new TreeMap<>(session.principal().variables()).forEach((name, value) -> {
            if (known.get(name).isEmpty()) {
                all.put(name, value);
            }
        });
        return all.build();
    }

    private static JsonObject known(Session session) {
        String name = session.identity().toString();
        String id = session.identity() instanceof Identity.User user ? user.id().user() : name;
        String domain = session.identity() instanceof Identity.User user ? user.id().domain() : "";
        return new JsonObjectBuilder()
                .put("verto_id", id)
                .put("verto_domain", domain)
                .put("verto_user", name)
                .put("presence_id", name)
                .put("verto_client_address", Addresses.text(session.remote()))
                .put("chat_proto", "verto")
                .put("verto_host", domain)
                .put("caller-id-name", session.principal().calls().callerName())
                .put("caller-id-number", session.principal().calls().callerNumber())
                .build();
    }
}
