package io.jverto.sip.registrar;

import io.jverto.base.count.Counters;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.message.SipUri;
import io.jverto.sip.registrar.RegistrarConfig.Several;
import io.jverto.sip.registrar.RegistrarOutput.Why;
import io.jverto.sip.transaction.Hop;
import io.jverto.switchboard.directory.DirectoryUser;
import io.jverto.switchboard.port.UserId;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// Where users have their telephones (RFC 3261 section 10.3). One thread writes; any may read [#of] and [#all]. Kept in memory: after a restart
/// a telephone is there again when it registers the next time.
/// Limits: [#MOST] telephones of all users; of one, as configured.
public final class Registrar {
    static final int MOST = 50_000;
    private static final int DEFAULT_SECONDS = 300;
    private static final Comparator<Binding> BY_END =
            Comparator.comparingLong(Binding::untilNanos).thenComparing(binding -> binding.user().toString()).thenComparing(Binding::callId)
                    .thenComparing(binding -> binding.contact().toString());

    private final RegistrarConfig config;
    private final Counters<RegistrarCounter> counters;
    private final Map<String, List<Binding>> bindings = new ConcurrentHashMap<>();
    private final TreeSet<Binding> ends = new TreeSet<>(BY_END);

    public Registrar(RegistrarConfig config, Counters<RegistrarCounter> counters) {
        this.config = config;
        this.counters = counters;
    }

    /// @param user who proved to be the one in To
    /// @param wall for [Binding#since]
    public SipResponse onRegister(long nowNanos, Instant wall, SipRequest request, Hop from, DirectoryUser user, RegistrarOutput out) {
        List<NameAddr> contacts = request.headers().addresses("Contact");
        boolean all = request.headers().first("Contact").filter(text -> text.strip().equals("*")).isPresent();
        OptionalLong expires = request.headers().number("Expires");
        if (all) {
            return expires.orElse(-1) == 0 ? clear(request, user.id(), nowNanos, out) : request.reply(400, "Contact * needs Expires 0");
        }
        if (contacts.isEmpty() && request.headers().has("Contact")) {
            return request.reply(400, "Contact is no address");
        }
        List<Binding> wanted = new ArrayList<>();
        List<Binding> known = of(user.id());
        for (NameAddr contact : contacts) {
            if (!(contact.uri() instanceof SipUri uri) || uri.secure()) {
                return request.reply(416);
            }
            long seconds = granted(contact, expires, user);
            wanted.add(new Binding(
                    user.id(), uri.withoutHeaders(), from, request.headers().addresses("Path"), request.envelope().callId(),
                    request.envelope().cseq().number(), request.headers().first("User-Agent").orElse("").strip(), host(request),
                    nowNanos + Duration.ofSeconds(seconds).toNanos(), wall));
        }
        if (wanted.stream().anyMatch(one -> known.stream().anyMatch(old -> isLate(old, one)))) {
            return request.reply(500, "CSeq Out Of Order"); // RFC 3261 section 10.3, item 7: an old request that comes late
        }
        Optional<SipResponse> refusal = refusal(request, known, wanted, nowNanos);
        if (refusal.isPresent()) {
            counters.increment(RegistrarCounter.FULL);
            return refusal.get();
        }
        wanted.forEach(one -> bind(one, nowNanos, out));
        counters.increment(RegistrarCounter.REGISTERED);
        return listing(request, user.id(), nowNanos);
    }

    private static boolean isLate(Binding old, Binding next) {
        return old.contact().equals(next.contact()) && old.callId().equals(next.callId()) && next.seq() <= old.seq();
    }

    private Optional<SipResponse> refusal(SipRequest request, List<Binding> known, List<Binding> wanted, long nowNanos) {
        List<Binding> more = wanted.stream().filter(one -> one.untilNanos() > nowNanos && same(known, one).isEmpty()).toList();
        boolean replaces = config.several() == Several.ONE && !known.isEmpty();
        if (!replaces && ends.size() + more.size() > MOST) {
            return Optional.of(request.reply(503).withHeader("Retry-After", "60"));
        }
        long after = config.several() == Several.ONE ? wanted.size() : known.size() + more.size();
        return after > config.most() ? Optional.of(request.reply(403, "Maximum Registrations Exceeded")) : Optional.empty();
    }

    /// DEVIATION sip-7, RFC 3261 section 10.2.1.1: what the Contact says counts before the header. Then what the user's entry and the profile say (sip.md section 10).
    private long granted(NameAddr contact, OptionalLong header, DirectoryUser user) {
        long asked = contact.params().get("expires").filter(text -> text.matches("[0-9]{1,10}")).map(Long::parseLong)
                .orElse(header.orElse(DEFAULT_SECONDS));
        if (asked == 0) {
            return 0;
        }
        long least = variable(user, "sip-force-expires-min").orElse((long) config.least());
        long longest = variable(user, "sip-force-expires-max").orElse((long) config.longest());
        return variable(user, "sip-force-expires").orElse(Math.max(1, Math.min(Math.max(asked, least), longest)));
    }

