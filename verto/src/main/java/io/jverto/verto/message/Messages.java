package io.jverto.verto.message;

import io.jverto.base.count.Counters;
import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.directory.Directory;
import io.jverto.switchboard.directory.DirectoryUser;
import io.jverto.switchboard.message.MessageRoutes;
import io.jverto.switchboard.port.ChatMessage;
import io.jverto.switchboard.port.MessageDesk;
import io.jverto.switchboard.port.MessageStore;
import io.jverto.switchboard.port.UserId;
import io.jverto.verto.count.VertoCount;
import io.jverto.verto.login.Identity;
import io.jverto.verto.session.Session;
import io.jverto.verto.session.Sessions;
import io.jverto.wire.verto.VertoMessage;
import java.util.Optional;
import java.util.function.Supplier;

/// Takes a message to every session of a user, and to every other device. Users of the directory who have none get it after their next login; whoever else is not
/// there does not, as the reference server does with all. Thread-safe; nothing here waits but [#close], and for the directory.
public final class Messages implements MessageDesk, AutoCloseable {
    private final Sessions sessions;
    private final Supplier<Directory> directory;
    private final Counters<VertoCount> counters;
    private final MessageRoutes routes;
    private final Keeper keeper;

    public Messages(Place place, Sessions sessions, Supplier<Directory> directory, Counters<VertoCount> counters, TimeSource time) {
        this.sessions = sessions;
        this.directory = directory;
        this.counters = counters;
        this.routes = place.routes();
        this.keeper = new Keeper(place.store(), this::toSessions, counters, time);
    }

    /// What messages need of the rest of the server.
    ///
    /// @param routes where messages to other protocols go
    /// @param store where messages wait
    public record Place(MessageRoutes routes, MessageStore store) {}

    public MessageRoutes routes() {
        return routes;
    }

    /// Begins to keep messages. Once.
    public void open() {
        keeper.open();
    }

    @Override
    public void send(String to, ChatMessage message) {
        int at = to.indexOf('@');
        UserId asked = at > 0 ? new UserId(to.substring(0, at), to.substring(at + 1)) : new UserId(to, "");
        Optional<UserId> known = directory.get().find(asked).map(DirectoryUser::id);
        if (known.isPresent()) {
            // DEVIATION verto-51: they may wait. What waits comes first.
            UserId user = known.get();
            boolean waits = keeper.holds(user);
            boolean there = !waits && toSessions(user, message);
            boolean devices = routes.devices().send(user, message, there || waits ? () -> { } : () -> keeper.take(user, message));
            if (waits || !there && !devices) {
                keeper.take(user, message);
            }
        } else if (sessions.of(asked).stream().filter(session -> session.send(chat(message))).count() == 0) {
            counters.increment(VertoCount.CHATS_LOST);
        }
    }

    /// A session has begun, and its client has been told so: what waits for its user goes to it.
    public void welcome(Session session) {
        if (session.identity() instanceof Identity.User(UserId user) && directory.get().find(user).isPresent()) {
            keeper.welcome(user, message -> session.send(chat(message)));
        }
    }

    @Override
    public void arrived(UserId user) {
        keeper.welcome(user, message -> routes.devices().send(user, message, () -> keeper.take(user, message)));
    }

    @Override
    public void close() {
        keeper.close();
    }

    /// @return whether any session took it; those that are only about to begin get it when they have
    private boolean toSessions(UserId user, ChatMessage message) {
        return sessions.of(user).stream().filter(Session::isOpen).filter(session -> session.send(chat(message))).count() > 0;
    }

    private static VertoMessage chat(ChatMessage message) {
        return new VertoMessage.Chat("", message.fields());
    }
}
