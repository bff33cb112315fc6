package io.jverto.sip.gateway;

import io.jverto.base.count.Counters;
import io.jverto.base.id.Tokens;
import io.jverto.sip.digest.DigestAnswer;
import io.jverto.sip.digest.DigestAnswer.Answered;
import io.jverto.sip.digest.DigestClient;
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
import io.jverto.sip.transaction.ClientFailure;
import io.jverto.sip.transaction.ClientId;
import io.jverto.sip.transaction.Hop;
import io.jverto.sip.transaction.Transactions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/// Keeps one account registered (RFC 3261 section 10.2, sip.md section 4) and knows whether it can be used. Sans-IO, not thread-safe.
/// Every method that is given the time returns when [#onTimeout] is due, `Long.MAX_VALUE` for never. Asks for the host's addresses before each
/// attempt and tries one after the other.
public final class Gateway {
    /// What stands for no answer at all (sip.md section 4).
    public static final int NO_ANSWER = 908;

    private static final long NEVER = Long.MAX_VALUE;
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final int MAX_RAISED = 86_400;
    private static final int MAX_ADDRESSES = 16;

    private final GatewayConfig config;
    private final RandomGenerator random;
    private final Counters<GatewayCounter> counters;
    private final DigestClient digest;
    private final GatewayPing ping;
    /// One for as long as the gateway lives, with growing numbers (RFC 3261 section 10.2).
    private final String callId;
    private final NameAddr contact;

    private GatewayState state;
    private List<Hop> hops = List.of();
    private int address;
    private Optional<ClientId> open = Optional.empty();
    private boolean answered;
    private boolean leaving;
    private long seq;
    private long expires;
    private int failures;
    private long nextNanos;
    private long giveUpNanos = NEVER;
    /// From a 200 until a failure; refreshes included.
    private boolean registered;
    private boolean pingWaits;
    private GatewayState toldState;
    private boolean toldUp;

    /// @param local where we are, as the registrar is to know it
    public Gateway(GatewayConfig config, HostPort local, RandomGenerator random, Counters<GatewayCounter> counters) {
        this.config = config;
        this.random = random;
        this.counters = counters;
        this.digest = new DigestClient(config.account(), random);
        this.ping = new GatewayPing(config, random, counters);
        this.callId = Tokens.uuid(random);
        this.contact = NameAddr.of(config.uri(local).withParam("gw", config.name()).withUser("gw+" + config.name()));
        this.state = config.register() ? GatewayState.UNREGED : GatewayState.NOREG;
        this.expires = config.expires().toSeconds();
        this.nextNanos = config.register() ? Long.MIN_VALUE : NEVER;
        this.toldState = state;
        this.toldUp = isUp();
    }

    public GatewayConfig config() {
        return config;
    }

    public GatewayState state() {
        return state;
    }

    /// Whether calls may go there: GATEWAY_DOWN otherwise.
    public boolean isUp() {
        return (registered || state == GatewayState.NOREG) && ping.isAlive();
    }

    /// @return where requests go now; empty before the host was looked up
    public Optional<Hop> hop() {
        return hops.isEmpty() ? Optional.empty() : Optional.of(hops.get(address));
    }

    /// @return when it is tried again after a failure; `Long.MAX_VALUE` while it is not waiting for that
    public long retryNanos() {
        return state == GatewayState.FAIL_WAIT ? nextNanos : NEVER;
    }

    public long onTimeout(long nowNanos, GatewayOutput out) {
        if (nowNanos >= giveUpNanos) {
            open = Optional.empty();
            fail(nowNanos, NO_ANSWER, out);
        }
        if (nowNanos >= nextNanos) {
            nextNanos = NEVER;
            become(GatewayState.TRYING, 0, out);
            giveUpNanos = nowNanos + config.timeout().toNanos();
            resolve(config.registerNext(), out);
        }
        if (ping.isDue(nowNanos)) {
            if (hops.isEmpty()) {
                ping.postpone(nowNanos);
                pingWaits = true;
                resolve(config.register() ? config.registerNext() : config.next(), out);
            } else {
                ping.send(nowNanos, hops.get(address), out);
            }
        }
        return deadline();
    }

