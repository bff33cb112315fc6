package io.jverto.verto.dispatch;

import io.jverto.base.count.Budget;
import io.jverto.base.json.JsonValue;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.switchboard.event.EventHandler.Sender;
import io.jverto.switchboard.event.FsEvents;
import io.jverto.switchboard.event.SubscribeResult;
import io.jverto.switchboard.event.UnsubscribeResult;
import io.jverto.switchboard.port.UserId;
import io.jverto.switchboard.voicemail.MessageWaiting;
import io.jverto.verto.count.VertoCount;
import io.jverto.verto.login.Identity;
import io.jverto.verto.login.NameList;
import io.jverto.verto.session.Session;
import io.jverto.wire.verto.VertoReply;
import io.jverto.wire.verto.VertoReply.BroadcastRefused;
import io.jverto.wire.verto.VertoRequest;
import java.util.List;

/// Event channels, as clients ask for them (verto-wire.md section 8). One connection's; its outbox lets the reply go first.
final class EventRequests {
    /// Broadcasts of one connection: each costs 1, and 1 more for each 1024 characters (security.md S8).
    private static final int BROADCASTS_AT_ONCE = 2_000;
    private static final int BROADCASTS_PER_SECOND = 200;
    private static final int CHARS_FOR_ONE = 1_024;

    private final Services services;
    private final Budget budget;

    EventRequests(Services services) {
        this.services = services;
        this.budget = new Budget(BROADCASTS_AT_ONCE, BROADCASTS_PER_SECOND, services.time().nanoTime());
    }

    VertoReply subscribe(Session session, List<String> channels) {
        SubscribeResult result =
                services.events().subscribe(session.id(), channels, channel -> listed(session, channel));
        return result.subscribed().isEmpty() && result.already().isEmpty()
                ? new VertoReply.NotSubscribed(result.unauthorized())
                : new VertoReply.Subscribed(result.subscribed(), result.unauthorized(), result.already());
    }

    VertoReply unsubscribe(Session session, List<String> channels) {
        UnsubscribeResult result = services.events().unsubscribe(session.id(), channels);
        return result.unsubscribed().isEmpty() && !result.notSubscribed().isEmpty()
                ? new VertoReply.NotUnsubscribed(result.notSubscribed())
                : new VertoReply.Unsubscribed(result.unsubscribed(), result.notSubscribed());
    }

    Outcome broadcast(Session session, VertoRequest.Broadcast broadcast) {
        String channel = broadcast.channel();
        if (channel.isEmpty()) {
            return Outcome.of(new BroadcastRefused("eventChannel not specified."));
        }
        boolean allowed = services.events().isAllowed(session.id(), channel, name -> listed(session, name));
        // DEVIATION verto-12: what other clients take for the server's word is not for clients to say.
        if (!allowed || (broadcast.local() && services.events().isServers(channel))) {
            services.counters().increment(VertoCount.BROADCASTS_REFUSED);
            return Outcome.of(new BroadcastRefused("Permission Denied."));
        }
        if (!budget.take(services.time().nanoTime(), 1 + length(broadcast.params()) / CHARS_FOR_ONE)) {
            services.counters().increment(VertoCount.BROADCASTS_TOO_FAST);
            return Outcome.of(new BroadcastRefused("Too many broadcasts."));
        }
        Sender sender = new Sender(session.id(), session.identity().toString(), session.displayName());
        return new Outcome(
                new VertoReply.Done(),
                () -> {
                    services.frameLog().atLeast(session.profile().extras().debug()).broadcast(sender.userId(), channel, broadcast.params());
                    services.events().broadcast(sender, channel, broadcast.params(), broadcast.local());
                    services.relays().publish(session.profile(), EventChannels.signed(sender, broadcast.params()));
                });
    }

    /// Events of the core need `enable-fs-events` besides their place in the list (verto-wire.md section 8.2). Of his own mailbox everybody hears.
    private boolean listed(Session session, String channel) {
        if (session.identity() instanceof Identity.User(UserId id) && !session.principal().isOfOneCall() && channel.equals(MessageWaiting.channel(id))) {
            return true;
        }
        NameList list = session.principal().rights().eventChannels();
        boolean core = EventChannels.main(channel).equals("FSevent");
        return core && !FsEvents.isBridged(services.coreEvents()) ? list.equals(NameList.ALL) : list.allowsFamily(channel);
    }

    /// About as long as its text.
    private static int length(JsonValue value) {
        return switch (value) {
            case JsonValue.JsonString string -> string.value().length();
            case JsonValue.JsonNumber number -> number.digits().length();
            case JsonValue.JsonArray array -> array.items().stream().mapToInt(item -> 1 + length(item)).sum();
            case JsonValue.JsonObject object ->
                object.members().entrySet().stream()
                        .mapToInt(member -> 4 + member.getKey().length() + length(member.getValue()))
                        .sum();
            case JsonValue.JsonEmbedded embedded -> length(embedded.content());
            case JsonValue.JsonLiteral _ -> 4;
        };
    }
}
