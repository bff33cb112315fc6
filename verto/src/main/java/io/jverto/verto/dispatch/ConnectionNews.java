package io.jverto.verto.dispatch;

import io.jverto.base.net.Addresses;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.verto.login.LogText;
import io.jverto.wire.verto.LoginParams;
import io.jverto.wire.verto.VertoReply.Refusal;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/// What clients that watch the switch hear of one connection (verto-wire.md section 11.5).
public final class ConnectionNews {
    private static final String LOGIN = "verto_login";

    private final CoreEvents core;
    private final Map<String, String> who;

    public ConnectionNews(CoreEvents core, String profile, InetSocketAddress remote) {
        this.core = core;
        this.who = Map.of("verto_profile_name", profile, "verto_client_address", Addresses.text(remote));
    }

    /// A TCP connection, before anything has been said on it.
    public void connected() {
        core.custom("verto::client_connect", who(Map.of()));
    }

    /// @param user `user@domain`; empty when nobody had logged in
    public void disconnected(String user) {
        core.custom("verto::client_disconnect", who(Map.of(LOGIN, user)));
    }

    void loggedIn(LoginParams login) {
        Map<String, String> more = login(login, true, "Logged in");
        more.put("verto_sessid", login.sessionId());
        core.custom("verto::login", who(more));
    }

    /// Only what somebody tried is news: a request without a name is how many clients begin (verto-wire.md section 3.3).
    void refused(LoginParams login, Refusal refusal) {
        if (refusal == Refusal.MISSING_PASSWORD || refusal == Refusal.LOGIN_FAILED || refusal == Refusal.TOKEN_EXPIRED) {
            core.custom("verto::login", who(login(login, false, refusal.message())));
        }
    }

    private static Map<String, String> login(LoginParams login, boolean success, String text) {
        Map<String, String> more = new LinkedHashMap<>();
        more.put(LOGIN, LogText.safe(login.login()));
        more.put("verto_success", success ? "1" : "0");
        more.put("verto_result_txt", text);
        return more;
    }

    private Map<String, String> who(Map<String, String> more) {
        Map<String, String> headers = new LinkedHashMap<>(who);
        headers.putAll(more);
        return headers;
    }
}