    private static Optional<Long> variable(DirectoryUser user, String name) {
        return user.variable(name).filter(text -> text.matches("[0-9]{1,6}")).map(Long::parseLong).filter(seconds -> seconds > 0);
    }

    private static String host(SipRequest request) {
        return request.envelope().to().uri() instanceof SipUri uri ? uri.hostPort().host() : "";
    }

    private Optional<Binding> same(List<Binding> known, Binding one) {
        return known.stream()
                .filter(old -> config.several() == Several.BY_CALL_ID
                        ? old.callId().equals(one.callId())
                        : old.contact().userText().equals(one.contact().userText()) && old.contact().hostPort().equals(one.contact().hostPort()))
                .findFirst();
    }

    private void bind(Binding next, long nowNanos, RegistrarOutput out) {
        List<Binding> known = of(next.user());
        boolean over = next.untilNanos() <= nowNanos;
        Optional<Binding> old = same(known, next);
        List<Binding> replaced = config.several() == Several.ONE && !over ? known : old.stream().toList();
        List<Binding> left = new ArrayList<>(known);
        left.removeAll(replaced);
        ends.removeAll(replaced);
        Binding kept = old.map(before -> dated(next, before.since())).orElse(next);
        if (!over) {
            left.add(kept);
            ends.add(kept);
        }
        put(next.user(), left);
        replaced.stream().filter(gone -> over || !old.equals(Optional.of(gone))).forEach(gone -> tellGone(gone, Why.UNREGISTERED, out));
        if (!over) {
            out.registered(kept, old.isEmpty());
        }
    }

    private static Binding dated(Binding one, Instant since) {
        return new Binding(one.user(), one.contact(), one.from(), one.path(), one.callId(), one.seq(), one.userAgent(), one.realm(), one.untilNanos(), since);
    }

    private SipResponse clear(SipRequest request, UserId user, long nowNanos, RegistrarOutput out) {
        of(user).forEach(binding -> remove(binding, Why.UNREGISTERED, out));
        return listing(request, user, nowNanos);
    }

    /// All that the user has, each with how long it still holds (RFC 3261 section 10.3, item 8).
    private SipResponse listing(SipRequest request, UserId user, long nowNanos) {
        SipResponse response = request.reply(200);
        for (Binding binding : of(user)) {
            long left = Math.max(1, Duration.ofNanos(binding.untilNanos() - nowNanos).toSeconds());
            response = response.withHeaders(response.headers().and("Contact", "<" + binding.contact() + ">;expires=" + left));
        }
        List<NameAddr> path = request.headers().addresses("Path");
        return path.isEmpty() ? response : response.withHeaders(response.headers().and("Path", path));
    }

    /// @return what a user has now
    public List<Binding> of(UserId user) {
        return bindings.getOrDefault(key(user), List.of());
    }

    /// Whether a user has a telephone at an address.
    public boolean isAt(UserId user, InetAddress address) {
        return of(user).stream().anyMatch(binding -> binding.from().remote().getAddress().equals(address));
    }

    /// @return what all users have, by user
    public List<Binding> all() {
        return bindings.values().stream().flatMap(List::stream).sorted(Comparator.comparing(binding -> binding.user().toString())).toList();
    }

    public int size() {
        return ends.size();
    }

    public long deadline() {
        return ends.isEmpty() ? Long.MAX_VALUE : ends.first().untilNanos();
    }

    public long onTimeout(long nowNanos, RegistrarOutput out) {
        while (!ends.isEmpty() && ends.first().untilNanos() <= nowNanos) {
            remove(ends.first(), Why.EXPIRED, out);
        }
        return deadline();
    }

    /// A connection has ended: who registered over it cannot be reached any more.
    public void onDisconnected(Hop hop, RegistrarOutput out) {
        if (hop.transport().isReliable()) {
            ends.stream().filter(binding -> binding.from().equals(hop)).toList().forEach(binding -> remove(binding, Why.DISCONNECTED, out));
        }
    }

    /// @param which a Call-ID, or `user@domain`; empty for all
    /// @return how many are gone
    public int flush(String which, RegistrarOutput out) {
        List<Binding> flushed = ends.stream()
                .filter(binding -> which.isEmpty() || binding.callId().equals(which) || binding.user().toString().equalsIgnoreCase(which))
                .toList();
        flushed.forEach(binding -> remove(binding, Why.FLUSHED, out));
        return flushed.size();
    }

    private void remove(Binding binding, Why why, RegistrarOutput out) {
        ends.remove(binding);
        List<Binding> left = new ArrayList<>(of(binding.user()));
        left.remove(binding);
        put(binding.user(), left);
        tellGone(binding, why, out);
    }

    private void tellGone(Binding binding, Why why, RegistrarOutput out) {
        counters.increment(why == Why.EXPIRED ? RegistrarCounter.EXPIRED : RegistrarCounter.UNREGISTERED);
        out.gone(binding, why);
    }

    private void put(UserId user, List<Binding> left) {
        if (left.isEmpty()) {
            bindings.remove(key(user));
        } else {
            bindings.put(key(user), List.copyOf(left));
        }
    }

    private static String key(UserId user) {
        return user.toString().toLowerCase(Locale.ROOT);
    }
}
