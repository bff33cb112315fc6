package io.jverto.sip.profile;

import io.jverto.sip.dialog.RequestRules;
import io.jverto.sip.dialog.UserAgent;
import io.jverto.sip.message.Body;
import io.jverto.sip.message.CSeq;
import io.jverto.sip.message.Envelope;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.HostPort;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.message.SipUri;
import io.jverto.sip.message.Via;
import io.jverto.sip.registrar.Binding;
import io.jverto.sip.registrar.Registrar;
import io.jverto.sip.registrar.RegistrarCounter;
import io.jverto.sip.registrar.RegistrarOutput;
import io.jverto.sip.subscribe.EventPackage;
import io.jverto.sip.subscribe.PersonState;
import io.jverto.sip.subscribe.Publications;
import io.jverto.sip.subscribe.States;
import io.jverto.sip.subscribe.SubscriptionOutput;
import io.jverto.sip.subscribe.Subscriptions;
import io.jverto.sip.transaction.ClientFailure;
import io.jverto.sip.transaction.ClientId;
import io.jverto.sip.transaction.Hop;
import io.jverto.switchboard.directory.DirectoryUser;
import io.jverto.switchboard.port.ChatMessage;
import io.jverto.switchboard.port.UserId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// What a profile does for users who have proven who they are, beside calls: registrations, subscriptions, messages. Belongs to the SIP thread.
final class Services implements RegistrarOutput, SubscriptionOutput {
    /// Characters of a message: as many as a Verto client may send.
    private static final int MAX_MESSAGE = 65_536;

    private final Profile profile;
    private final SipWorld world;
    private final UserAgent agent;
    private final Lamps lamps;
    private final PresenceBoard persons;
    private final Publications publications;
    private final Registrar registrar;
    private final Subscriptions subscriptions;
    private long nowNanos;

    Services(Profile profile, UserAgent agent, Lamps lamps, PresenceBoard persons) {
        this.profile = profile;
        this.world = profile.world();
        this.agent = agent;
        this.lamps = lamps;
        this.persons = persons;
        this.publications = new Publications((user, state) -> PresenceBoard.tell(world.core(), user, state));
        this.subscriptions = new Subscriptions(() -> profile.counts().registrar().increment(RegistrarCounter.SUBSCRIPTIONS_FULL));
        this.registrar = new Registrar(profile.config().registrar(), profile.counts().registrar());
    }

    /// Of which any thread may read who is there.
    Registrar registrations() {
        return registrar;
    }

    SipResponse options(SipRequest request) {
        return RequestRules.unsupported(request).orElseGet(() -> request.reply(200)
                .withHeader("Accept", "application/sdp, text/plain").withHeader("Allow-Events", "dialog, message-summary, presence, refer"));
    }

    /// @param user who sent it
    SipResponse onRequest(SipRequest request, Hop from, DirectoryUser user) {
        nowNanos = world.time().nanoTime();
        return switch (request.method().name()) {
            case "REGISTER" -> onRegister(request, from, user);
            case "SUBSCRIBE" -> onSubscribe(request, from, user);
            case "MESSAGE" -> onMessage(request, user);
            case "PUBLISH" -> onPublish(request, user);
            default -> request.reply(405);
        };
    }

    /// A request in a dialog that is no call: of a subscription, or of nothing.
    SipResponse onInDialog(SipRequest request, Hop from) {
        nowNanos = world.time().nanoTime();
        return request.is(SipMethod.SUBSCRIBE) ? subscriptions.onRefresh(nowNanos, request, contact(from)) : request.reply(481);
    }

    /// What follows when a response is on its way.
    void afterResponse(long now) {
        nowNanos = now;
        subscriptions.greet(this);
    }

