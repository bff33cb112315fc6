package io.jverto.verto.endpoint;

import io.jverto.switchboard.directory.Directory;
import io.jverto.switchboard.directory.DirectoryUser;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.Endpoint;
import io.jverto.switchboard.port.UserId;
import io.jverto.verto.dispatch.Services;
import io.jverto.verto.session.Session;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `verto.rtc/...` in dial strings: all connections of a user, or one session (verto-wire.md section 11.3). Thread-safe.
public final class VertoEndpoint implements Endpoint {
    static final String SCHEME = "verto.rtc";
    private static final String SESSION_PREFIX = "u:";

    private final Services services;
    private final Supplier<Directory> directory;

    public VertoEndpoint(Services services, Supplier<Directory> directory) {
        this.services = services;
        this.directory = directory;
    }

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public Reach reach(String address) {
        if (address.startsWith(SESSION_PREFIX)) {
            return services.sessions()
                    .find(address.substring(SESSION_PREFIX.length()))
                    .<Reach>map(session -> new Reach.Reachable(List.of(device(session))))
                    .orElseGet(() -> new Reach.Unreachable(Cause.DESTINATION_OUT_OF_ORDER));
        }
        List<Device> devices = of(address).stream().map(this::device).toList();
        return devices.isEmpty() ? new Reach.Unreachable(Cause.USER_NOT_REGISTERED) : new Reach.Reachable(devices);
    }

    /// @param address `user@domain`, or `user` of the directory's first domain
    List<Session> of(String address) {
        int at = address.indexOf('@');
        String user = at < 0 ? address : address.substring(0, at);
        Optional<String> domain =
                at < 0 ? directory.get().defaultDomain() : Optional.of(address.substring(at + 1));
        if (domain.isEmpty()) {
            return List.of();
        }
        UserId asked = new UserId(user, domain.get());
        // As the directory writes it: sessions are kept under that name.
        UserId known = directory.get().find(asked).map(DirectoryUser::id).orElse(asked);
        return services.sessions().of(known);
    }

    private Device device(Session session) {
        return new VertoDevice(services, session);
    }
}
