package io.jverto.switchboard.event;

import io.jverto.base.count.Counters;
import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.switchboard.event.EventHandler.Sender;
import io.jverto.switchboard.event.Seat.Line;
import io.jverto.switchboard.port.ChannelId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who hears what (verto-wire.md sections 3.6 and 8). A cookie is a session's id; a session is known here while its client is
/// connected. One publisher's events reach each session in the order published. Thread-safe; nothing here waits.
public final class EventChannels {
    /// Subscriptions of all sessions together.
    private static final int MAX_SUBSCRIPTIONS = 1_000_000;
    private static final int MAX_NAME = 1_024;
    /// Main channels of the server that no client's broadcast reaches.
    private static final Set<String> RESERVED = Set.of("presence", "FSevent", "voicemail");
    private static final Set<String> SENDER = Set.of("userid", "sessid", "fromdisplay");
    /// With what the main channels of rooms begin.
    private static final String CONFERENCE = "conference";
    /// By these clients take an event for the server's word to them alone (verto-wire.md section 8.5).
    private static final Set<String> PRIVATE = Set.of("eventtype", "pvtdata", "eventchannelsessid");
    private static final Pattern UUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private final Counters<EventCount> counters = new Counters<>(EventCount.class);
    private final Map<String, Seat> seats = new ConcurrentHashMap<>();
    /// Seats and their subscriptions by what they hear; a seat's own monitor is held while it is put in or taken out.
    private final Map<String, Map<Seat, Line>> hearers = new ConcurrentHashMap<>();
    /// Calls of clients, as many as the switch lets in.
    private final Map<String, String> owners = new ConcurrentHashMap<>();
    private final Map<String, EventHandler> handlers = new ConcurrentHashMap<>();
    private final Map<String, BiConsumer<String, String>> greeters = new ConcurrentHashMap<>();
    private final AtomicInteger subscriptions = new AtomicInteger();

    public Counters<EventCount> counters() {
        return counters;
    }

    /// A client is connected. What an earlier one of the same session heard is over.
    public void attach(String cookie, Subscriber subscriber) {
        Seat earlier = seats.put(cookie, new Seat(cookie, subscriber, counters));
        if (earlier != null) {
            clear(earlier);
        }
    }

    /// A client is gone, and with it what it heard and was granted; unless the session belongs to another client by now.
    public void detach(String cookie, Subscriber subscriber) {
        Seat seat = seats.get(cookie);
        if (seat != null && seat.belongsTo(subscriber) && seats.remove(cookie, seat)) {
            clear(seat);
        }
    }

    /// A call belongs to a session from now on: it gets the events addressed to the call, and may hear a channel of its name if that is
    /// a UUID. Clients choose the ids of their calls; any other name could be that of somebody else's channel.
    public void claim(ChannelId call, String cookie) {
        owners.put(call.value(), cookie);
    }

    /// The call is over.
    public void release(ChannelId call) {
        owners.remove(call.value());
    }

    /// Lets a session hear a channel whatever its list says. Without a client there is nobody to let.
    public void grant(String cookie, String channel) {
        seat(cookie).ifPresent(seat -> seat.grant(channel));
    }

    /// Takes a permission back, and the subscription with it.
    public void revoke(String cookie, String channel) {
        seat(cookie).ifPresent(seat -> {
            synchronized (seat) {
                if (seat.revoke(channel)) {
                    forget(seat, channel);
                }
            }
        });
    }

    /// @param allowedByList what the session's directory entry says
    public boolean isAllowed(String cookie, String channel, Predicate<String> allowedByList) {
        return seat(cookie).filter(seat -> seat.holds(channel)).isPresent()
                || (cookie.equals(owners.get(channel)) && UUID.matcher(channel).matches())
                || allowedByList.test(channel);
    }

    public SubscribeResult subscribe(String cookie, List<String> channels, Predicate<String> allowedByList) {
        List<SubscribeResult> result = new ArrayList<>(1);
        subscribe(cookie, channels, allowedByList, result::add);
        return result.getFirst();
    }

    /// Subscribes, and calls `reply` before any event of the new subscriptions can be delivered: some clients throw away what comes
    /// before the reply (verto-wire.md section 8.2).
    public void subscribe(String cookie, List<String> channels, Predicate<String> allowedByList, Consumer<SubscribeResult> reply) {
        Seat seat = seats.get(cookie);
        if (seat == null) {
            reply.accept(new SubscribeResult(List.of(), channels, List.of()));
            return;
        }
        List<String> subscribed = new ArrayList<>();
        List<String> unauthorized = new ArrayList<>();
        List<String> already = new ArrayList<>();
        Set<String> allowed = channels.stream()
                .filter(channel -> isAllowed(cookie, channel, allowedByList))
                .collect(Collectors.toUnmodifiableSet());
        synchronized (seat) {
            for (String channel : channels) {
                if (!allowed.contains(channel)) {
                    counters.increment(EventCount.SUBSCRIPTIONS_REFUSED);
                    unauthorized.add(channel);
                } else if (seat.hears(channel)) {
                    already.add(channel);
                } else {
                    (enter(seat, channel) ? subscribed : unauthorized).add(channel);
                }
            }
            reply.accept(new SubscribeResult(subscribed, unauthorized, already));
        }
        subscribed.forEach(channel -> greet(cookie, channel));
    }

