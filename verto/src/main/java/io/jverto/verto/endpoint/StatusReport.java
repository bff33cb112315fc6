package io.jverto.verto.endpoint;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.net.Addresses;
import io.jverto.verto.login.Identity;
import io.jverto.verto.login.LogText;
import io.jverto.verto.profile.VertoProfile;
import io.jverto.verto.profile.VertoProfile.Bind;
import io.jverto.verto.profile.Vhost;
import io.jverto.verto.session.Session;
import io.jverto.wire.jsonrpc.JsonText;
import java.util.Collection;
import java.util.List;

/// Listeners and logged-in clients as a table, XML or JSON (verto-wire.md section 11.1). Connections without
/// a login are not listed.
record StatusReport(List<VertoProfile> profiles, Collection<Session> sessions) {
    private static final String LINE = "%25s\t%s\t  %40s\t%s\n";
    private static final String RULE = "=".repeat(98) + "\n";
    private static final String RUNNING = "RUNNING";
    private static final String REGISTERED = "CONN_REG";

    String table() {
        StringBuilder out = new StringBuilder(LINE.formatted("Name", "   Type", "Data", "State")).append(RULE);
        for (VertoProfile profile : profiles) {
            profile.binds().forEach(bind -> out.append(LINE.formatted(profile.name(), "profile", data(bind), RUNNING)));
            profile.extras().vhosts().forEach(vhost -> out.append(LINE.formatted(
                    profile.name() + "::" + vhost.domain(), "  vhost", vhost.root(), auth(vhost.realm()))));
            of(profile).forEach(session -> out.append(LINE.formatted(
                    profile.name() + "::" + name(session), " client", Addresses.text(session.remote()), state(session))));
        }
        return out.append(RULE)
                .append(plural(profiles.size(), "profile"))
                .append(" , ")
                .append(plural(sessions.size(), "client"))
                .append('\n')
                .toString();
    }

    String xml() {
        StringBuilder out = new StringBuilder("<profiles>\n");
        for (VertoProfile profile : profiles) {
            profile.binds().forEach(bind -> out.append("<profile>\n")
                    .append(element("name", profile.name()))
                    .append(element("type", "profile"))
                    .append(element("data", data(bind)))
                    .append(element("state", RUNNING))
                    .append("</profile>\n"));
            of(profile).forEach(session -> out.append("<client>\n")
                    .append(element("profile", profile.name()))
                    .append(element("name", name(session)))
                    .append(element("type", "client"))
                    .append(element("data", Addresses.text(session.remote())))
                    .append(element("state", state(session)))
                    .append("</client>\n"));
        }
        return out.append("</profiles>\n").toString();
    }

    String json() {
        List<JsonValue> listeners = profiles.stream()
                .flatMap(profile -> profile.binds().stream().<JsonValue>map(bind -> listener(profile, bind)))
                .toList();
        return JsonText.pretty(new JsonObjectBuilder().put("profiles", new JsonArray(listeners)).build()) + "\n";
    }

    private JsonObject listener(VertoProfile profile, Bind bind) {
        List<JsonValue> users = of(profile).stream()
                .filter(session -> session.secure() == bind.secure())
                .<JsonValue>map(StatusReport::user)
                .toList();
        return new JsonObjectBuilder()
                .put("name", profile.name())
                .put("id", data(bind))
                .put("type", bind.secure() ? "SECURE" : "BASIC")
                .put("state", RUNNING)
                .put("users", new JsonArray(users))
                .build();
    }

    private static JsonObject user(Session session) {
        Identity identity = session.identity();
        return new JsonObjectBuilder()
                .put("user", identity instanceof Identity.User user ? user.id().user() : identity.toString())
                .put("domain", identity instanceof Identity.User user ? user.id().domain() : "")
                .put("entity", identity.toString())
                .put("type", session.secure() ? "WSS" : "WS")
                .put("remoteHost", Addresses.text(session.remote()))
                .put("state", REGISTERED)
                .build();
    }

    private static String auth(Vhost.Realm realm) {
        return (realm.name().isEmpty() ? "NOAUTH (" : "AUTH (") + realm.user() + ")";
    }

    private List<Session> of(VertoProfile profile) {
        return sessions.stream().filter(session -> session.profile() == profile).toList();
    }

    private static String name(Session session) {
        return LogText.safe(session.identity().toString());
    }

    private static String state(Session session) {
        return REGISTERED + (session.secure() ? " (WSS)" : " (WS)");
    }

    private static String data(Bind bind) {
        return (bind.secure() ? "wss:" : "ws:") + Addresses.text(bind.address());
    }

    private static String element(String name, String value) {
        String safe = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return "<" + name + ">" + safe + "</" + name + ">\n";
    }

    private static String plural(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
