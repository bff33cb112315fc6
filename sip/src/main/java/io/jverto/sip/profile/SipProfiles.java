package io.jverto.sip.profile;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/// The profiles of a server. Thread-safe.
public final class SipProfiles implements AutoCloseable {
    private final Supplier<SofiaConfig> config;
    private final SipWorld world;
    private final CallOwner.Factory owners;
    private final SipCounts counts;
    private final List<Profile> running = new CopyOnWriteArrayList<>();

    /// @param config asked when a profile starts or is scanned anew, so that a reload counts then
    public SipProfiles(Supplier<SofiaConfig> config, SipWorld world, CallOwner.Factory owners, SipCounts counts) {
        this.counts = counts;
        this.config = config;
        this.world = world;
        this.owners = owners;
    }

    /// Opens every profile. Once.
    ///
    /// @throws CannotListen when a socket is in use; nothing is open then
    public void open() {
        try {
            config.get().profiles().forEach(this::open);
        } catch (CannotListen inUse) {
            close();
            throw inUse;
        }
    }

    private void open(ProfileConfig one) {
        Profile profile = new Profile(one, world, owners, counts);
        profile.open();
        running.add(profile);
    }

    /// @param name of a profile, or an alias
    public Optional<Profile> find(String name) {
        return running.stream().filter(profile -> profile.name().equals(name)).findFirst()
                .or(() -> running.stream().filter(profile -> profile.config().aliases().contains(name)).findFirst());
    }

    public List<Profile> all() {
        return List.copyOf(running);
    }

    /// @param name of a gateway, or `profile::name`
    public Optional<GatewayLine> gateway(String name) {
        int colons = name.indexOf("::");
        String bare = colons < 0 ? name : name.substring(colons + 2);
        return running.stream()
                .filter(profile -> colons < 0 || profile.name().equals(name.substring(0, colons)))
                .flatMap(profile -> profile.gateway(bare).stream())
                .findFirst();
    }

    public SipCounts counts() {
        return counts;
    }

    /// Starts a profile of the configuration.
    ///
    /// @return false when it runs, or there is none of that name
    /// @throws CannotListen when a socket is in use
    public synchronized boolean start(String name) {
        Optional<ProfileConfig> wanted = configured(name);
        if (find(name).isPresent() || wanted.isEmpty()) {
            return false;
        }
        open(wanted.get());
        return true;
    }

    /// Ends a profile with its calls and registrations.
    ///
    /// @return false when there is none of that name
    public synchronized boolean stop(String name) {
        Optional<Profile> profile = find(name);
        profile.ifPresent(one -> {
            running.remove(one);
            one.close();
        });
        return profile.isPresent();
    }

    /// Takes over the gateways of the configuration; calls and other gateways stay.
    ///
    /// @return how many gateways were touched; empty when there is no such profile
    public synchronized Optional<Integer> rescan(String name) {
        return find(name).flatMap(profile -> configured(profile.name()).map(next -> profile.rescan(next.gateways())));
    }

    private Optional<ProfileConfig> configured(String name) {
        return config.get().profiles().stream().filter(one -> one.name().equals(name)).findFirst();
    }

    @Override
    public synchronized void close() {
        running.forEach(Profile::close);
        running.clear();
    }
}