    public UnsubscribeResult unsubscribe(String cookie, List<String> channels) {
        Seat seat = seats.get(cookie);
        if (seat == null) {
            return new UnsubscribeResult(List.of(), channels);
        }
        List<String> unsubscribed = new ArrayList<>();
        List<String> notSubscribed = new ArrayList<>();
        synchronized (seat) {
            for (String channel : channels) {
                Optional<Boolean> withdrawn = seat.unsubscribe(channel);
                (withdrawn.isPresent() ? unsubscribed : notSubscribed).add(channel);
                if (withdrawn.isPresent() && !withdrawn.get()) {
                    forget(seat, channel);
                }
            }
        }
        return new UnsubscribeResult(unsubscribed, notSubscribed);
    }

    /// Sends an event of the server to one session, whether it has subscribed anything or not.
    ///
    /// @param params of `verto.event`
    public void send(String cookie, JsonObject params) {
        counters.increment(EventCount.EVENTS_PUBLISHED);
        direct(cookie, new SharedEvent(params), isPublic(params));
    }

    /// Sends an event of the server: to the session of its `sessid`, else to that of the call or session that `eventChannelSessid` or
    /// `eventChannel` names, else to all who hear its channel, then to all who hear its main channel.
    ///
    /// @param params of `verto.event`, with `eventChannel`
    public void publish(JsonObject params) {
        counters.increment(EventCount.EVENTS_PUBLISHED);
        SharedEvent event = new SharedEvent(params);
        String channel = params.string("eventChannel").orElse("");
        Optional<String> addressee = addressee(params, channel);
        if (addressee.isPresent()) {
            direct(addressee.get(), event, isPublic(params));
            return;
        }
        toHearers(event, channel, channel, isPublic(params));
        String main = main(channel);
        if (!main.equals(channel)) {
            toHearers(event, channel, main, isPublic(params));
        }
    }

    /// Sends on what a client broadcasts. Its right to do so was asked for before ([#isAllowed]), and it has had its reply.
    ///
    /// @param params as the client sent them
    /// @param local `localBroadcast`: straight to whoever hears exactly this channel, the sender too; otherwise to the server's own handler
    public void broadcast(Sender from, String channel, JsonObject params, boolean local) {
        counters.increment(EventCount.EVENTS_PUBLISHED);
        JsonObject signed = signed(from, params);
        if (local) {
            toHearers(new SharedEvent(signed), channel, channel, true);
            return;
        }
        EventHandler handler = handlers.getOrDefault(channel, handlers.get(main(channel)));
        if (handler == null) {
            counters.increment(EventCount.BROADCASTS_UNHANDLED);
        } else {
            handler.onBroadcast(from, channel, signed);
        }
    }

    /// Hands on what another server's client broadcast, or some program says: to whoever hears the channel, and unless it was a
    /// `localBroadcast` to whoever hears its main channel. Nobody vouches for it, so it can neither speak for the server nor to one client:
    /// not on the server's own channels, not by the id of a session or a call, not in the form of a private event.
    ///
    /// @return false when it is not such an event; nobody hears it then
    public boolean relay(JsonObject params) {
        String channel = params.string("eventChannel").orElse("");
        // DEVIATION verto-40: the reference server believes whatever comes from the group.
        boolean ours = isServers(channel) || main(channel).startsWith(CONFERENCE);
        if (channel.isEmpty() || channel.length() > MAX_NAME || ours || owners.containsKey(channel) || seats.containsKey(channel)) {
            return false;
        }
        counters.increment(EventCount.EVENTS_PUBLISHED);
        SharedEvent event = new SharedEvent(without(params, PRIVATE));
        toHearers(event, channel, channel, isPublic(params));
        String main = main(channel);
        if (!main.equals(channel) && !params.is("localBroadcast", JsonLiteral.TRUE)) {
            toHearers(event, channel, main, isPublic(params));
        }
        return true;
    }

    /// Registers the server's listener for a channel and all below it.
    public void handler(String mainChannel, EventHandler handler) {
        handlers.put(mainChannel, handler);
    }

