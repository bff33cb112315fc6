package io.jverto.server;

import io.jverto.base.net.Addresses;
import io.jverto.server.startup.DataFolder;
import io.jverto.server.startup.LocalNames;
import io.jverto.switchboard.directory.DirectoryUser;
import io.jverto.switchboard.port.UserId;
import io.jverto.verto.profile.VertoProfile.Bind;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What whoever started the server needs to know.
///
/// @param urls of the page; the first opens on this machine
record Greeting(List<String> urls, Optional<String> login, Optional<String> numbers, String conf, String data) {
    private static final String FIRST_USER = "1000";
    private static final String LAST_USER = "1019";

    static Greeting of(Options options, Configuration configuration, DataFolder data, LocalNames names) {
        Set<String> urls = new LinkedHashSet<>();
        configuration.verto().profiles().stream()
                .flatMap(profile -> profile.binds().stream())
                .filter(Bind::secure)
                .forEach(bind -> urls.addAll(urls(bind.address(), names)));
        return new Greeting(
                List.copyOf(urls),
                login(configuration),
                Optional.ofNullable(configuration.tree().variables().get("numbers_to_dial")),
                options.conf().toString(),
                data.path().toString());
    }

    private static List<String> urls(InetSocketAddress address, LocalNames names) {
        String port = ":" + address.getPort() + "/";
        if (address.getAddress().isAnyLocalAddress()) {
            String local = "https://localhost" + port;
            return names.ipv4().equals("127.0.0.1") ? List.of(local) : List.of(local, "https://" + names.ipv4() + port);
        }
        if (address.getAddress().isLoopbackAddress()) {
            return List.of("https://localhost" + port);
        }
        return List.of("https://" + Addresses.host(address.getAddress()) + port);
    }

    /// Shows a password only where it is the one that all default users share.
    private static Optional<String> login(Configuration configuration) {
        String password = configuration.tree().variables().getOrDefault("default_password", "");
        if (password.isEmpty() || !hasPassword(configuration, FIRST_USER, password)) {
            return Optional.empty();
        }
        String users = hasPassword(configuration, LAST_USER, password) ? FIRST_USER + " to " + LAST_USER : FIRST_USER;
        return Optional.of(users + ", password " + password);
    }

    private static boolean hasPassword(Configuration configuration, String user, String password) {
        return configuration.routing().directory().defaultDomain()
                .flatMap(domain -> configuration.routing().directory().find(new UserId(user, domain)))
                .flatMap((DirectoryUser found) -> found.param("password"))
                .filter(password::equals)
                .isPresent();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (!urls.isEmpty()) {
            text.append("  page    ").append(String.join("  or  ", urls)).append('\n');
        }
        login.ifPresent(line -> text.append("  log in  ").append(line).append('\n'));
        numbers.ifPresent(line -> text.append("  dial    ").append(line).append('\n'));
        text.append("  files   configuration in ").append(conf).append(", certificates and password in ").append(data).append('\n');
        return text.append("jverto ready").append(urls.isEmpty() ? "" : " " + urls.getFirst()).toString();
    }
}
