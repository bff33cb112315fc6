package io.jverto.verto.session;

import io.jverto.switchboard.event.EventDelivery;
import io.jverto.switchboard.event.Subscriber;
import io.jverto.verto.login.Identity;
import io.jverto.verto.login.Principal;
import io.jverto.verto.login.Rights;
import io.jverto.verto.outbound.Outbox;
import io.jverto.verto.profile.VertoProfile;
import io.jverto.wire.verto.VertoEvent;
import io.jverto.wire.verto.VertoMessage;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.function.UnaryOperator;

/// A logged-in client. Thread-safe.
public final class Session implements Subscriber {
    private static final String GUEST = "guest";

    private final String id;
    private final Identity identity;
    private final VertoProfile profile;
    private final Outbox outbox;
    private final InetSocketAddress remote;
    private final boolean secure;
    private volatile Principal principal;
    private volatile String displayName;
    private volatile Set<ProtocolExtension> extensions = Set.of();
    private volatile boolean opened;

    /// @param id the client's choice, or a random one
    public Session(String id, Principal principal, VertoProfile profile, Outbox outbox, Peer peer) {
        this.id = id;
        this.identity = principal.identity();
        this.profile = profile;
        this.outbox = outbox;
        this.remote = peer.remote();
        this.secure = peer.secure();
        this.principal = principal;
        this.displayName = principal.calls().callerName();
    }

    public String id() {
        return id;
    }

    /// @return whom the session belongs to, for its whole life
    public Identity identity() {
        return identity;
    }

    public VertoProfile profile() {
        return profile;
    }

    public InetSocketAddress remote() {
        return remote;
    }

    public boolean secure() {
        return secure;
    }

    public Principal principal() {
        return principal;
    }

    /// What the client's last login asked for and the server grants.
    public Set<ProtocolExtension> extensions() {
        return extensions;
    }

    public void extensions(Set<ProtocolExtension> granted) {
        extensions = granted;
    }

    /// The same user logged in again on the same connection: the directory may say something new.
    public synchronized void renew(Principal again) {
        principal = again;
    }

    /// An administrator gives or takes rights, until the next login.
    public synchronized void change(UnaryOperator<Rights> change) {
        principal = principal.with(change.apply(principal.rights()));
    }

    /// @return the user's name for others: the directory's, else the first that the client gave itself
    public String displayName() {
        return displayName;
    }

    /// Remembers a name that the client gives itself, if none is known (verto-wire.md section 5.2).
    public void rememberName(String name) {
        if (displayName.isEmpty()) {
            displayName = name;
        }
    }

    /// Lets the client begin, with what it has at that moment.
    public synchronized void open(Runnable welcome) {
        welcome.run();
        opened = true;
    }

    /// Whether the client has been told that it may begin.
    public boolean isOpen() {
        return opened;
    }

    /// Does something about calls that come to the session later; before [#open] they are found there.
    public synchronized void onceOpen(Runnable latecomers) {
        if (opened) {
            latecomers.run();
        }
    }

    /// @return false when the client is gone
    public boolean send(VertoMessage message) {
        return outbox.send(message);
    }

    @Override
    public void onEvent(EventDelivery delivery) {
        String shared = delivery.event().text(VertoEvent::shared);
        switch (delivery) {
            case EventDelivery.Direct _ -> outbox.send(id -> VertoEvent.encode(id, shared));
            case EventDelivery.Subscribed by ->
                outbox.send(id -> VertoEvent.encode(id, shared, by.serial(), by.subscribedChannel()));
        }
    }

    @Override
    public boolean guest() {
        return identity instanceof Identity.User user && user.id().user().startsWith(GUEST);
    }

    /// The session moves to another connection: this one is told and closed.
    public void punt() {
        outbox.punt();
    }

    /// Where a client connects from.
    public record Peer(InetSocketAddress remote, boolean secure) {}
}
