package io.jverto.sip.profile;

import io.jverto.sip.registrar.Binding;
import io.jverto.switchboard.directory.LoginThrottle;
import io.jverto.switchboard.port.ChatMessage;
import io.jverto.switchboard.port.MessageDevices;
import io.jverto.switchboard.port.UserId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/// The profiles of a server. Thread-safe.
public final class SipProfiles implements MessageDevices, AutoCloseable {
    private final Supplier<SofiaConfig> config;
    private final SipWorld world;
    private final CallOwner.Factory owners;
    private boolean watching;
    private final SipCounts counts;
    private final LoginThrottle throttle = new LoginThrottle();
    private final Lamps lamps;
    private final PresenceBoard persons;
    private final List<Profile> running = new CopyOnWriteArrayList<>();

    /// @param config asked when a profile starts or is scanned anew, so that a reload counts then
    public SipProfiles(Supplier<SofiaConfig> config, SipWorld world, CallOwner.Factory owners, SipCounts counts) {
        this.counts = counts;
        this.config = config;
        this.world = world;
        this.owners = owners;
        this.lamps = new Lamps(
                user -> {
                    running.forEach(profile -> profile.services().onLamp(user));
                    personChanged(user);
                },
                (box, headers) -> running.forEach(profile -> profile.services().onBox(box, headers)));
        this.persons = new PresenceBoard(lamps, this::isReachable, this::personChanged);
    }

    private void personChanged(UserId user) {
        running.forEach(profile -> profile.services().onPerson(user));
    }

    private boolean isReachable(UserId user) {
        return running.stream().anyMatch(profile -> !profile.telephones(user).isEmpty()) || world.browsers().test(user);
    }

    /// Opens every profile. Once.
    ///
    /// @throws CannotListen when a socket is in use; nothing is open then
    public synchronized void open() {
        try {
            config.get().profiles().forEach(this::open);
            if (!running.isEmpty()) {
                watch();
            }
        } catch (CannotListen inUse) {
            close();
            throw inUse;
        }
    }

    /// Events are put together as soon as somebody wants them: not for a server without SIP.
    private void watch() {
        if (!watching) {
            watching = true;
            world.core().listen(lamps);
            world.core().listen(persons);
        }
    }

    private void open(ProfileConfig one) {
        Profile profile = new Profile(one, world, owners, counts, throttle, lamps, persons);
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

    /// A telephone, and by which profile it is reached.
    public record Telephone(Profile profile, Binding binding) {
        /// @return a dial string that leads to it
        public String dialString() {
            return "sofia/" + profile.name() + "/" + binding.address();
        }
    }

    /// The telephones that `[profile|*/]user@domain` stands for (sip.md section 5.1); without a domain, those of the directory's first.
    public List<Telephone> telephones(String address) {
        int slash = address.indexOf('/');
        String where = slash < 0 ? "*" : address.substring(0, slash);
        String user = address.substring(slash + 1);
        Optional<UserId> id = Lamps.user(user)
                .or(() -> world.directory().get().defaultDomain().filter(_ -> !user.isEmpty()).map(domain -> new UserId(user, domain)));
        List<Profile> profiles = where.equals("*") ? running : find(where).stream().toList();
        return id.stream().flatMap(one -> profiles.stream().flatMap(profile -> profile.telephones(one).stream().map(phone -> new Telephone(profile, phone))))
                .toList();
    }

    @Override
    public boolean send(UserId user, ChatMessage message, Runnable lost) {
        for (Profile profile : running) {
            List<Binding> phones = profile.telephones(user);
            if (!phones.isEmpty() && profile.run((nowNanos, _, _) -> profile.services().send(nowNanos, phones, message, lost))) {
                return true;
            }
        }
        return false;
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
        watch();
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