    /// Registers who tells a session that has just subscribed a channel, or one below it, how things are.
    ///
    /// @param greeter given the session and the channel that it subscribed
    public void greeter(String mainChannel, BiConsumer<String, String> greeter) {
        greeters.put(mainChannel, greeter);
    }

    /// Sends an event to one session, by one of its subscriptions.
    ///
    /// @param subscribed the name subscribed: the event's channel or its main channel
    public void publishTo(String cookie, String subscribed, JsonObject params) {
        counters.increment(EventCount.EVENTS_PUBLISHED);
        String channel = params.string("eventChannel").orElse("");
        seat(cookie).ifPresent(seat -> seat.hear(new SharedEvent(params), channel, subscribed, isPublic(params)));
    }

    /// @return the part before the first dot
    public static String main(String channel) {
        int dot = channel.indexOf('.');
        return dot < 0 ? channel : channel.substring(0, dot);
    }

    /// A client's word about who it is does not count.
    ///
    /// @return the params with what the server knows of their sender
    public static JsonObject signed(Sender from, JsonObject params) {
        return new JsonObjectBuilder()
                .putAll(without(params, SENDER))
                .put("userid", from.userId())
                .put("sessid", from.cookie())
                .putKnown("fromDisplay", from.displayName())
                .build();
    }

    private static JsonObject without(JsonObject params, Set<String> keys) {
        JsonObjectBuilder rest = new JsonObjectBuilder();
        params.members().forEach((key, value) -> {
            if (!keys.contains(key.toLowerCase(Locale.ROOT))) {
                rest.put(key, value);
            }
        });
        return rest.build();
    }

    private void greet(String cookie, String channel) {
        BiConsumer<String, String> greeter = greeters.get(main(channel));
        if (greeter != null) {
            greeter.accept(cookie, channel);
        }
    }

    private void toHearers(SharedEvent event, String channel, String heardAs, boolean isPublic) {
        Map<Seat, Line> there = hearers.get(heardAs);
        if (there != null) {
            there.forEach((seat, line) -> seat.hear(line, event, channel, heardAs, isPublic));
        }
    }

    /// @return whether a channel's events are the server's own: no client speaks there to other clients
    public boolean isServers(String channel) {
        return RESERVED.contains(main(channel)) || handlers.containsKey(main(channel));
    }

    private static boolean isPublic(JsonObject params) {
        return params.string("contentVisibility").filter(visible -> !visible.equals("public")).isEmpty();
    }

    /// Clients choose the ids of their sessions and calls; no choice may turn aside what goes to a channel of the server's.
    private Optional<String> addressee(JsonObject params, String channel) {
        Optional<String> session = params.string("sessid");
        String named = params.string("eventChannelSessid").orElse(channel);
        if (session.isPresent() || isServers(named)) {
            return session;
        }
        return Optional.ofNullable(owners.get(named)).or(() -> seats.containsKey(named) ? Optional.of(named) : Optional.empty());
    }

    private void direct(String cookie, SharedEvent event, boolean isPublic) {
        Seat seat = seats.get(cookie);
        if (seat == null) {
            counters.increment(EventCount.EVENTS_UNADDRESSED);
        } else {
            seat.direct(event, isPublic);
        }
    }

    private Optional<Seat> seat(String cookie) {
        return Optional.ofNullable(seats.get(cookie));
    }

    private boolean enter(Seat seat, String channel) {
        Optional<Line> line = channel.length() <= MAX_NAME ? subscribe(seat, channel) : Optional.empty();
        if (line.isEmpty()) {
            counters.increment(EventCount.SUBSCRIPTIONS_OVER_LIMIT);
            return false;
        }
        hearers.compute(channel, (name, there) -> {
            Map<Seat, Line> all = there == null ? new ConcurrentHashMap<>() : there;
            all.put(seat, line.get());
            return all;
        });
        return true;
    }

    private Optional<Line> subscribe(Seat seat, String channel) {
        boolean fits = subscriptions.incrementAndGet() <= MAX_SUBSCRIPTIONS;
        Optional<Line> line = fits ? seat.subscribe(channel) : Optional.empty();
        if (line.isEmpty()) {
            subscriptions.decrementAndGet();
        }
        return line;
    }

    private void clear(Seat seat) {
        seat.close().forEach(channel -> forget(seat, channel));
    }

    private void forget(Seat seat, String channel) {
        subscriptions.decrementAndGet();
        hearers.computeIfPresent(channel, (name, there) -> without(there, seat));
    }

    private static @Nullable Map<Seat, Line> without(Map<Seat, Line> there, Seat seat) {
        there.remove(seat);
        return there.isEmpty() ? null : there;
    }
}