    private void resolve(SipUri uri, GatewayOutput out) {
        out.resolve(uri.hostPort(), config.transport(uri));
    }

    /// The addresses of the registrar, best first. None, when its name could not be looked up.
    public long resolved(long nowNanos, List<Hop> found, GatewayOutput out) {
        if (!found.isEmpty()) {
            hops = List.copyOf(found.subList(0, Math.min(found.size(), MAX_ADDRESSES)));
            address = 0;
            if (pingWaits) {
                pingWaits = false;
                ping.hurry();
            }
        }
        if (state == GatewayState.TRYING && open.isEmpty()) {
            if (hops.isEmpty()) {
                fail(nowNanos, 503, out);
            } else {
                register(nowNanos, Headers.NONE, out);
            }
        }
        return deadline();
    }

    /// Registers at once, also after [#unregister]; one that does not register can only be used again.
    public long register(long nowNanos, GatewayOutput out) {
        leaving = false;
        open = Optional.empty();
        if (!config.register()) {
            become(GatewayState.NOREG, 0, out);
            return deadline();
        }
        nextNanos = nowNanos;
        return onTimeout(nowNanos, out);
    }

    /// Ends the registration (Expires 0) and stays without one.
    public long unregister(long nowNanos, GatewayOutput out) {
        boolean known = registered && !hops.isEmpty();
        leaving = true;
        registered = false;
        nextNanos = NEVER;
        giveUpNanos = NEVER;
        if (known) {
            register(nowNanos, Headers.NONE, out);
        }
        become(GatewayState.DOWN, 0, out);
        return deadline();
    }

    public long onResponse(long nowNanos, ClientId id, SipResponse response, GatewayOutput out) {
        if (ping.takes(id)) {
            if (response.isFinal()) {
                onPing(nowNanos, response.status(), out);
            }
        } else if (open.filter(id::equals).isPresent() && response.isFinal()) {
            open = Optional.empty();
            onRegister(nowNanos, response, out);
        }
        return deadline();
    }

    public long onFailed(long nowNanos, ClientId id, ClientFailure why, GatewayOutput out) {
        if (ping.takes(id)) {
            onPing(nowNanos, 408, out);
        } else if (open.filter(id::equals).isPresent()) {
            open = Optional.empty();
            failOver(nowNanos, why == ClientFailure.TIMEOUT ? NO_ANSWER : 503, out);
        }
        return deadline();
    }

    private void register(long nowNanos, Headers answer, GatewayOutput out) {
        Hop hop = hops.get(address);
        long asked = leaving ? 0 : expires;
        SipUri uri = config.uri(config.registrar());
        NameAddr self = NameAddr.of(config.from());
        Envelope envelope = new Envelope(
                List.of(out.via(hop)), self.withParam("tag", Tokens.alphanumeric(random, 16)), self, callId, new CSeq(++seq, SipMethod.REGISTER));
        answered = !answer.all().isEmpty();
        Headers known = answered
                ? answer
                : digest.inAdvance(config.registrar().host(), SipMethod.REGISTER, uri)
                        .map(one -> Headers.NONE.with(one.name(), one.value()))
                        .orElse(Headers.NONE);
        Headers headers = Headers.NONE.with("Max-Forwards", "70")
                .and("Route", config.registrar().equals(config.proxy()) ? config.routes() : List.of())
                .with("Contact", contact.toString())
                .with("Expires", Long.toString(asked))
                .and(known);
        SipRequest request = new SipRequest(SipMethod.REGISTER, uri, envelope, headers, Body.NONE);
        ClientId id = Transactions.idOf(request);
        open = Optional.of(id);
        out.request(id, request, hop);
    }

    private void onRegister(long nowNanos, SipResponse response, GatewayOutput out) {
        if (leaving) {
            if (isChallenge(response)) {
                answer(nowNanos, response, out);
            }
            return;
        }
        if (response.status() == 200) {
            onRegistered(nowNanos, response, out);
        } else if (isChallenge(response)) {
            if (!answer(nowNanos, response, out)) {
                counters.increment(GatewayCounter.CHALLENGE_REFUSED);
                fail(nowNanos, response.status(), out);
            }
        } else if (response.status() == 423 && raise(response)) {
            register(nowNanos, Headers.NONE, out);
        } else if (response.status() == 503 || response.status() == 408) {
            failOver(nowNanos, response.status(), out);
        } else {
            fail(nowNanos, response.status(), out);
        }
    }

