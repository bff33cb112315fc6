package io.jverto.server.users;

import io.jverto.base.time.Repeating;
import io.jverto.base.time.TimeSource;
import io.jverto.server.config.UserNetworks;
import io.jverto.server.store.StoredUsers;

/// Keeps the networks of users in the database where lists see them: after each change here at once, after one of another server within
/// [StoredUsers#FRESH]. Asks nothing while no list names a domain; while the database is away what was known still holds.
public final class NetworkWatch implements AutoCloseable {
    private final StoredUsers users;
    private final UserNetworks networks;
    private final Repeating looks;

    private NetworkWatch(StoredUsers users, UserNetworks networks, TimeSource time) {
        this.users = users;
        this.networks = networks;
        this.looks = new Repeating(time, "networks of users", StoredUsers.FRESH);
    }

    public static NetworkWatch start(StoredUsers users, UserNetworks networks, TimeSource time) {
        NetworkWatch watch = new NetworkWatch(users, networks, time);
        watch.look();
        users.onChange(watch::look);
        watch.looks.startLater(watch::look);
        return watch;
    }

    private void look() {
        if (networks.areWanted()) {
            users.networks().ifPresent(networks::set);
        }
    }

    @Override
    public void close() {
        looks.close();
    }
}
