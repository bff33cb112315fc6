package io.jverto.sip.registrar;

import io.jverto.base.count.Budgets;
import io.jverto.base.count.Counters;
import io.jverto.base.net.AddressGroup;
import io.jverto.sip.digest.Challenge;
import io.jverto.sip.digest.Credentials;
import io.jverto.sip.digest.DigestResult;
import io.jverto.sip.digest.DigestServer;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.message.SipUri;
import io.jverto.sip.transaction.Hop;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.directory.DirectoryUser;
import io.jverto.switchboard.directory.LoginThrottle;
import io.jverto.switchboard.port.UserId;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides who may come in, by digest against the directory (RFC 3261 section 22, sip.md section 10), in two steps: [#look] costs no memory and needs
/// no directory, so that a flood costs little; [#check] is for those whose nonce is one of ours. Not thread-safe, but for the throttle.
/// Limits: messages of each method by source and by user, [#REMEMBERED] of each.
public final class Admission {
    private static final Logger log = LoggerFactory.getLogger(Admission.class);
    private static final int REMEMBERED = 20_000;
    private static final int MANY = 100;
    private static final int SOME = 50;
    private static final int SECONDS_AT_ONCE = 10;
    private static final List<String> SCANNERS = List.of("friendly-scanner", "sipvicious", "sipcli", "sundayddr", "pplsip");

    private final RegistrarConfig config;
    private final String profile;
    private final DigestServer digest;
    private final LoginThrottle throttle;
    private final BiPredicate<UserId, InetAddress> known;
    private final Predicate<String> ours;
    private final Counters<RegistrarCounter> counters;
    /// By method and source: a whole company may be behind one address, whose telephones all come back at once.
    private final Map<String, Budgets> ofSource = Map.of(
            "REGISTER", budgets(MANY), "SUBSCRIBE", budgets(MANY), "INVITE", budgets(MANY), "OPTIONS", budgets(SOME), "MESSAGE", budgets(SOME));
    private final Budgets others = budgets(SOME);
    private final Map<String, Budgets> ofUser = Map.of(
            "REGISTER", new Budgets(REMEMBERED, 60, 5), "SUBSCRIBE", new Budgets(REMEMBERED, 200, 10), "INVITE", new Budgets(REMEMBERED, 60, 10),
            "MESSAGE", new Budgets(REMEMBERED, 200, 20));
    private final Budgets otherOfUser = new Budgets(REMEMBERED, 60, 10);

    /// @param profile for the log
    /// @param ours whether a host stands for this profile
    /// @param known whether a user has a telephone at an address: whoever is there already need not wait because others guess
    public Admission(
            RegistrarConfig config,
            String profile,
            DigestServer digest,
            LoginThrottle throttle,
            BiPredicate<UserId, InetAddress> known,
            Predicate<String> ours,
            Counters<RegistrarCounter> counters) {
        this.config = config;
        this.profile = profile;
        this.digest = digest;
        this.throttle = throttle;
        this.known = known;
        this.ours = ours;
        this.counters = counters;
    }

    /// What becomes of a request.
    public sealed interface Verdict {
        /// It is answered.
        record Answered(SipResponse response) implements Verdict {}

        /// Look that user up, then [Admission#check].
        record LookUp(UserId user, Credentials credentials, String realm) implements Verdict {}

        record Admitted(DirectoryUser user) implements Verdict {}
    }

    private static Budgets budgets(int perSecond) {
        return new Budgets(REMEMBERED, perSecond * SECONDS_AT_ONCE, perSecond);
    }

    /// Whether a source may send one more request of that method.
    public boolean mayCome(long nowNanos, SipRequest request, Hop from) {
        boolean scanner = request.headers().first("User-Agent").map(text -> text.toLowerCase(Locale.ROOT))
                .filter(text -> SCANNERS.stream().anyMatch(text::contains)).isPresent();
        Budgets budgets = ofSource.getOrDefault(request.method().name(), others);
        boolean may = !scanner && budgets.take(nowNanos, AddressGroup.of(from.remote().getAddress()));
        if (!may) {
            counters.increment(RegistrarCounter.TOO_FAST);
        }
        return may;
    }

    /// The first look at a request whose user has to be proven.
    public Verdict look(long nowNanos, SipRequest request, Hop from) {
        String realm = realm(request);
        Optional<Credentials> found = credentials(request, realm);
        if (found.isEmpty() || !digest.isWorthALook(nowNanos, realm, found.get())) {
            counters.increment(RegistrarCounter.CHALLENGED);
            // A nonce of a run before this one: the telephone may try again without asking anybody for the password.
            return new Verdict.Answered(challenge(nowNanos, request, from, realm, found.isPresent()));
        }
        Credentials credentials = found.get();
        int at = credentials.username().indexOf('@');
        String name = at > 0 ? credentials.username().substring(0, at) : credentials.username();
        UserId user = new UserId(name, config.domain().isEmpty() ? realm : config.domain());
        if (!mayTry(nowNanos, user, from)) {
            counters.increment(RegistrarCounter.THROTTLED);
            logFailure(request, user, from, "too many failures");
            return new Verdict.Answered(request.reply(403));
        }
        return new Verdict.LookUp(user, credentials, realm);
    }

    /// The second, when the user was looked up.
    ///
    /// @param user empty when there is none
    public Verdict check(long nowNanos, SipRequest request, Hop from, Verdict.LookUp asked, Optional<DirectoryUser> user) {
        DigestResult result = digest.check(nowNanos, request, asked.realm(), asked.credentials(),
                new DigestServer.Here(call(request, from), host -> host.equalsIgnoreCase(asked.realm()) || ours.test(host)),
                (username, algorithm) -> Ha1Source.of(user, username, asked.realm(), algorithm));
        return switch (result) {
            case DigestResult.Stale _ -> {
                counters.increment(RegistrarCounter.CHALLENGED);
                yield new Verdict.Answered(challenge(nowNanos, request, from, asked.realm(), true));
            }
            case DigestResult.Refused _ -> refused(nowNanos, request, from, asked, "wrong user or password");
            case DigestResult.Authentic _ -> proven(nowNanos, request, from, asked, user);
        };
    }

    private Verdict proven(long nowNanos, SipRequest request, Hop from, Verdict.LookUp asked, Optional<DirectoryUser> user) {
        if (user.isEmpty() || !isOwn(request, user.get(), asked)) {
            return refused(nowNanos, request, from, asked, "another user's name");
        }
        DirectoryUser entry = user.get();
        if (request.is(SipMethod.REGISTER) && entry.param("sip-forbid-register").filter("true"::equalsIgnoreCase).isPresent()) {
            return new Verdict.Answered(request.reply(403));
        }
        throttle.succeeded(key(asked.user()));
        if (!ofUser.getOrDefault(request.method().name(), otherOfUser).take(nowNanos, key(entry.id()))) {
            counters.increment(RegistrarCounter.USER_TOO_FAST);
            return new Verdict.Answered(request.reply(503, "Too Many Requests").withHeader("Retry-After", "5"));
        }
        counters.increment(RegistrarCounter.ADMITTED);
        return new Verdict.Admitted(entry);
    }

    /// S30: nobody registers, or speaks, for somebody else. A number that stands for the user is the user's own.
    private static boolean isOwn(SipRequest request, DirectoryUser user, Verdict.LookUp asked) {
        NameAddr claimed = request.is(SipMethod.REGISTER) ? request.envelope().to() : request.envelope().from();
        String name = claimed.uri() instanceof SipUri uri ? uri.userText() : "";
        return name.equalsIgnoreCase(user.id().user()) || name.equalsIgnoreCase(asked.user().user());
    }

    private Verdict refused(long nowNanos, SipRequest request, Hop from, Verdict.LookUp asked, String why) {
        counters.increment(RegistrarCounter.REFUSED);
        throttle.failed(nowNanos, AddressGroup.of(from.remote().getAddress()), key(asked.user()));
        logFailure(request, asked.user(), from, why);
        return new Verdict.Answered(request.reply(403));
    }

    private boolean mayTry(long nowNanos, UserId user, Hop from) {
        String address = AddressGroup.of(from.remote().getAddress());
        return known.test(user, from.remote().getAddress()) || throttle.allows(nowNanos, address, key(user));
    }

    private static String key(UserId user) {
        return user.toString().toLowerCase(Locale.ROOT);
    }

    /// @param stale whether the client need not ask for the password again
    private SipResponse challenge(long nowNanos, SipRequest request, Hop from, String realm, boolean stale) {
        boolean proxy = request.is(SipMethod.INVITE) || request.is(SipMethod.MESSAGE);
        List<Challenge> challenges = digest.challenge(nowNanos, realm, stale, call(request, from));
        Headers headers = Headers.NONE.and(proxy ? "Proxy-Authenticate" : "WWW-Authenticate", challenges);
        return request.reply(proxy ? 407 : 401).withHeaders(headers);
    }

    private static String call(SipRequest request, Hop from) {
        return request.envelope().callId() + "\n" + from.remote().getAddress().getHostAddress();
    }

    private static Optional<Credentials> credentials(SipRequest request, String realm) {
        return java.util.stream.Stream.of("Authorization", "Proxy-Authorization")
                .flatMap(name -> request.headers().lines(name).stream())
                .flatMap(line -> Credentials.parse(line).stream())
                .filter(one -> one.realm().equals(realm))
                .findFirst();
    }

    private String realm(SipRequest request) {
        if (!config.realm().isEmpty()) {
            return config.realm();
        }
        NameAddr party = config.realmFromTo() ? request.envelope().to() : request.envelope().from();
        return party.uri() instanceof SipUri uri ? uri.hostPort().host() : "sip";
    }

    /// One line that fail2ban can read: `sip login failed user="..." address=... method=... profile=... reason="..."`.
    private void logFailure(SipRequest request, UserId user, Hop from, String reason) {
        log.warn("sip login failed user=\"{}\" address={} method={} profile={} reason=\"{}\"", LogText.of(user).replace('"', '?'),
                from.remote().getAddress().getHostAddress(), LogText.of(request.method()), profile, reason);
    }
}