    private static boolean isChallenge(SipResponse response) {
        return response.status() == 401 || response.status() == 407;
    }

    /// @return whether there was an answer to give
    private boolean answer(long nowNanos, SipResponse response, GatewayOutput out) {
        DigestAnswer given =
                digest.onChallenge(response, config.registrar().host(), SipMethod.REGISTER, config.uri(config.registrar()), answered);
        if (given instanceof Answered(String name, String value)) {
            register(nowNanos, Headers.NONE.with(name, value), out);
            return true;
        }
        return false;
    }

    private boolean raise(SipResponse response) {
        long least = response.headers().number("Min-Expires").orElse(0);
        boolean more = least > expires && least <= MAX_RAISED;
        expires = more ? least : expires;
        return more;
    }

    private void onRegistered(long nowNanos, SipResponse response, GatewayOutput out) {
        counters.increment(GatewayCounter.REGISTERED);
        failures = 0;
        registered = true;
        giveUpNanos = NEVER;
        long granted = Math.max(1, Math.min(granted(response), expires));
        // The reference server takes what it asked for; what was granted is what counts (sip.md section 4).
        long refresh = granted > 30 ? granted - 15 : Math.max(1, granted / 2);
        nextNanos = nowNanos + Duration.ofSeconds(refresh).toNanos();
        ping.onRegistered();
        become(GatewayState.REGED, 200, out);
    }

    /// Of our own Contact among those that the registrar knows; of the first, when it has rewritten ours; of the header, when there is none.
    private long granted(SipResponse response) {
        List<NameAddr> contacts = response.headers().addresses("Contact");
        Optional<NameAddr> own = contacts.stream()
                .filter(one -> one.uri() instanceof SipUri uri && uri.user().equals(SipUri.escape("gw+" + config.name())))
                .findFirst()
                .or(() -> contacts.stream().findFirst());
        OptionalLong header = response.headers().number("Expires");
        return own.flatMap(one -> one.params().get("expires"))
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Long::parseLong)
                .orElse(header.orElse(expires));
    }

    private void failOver(long nowNanos, int status, GatewayOutput out) {
        if (leaving) {
            return;
        }
        if (address + 1 < hops.size()) {
            counters.increment(GatewayCounter.FAILED_OVER);
            address++;
            giveUpNanos = nowNanos + config.timeout().toNanos();
            register(nowNanos, Headers.NONE, out);
        } else {
            fail(nowNanos, status, out);
        }
    }

    private void fail(long nowNanos, int status, GatewayOutput out) {
        counters.increment(GatewayCounter.REGISTER_FAILED);
        failures++;
        registered = false;
        giveUpNanos = NEVER;
        boolean soon = status == 503 || failures == 1;
        Duration wait = status == NO_ANSWER ? config.retryAfterTimeout() : soon ? config.retry() : config.retry().multipliedBy(failures);
        nextNanos = nowNanos + (wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait).toNanos();
        become(GatewayState.FAIL_WAIT, status, out);
    }

    private void onPing(long nowNanos, int status, GatewayOutput out) {
        boolean before = ping.isAlive();
        ping.onResult(nowNanos, status);
        if (state == GatewayState.REGED && !ping.isAlive()) {
            fail(nowNanos, 503, out);
        } else if (state == GatewayState.FAIL_WAIT && ping.isAlive() && !before) {
            nextNanos = nowNanos; // it is back
        }
        tell(0, out);
    }

    private void become(GatewayState next, int status, GatewayOutput out) {
        state = next;
        tell(status, out);
    }

    /// A refresh is no change.
    private void tell(int status, GatewayOutput out) {
        GatewayState seen = state == GatewayState.TRYING && registered ? GatewayState.REGED : state;
        if (seen != toldState || isUp() != toldUp) {
            toldState = seen;
            toldUp = isUp();
            out.changed(seen, toldUp, status);
        }
    }

    private long deadline() {
        return Math.min(Math.min(nextNanos, giveUpNanos), ping.deadline());
    }
}