    private SipResponse onRegister(SipRequest request, Hop from, DirectoryUser user) {
        if (!profile.config().registrar().registers()) {
            return request.reply(403);
        }
        SipResponse response = registrar.onRegister(nowNanos, world.time().wallTime(), request, from, user, this);
        return response.withHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(world.time().wallTime().atOffset(ZoneOffset.UTC)));
    }

    @Override
    public void registered(Binding binding, boolean fresh) {
        world.core().custom("sofia::register", event(binding));
        onPerson(binding.user());
        if (fresh) {
            world.time().start("sip-arrival-" + profile.name(), () -> world.messages().arrived(binding.user()));
        }
    }

    @Override
    public void gone(Binding binding, Why why) {
        world.core().custom(why == Why.EXPIRED ? "sofia::expire" : "sofia::unregister", event(binding));
        onPerson(binding.user());
    }

    private Map<String, String> event(Binding binding) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("profile-name", profile.name());
        headers.put("from-user", binding.user().user());
        headers.put("from-host", binding.user().domain());
        headers.put("contact", binding.address());
        headers.put("call-id", binding.callId());
        headers.put("user-agent", binding.userAgent());
        headers.put("network-ip", binding.from().remote().getAddress().getHostAddress());
        headers.put("network-port", Integer.toString(binding.from().remote().getPort()));
        headers.put("username", binding.user().user());
        headers.put("realm", binding.realm());
        headers.put("status", profile.status(binding));
        return headers;
    }

    /// Nobody speaks for others.
    private SipResponse onPublish(SipRequest request, DirectoryUser user) {
        boolean own = request.uri() instanceof SipUri uri && uri.userText().equalsIgnoreCase(user.id().user());
        return own ? publications.onPublish(nowNanos, request, user.id(), agent.newTag()) : request.reply(403);
    }

    private SipResponse onSubscribe(SipRequest request, Hop from, DirectoryUser user) {
        String name = request.uri() instanceof SipUri uri ? uri.userText() : "";
        UserId whom = new UserId(name.isEmpty() ? user.id().user() : name, user.id().domain());
        return subscriptions.onSubscribe(nowNanos, request, from, user.id(), whom, agent.newTag(), contact(from));
    }

    private String contact(Hop from) {
        return profile.contact(from).toString();
    }

    @Override
    public Via via(Hop hop) {
        return agent.via(hop);
    }

    @Override
    public void notify(String dialog, SipRequest request, Hop to) {
        profile.requests().start(nowNanos, request.withHeaders(agent.stamp(request.headers())), to, new Requests.Asker() {
            @Override
            public void onResponse(long now, ClientId id, SipResponse response) {
                if (response.isFinal()) {
                    subscriptions.onNotified(dialog, response.status());
                }
            }

            @Override
            public void onFailed(long now, ClientId id, ClientFailure why) {
                subscriptions.onNotified(dialog, 0);
            }
        });
    }

    @Override
    public void wanted(EventPackage what, UserId whom) {
        switch (what) {
            case DIALOG -> showLamp(whom, false);
            case PRESENCE -> showPerson(whom, false);
            case MESSAGE_SUMMARY -> world.time().start("sip-mailbox-" + profile.name(), () -> {
                Map<String, String> headers = world.waiting().apply(whom)
                        .orElse(Map.of("MWI-Messages-Waiting", "no", "MWI-Voice-Message", "0/0 (0/0)"));
                profile.run((now, _, _) -> showBox(now, whom, false, headers));
            });
        }
    }

    private void showLamp(UserId whom, boolean all) {
        subscriptions.show(nowNanos, EventPackage.DIALOG, whom, all, version -> States.calls(whom, version, lamps.of(whom)), this);
    }

    private void showPerson(UserId whom, boolean all) {
        world.time().start("sip-presence-" + profile.name(), () -> {
            PersonState state = persons.of(whom);
            profile.run((now, _, _) -> {
                nowNanos = now;
                subscriptions.show(now, EventPackage.PRESENCE, whom, all, _ -> States.person(whom, state), this);
            });
        });
    }

    /// In any thread.
    void onPerson(UserId whom) {
        profile.run((_, _, _) -> {
            if (subscriptions.isWatched(EventPackage.PRESENCE, whom)) {
                showPerson(whom, true);
            }
        });
    }

    /// In any thread.
    void onLamp(UserId whom) {
        profile.run((now, _, _) -> {
            nowNanos = now;
            showLamp(whom, true);
        });
    }

    /// In any thread.
    void onBox(UserId box, Map<String, String> headers) {
        profile.run((now, _, _) -> showBox(now, box, true, headers));
    }

    private void showBox(long now, UserId box, boolean all, Map<String, String> headers) {
        nowNanos = now;
        boolean any = headers.getOrDefault("MWI-Messages-Waiting", "no").equals("yes");
        String counts = headers.getOrDefault("MWI-Voice-Message", "0/0 (0/0)");
        subscriptions.show(now, EventPackage.MESSAGE_SUMMARY, box, all, _ -> States.waiting(box, any, counts), this);
    }

    /// The sender is whoever has proven to be one, whatever From says.
    private SipResponse onMessage(SipRequest request, DirectoryUser user) {
        String type = request.headers().first("Content-Type").orElse("text/plain").toLowerCase(Locale.ROOT);
        if (!type.startsWith("text/plain") || request.headers().has("Content-Encoding")) {
            return request.reply(415).withHeader("Accept", "text/plain");
        } else if (request.body().length() > MAX_MESSAGE) {
            return request.reply(413);
        } else if (!(request.uri() instanceof SipUri uri) || uri.userText().isEmpty()) {
            return request.reply(404);
        } else {
            UserId to = new UserId(uri.userText(), domain(uri, user));
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("from", user.id().toString());
            fields.put("to", to.toString());
            fields.put("body", request.body().text());
            fields.put("from_user", user.id().user());
            fields.put("from_host", user.id().domain());
            fields.put("from_full", user.id().user());
            world.time().start("sip-message-" + profile.name(), () -> world.messages().send(to.toString(), new ChatMessage(fields)));
            return request.reply(202);
        }
    }

    /// Telephones write the server's address where a domain is meant.
    private String domain(SipUri uri, DirectoryUser user) {
        String host = uri.hostPort().host();
        boolean ours = profile.isOwn(uri.hostPort()) || !profile.config().registrar().domain().isEmpty();
        return ours ? user.id().domain() : host;
    }

    /// Sends a message to all telephones of a user.
    ///
    /// @param lost run when none of them takes it
    void send(long now, List<Binding> to, ChatMessage message, Runnable lost) {
        nowNanos = now;
        AtomicInteger open = new AtomicInteger(to.size());
        AtomicBoolean taken = new AtomicBoolean();
        for (Binding binding : to) {
            profile.requests().start(now, message(binding, message), binding.hop(), new Requests.Asker() {
                @Override
                public void onResponse(long when, ClientId id, SipResponse response) {
                    if (response.isFinal()) {
                        taken.compareAndSet(false, response.isSuccess());
                        over();
                    }
                }

                @Override
                public void onFailed(long when, ClientId id, ClientFailure why) {
                    over();
                }

                private void over() {
                    if (open.decrementAndGet() == 0 && !taken.get()) {
                        world.time().start("sip-message-lost", lost);
                    }
                }
            });
        }
    }

    private SipRequest message(Binding binding, ChatMessage message) {
        Hop hop = binding.hop();
        String sender = message.fields().getOrDefault("from", "");
        String body = message.fields().getOrDefault("body", "");
        UserId from = Lamps.user(sender).orElse(new UserId(sender.isEmpty() ? "unknown" : sender, binding.user().domain()));
        NameAddr self = NameAddr.of(SipUri.of(from.user(), host(from.domain(), hop)));
        NameAddr to = NameAddr.of(SipUri.of(binding.user().user(), host(binding.user().domain(), hop)));
        Envelope envelope = new Envelope(
                List.of(agent.via(hop)), self.withParam("tag", agent.newTag()), to, agent.newCallId(), new CSeq(1, SipMethod.MESSAGE));
        Headers headers = Headers.NONE.and("Max-Forwards", "70").and("Route", binding.path()).and("Content-Type", "text/plain;charset=UTF-8");
        return new SipRequest(SipMethod.MESSAGE, binding.contact(), envelope, agent.stamp(headers), Body.of(body));
    }

    /// @return the domain as a URI can have it, or else where we are
    private HostPort host(String domain, Hop hop) {
        return HostPort.parse(domain).orElseGet(() -> profile.local(hop));
    }

    long deadline() {
        return Math.min(Math.min(registrar.deadline(), publications.deadline()), subscriptions.deadline());
    }

    void onTimeout(long now) {
        nowNanos = now;
        registrar.onTimeout(now, this);
        publications.onTimeout(now);
        subscriptions.onTimeout(now, this);
    }

    void onDisconnected(Hop hop) {
        registrar.onDisconnected(hop, this);
    }

    int flush(String which) {
        return registrar.flush(which, this);
    }

    int subscriptions() {
        return subscriptions.size();
    }
}
