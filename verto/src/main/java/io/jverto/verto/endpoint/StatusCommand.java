package io.jverto.verto.endpoint;

import io.jverto.switchboard.port.ApiCommand;
import io.jverto.verto.login.LogText;
import io.jverto.verto.profile.VertoProfile;
import io.jverto.verto.session.Session;
import io.jverto.verto.session.Sessions;
import java.util.Collection;
import java.util.List;

/// `verto status`: listeners and sessions (verto-wire.md section 11.1). The other sub-commands are not built.
public final class StatusCommand implements ApiCommand {
    private static final String LINE = "%25s\t%s\t  %40s\t%s\n";
    private static final String RULE = "=".repeat(98) + "\n";

    private final List<VertoProfile> profiles;
    private final Sessions sessions;

    public StatusCommand(List<VertoProfile> profiles, Sessions sessions) {
        this.profiles = profiles;
        this.sessions = sessions;
    }

    @Override
    public String name() {
        return "verto";
    }

    @Override
    public String run(String arguments) {
        if (!arguments.trim().equals("status")) {
            return "-ERR usage: verto status";
        }
        StringBuilder out = new StringBuilder(LINE.formatted("Name", "   Type", "Data", "State")).append(RULE);
        Collection<Session> all = sessions.all();
        for (VertoProfile profile : profiles) {
            profile.binds().forEach(bind -> out.append(LINE.formatted(
                    profile.name(), "profile", (bind.secure() ? "wss:" : "ws:") + text(bind.address()), "RUNNING")));
            all.stream()
                    .filter(session -> session.profile() == profile)
                    .forEach(session -> out.append(LINE.formatted(
                            profile.name() + "::" + LogText.safe(session.identity().toString()),
                            " client",
                            text(session.remote()),
                            session.secure() ? "CONN_REG (WSS)" : "CONN_REG (WS)")));
        }
        return out.append(RULE)
                .append(plural(profiles.size(), "profile"))
                .append(" , ")
                .append(plural(all.size(), "client"))
                .append('\n')
                .toString();
    }

    private static String text(java.net.InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static String plural(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
