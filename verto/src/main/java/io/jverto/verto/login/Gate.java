package io.jverto.verto.login;

import io.jverto.base.net.AddressGroup;
import io.jverto.switchboard.directory.LoginThrottle;
import io.jverto.base.count.Counters;
import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.directory.Directory;
import io.jverto.switchboard.directory.DirectoryRequest;
import io.jverto.switchboard.directory.DirectoryUser;
import io.jverto.switchboard.directory.PasswordHash;
import io.jverto.switchboard.port.UserId;
import io.jverto.verto.count.VertoCount;
import io.jverto.verto.profile.VertoProfile;
import io.jverto.wire.verto.LoginParams;
import io.jverto.wire.verto.VertoReply.Refusal;
import io.jverto.wire.verto.VertoTruth;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Checks credentials, step by step as verto-wire.md section 3.3. Keeps nothing of a client that fails. Thread-safe.
public final class Gate {
    private static final Logger log = LoggerFactory.getLogger(Gate.class);
    private static final long DEFAULT_EXPIRY_SECONDS = 300;
    private static final String ACTION = "jsonrpc-authenticate";
    private static final String PASSWORD = "user_supplied_pass";

    private final VertoProfile.Auth auth;
    private final Supplier<Directory> directory;
    private final LoginThrottle throttle;
    private final SlowCheck hashes;
    private final Optional<AccessTokens> tokens;
    private final TimeSource time;
    private final Counters<VertoCount> counters;

    /// @param tokens empty where none are taken
    public Gate(
            VertoProfile.Auth auth,
            Supplier<Directory> directory,
            LoginThrottle throttle,
            SlowCheck hashes,
            Optional<AccessTokens> tokens,
            TimeSource time,
            Counters<VertoCount> counters) {
        this.auth = auth;
        this.directory = directory;
        this.throttle = throttle;
        this.hashes = hashes;
        this.tokens = tokens;
        this.time = time;
        this.counters = counters;
    }

    /// @return whether clients must log in
    public boolean needed() {
        return auth.needed();
    }

    /// @param params of any request: the first one may carry credentials, whatever its method
    public Verdict check(LoginParams params, InetAddress from) {
        if (!auth.needed()) {
            return new Verdict.Admitted(Principal.unrestricted(new Identity.Nobody(), params.userVariables()));
        }
        if (!params.present()) {
            return new Verdict.Refused(Refusal.MISSING_PARAMS);
        }
        if (params.login().isEmpty()) {
            return new Verdict.Refused(Refusal.LOGIN_REQUIRED);
        }
        if (params.password().isEmpty()) {
            return new Verdict.Refused(Refusal.MISSING_PASSWORD);
        }
        return throttled(params, from, may -> credentials(params, may));
    }

    /// Whether a user and a password are good for the HTTP service of the profile: its own, or those of a login. Guesses count like
    /// those at a login.
    ///
    /// @param ownUser the service's own; empty for none
    public boolean admits(String user, String password, String ownUser, String ownPassword, InetAddress from) {
        LoginParams params = new LoginParams(true, user, password, "", Map.of(), Map.of(), List.of());
        Verdict verdict = throttled(params, from, may -> {
            boolean own = !ownUser.isEmpty() && PasswordCheck.same(ownUser, user) & PasswordCheck.same(ownPassword, password);
            if (own) {
                return new Verdict.Admitted(Principal.unrestricted(new Identity.Nobody(), Map.of()));
            }
            // A token is for calls.
            Verdict login = auth.needed() && !password.isEmpty() && !AccessTokens.isOne(password) ? credentials(params, may) : new Verdict.Refused(Refusal.LOGIN_FAILED);
            return login instanceof Verdict.Admitted || login.equals(Verdict.BUSY) ? login : new Verdict.Refused(Refusal.LOGIN_FAILED);
        });
        return verdict instanceof Verdict.Admitted;
    }

    private Verdict throttled(LoginParams params, InetAddress from, Function<BooleanSupplier, Verdict> credentials) {
        String address = AddressGroup.of(from);
        // As the directory knows the user: spelling the domain otherwise gives no further attempts.
        String name = uid(params.login()).toString().toLowerCase(Locale.ROOT);
        Duration wait = throttle.pause(time.nanoTime(), address, name);
        if (wait.isPositive()) {
            counters.increment(VertoCount.LOGINS_THROTTLED);
            logFailure(params, from, "too many failures");
            return new Verdict.Refused(Refusal.LOGIN_FAILED, false, wait);
        }
        BooleanSupplier may = () -> !throttle.pause(time.nanoTime(), address, name).isPositive();
        Verdict verdict = credentials.apply(may);
        switch (verdict) {
            case Verdict.Admitted _ -> throttle.succeeded(name);
            case Verdict.Refused refused when refused.equals(Verdict.BUSY) -> {
                counters.increment(VertoCount.LOGINS_BUSY);
                logFailure(params, from, "too many logins at once");
            }
            case Verdict.Refused refused when refused.refusal() == Refusal.LOGIN_FAILED -> {
                throttle.failed(time.nanoTime(), address, name);
                counters.increment(VertoCount.LOGINS_FAILED);
                logFailure(params, from, "wrong user or password");
            }
            // It was signed by us: nobody has guessed.
            case Verdict.Refused refused when refused.refusal() == Refusal.TOKEN_EXPIRED -> {
                counters.increment(VertoCount.TOKENS_EXPIRED);
                logFailure(params, from, "token expired");
            }
            case Verdict.Refused _ -> { }
        }
        return verdict;
    }

    private Verdict credentials(LoginParams params, BooleanSupplier may) {
        if (params.login().equals("root") && !auth.rootPassword().isEmpty()) {
            return PasswordCheck.same(auth.rootPassword(), params.password())
                    ? new Verdict.Admitted(Principal.unrestricted(new Identity.Root(), params.userVariables()))
                    : new Verdict.Refused(Refusal.LOGIN_FAILED);
        }
        if (auth.userAuth().isEmpty()) {
            return new Verdict.Refused(Refusal.LOGIN_REQUIRED);
        }
        UserId uid = uid(params.login());
        if (uid.user().isEmpty() || uid.domain().isEmpty()) {
            return new Verdict.Refused(Refusal.IMPROPER_CREDENTIALS);
        }
        Directory known = directory.get();
        Optional<DirectoryUser> user = known.find(request(uid, params));
        if (user.isEmpty() && auth.blindRegistration()) {
            return new Verdict.Admitted(Principal.unrestricted(new Identity.User(uid), params.userVariables()));
        }
        if (AccessTokens.isOne(params.password())) {
            return byToken(user, params);
        }
        // DEVIATION verto-1: the reference server says `Login Incorrect` for an unknown user, which tells who exists.
        SlowCheck.Outcome outcome = compare(known, user, uid, params.password(), may);
        if (outcome != SlowCheck.Outcome.RIGHT || user.isEmpty()) {
            return outcome == SlowCheck.Outcome.BUSY ? Verdict.BUSY : new Verdict.Refused(Refusal.LOGIN_FAILED);
        }
        DirectoryUser entry = user.get();
        return new Verdict.Admitted(Principal.of(entry.id(), entry, params.userVariables(), expiry(entry)));
    }

    private Verdict byToken(Optional<DirectoryUser> user, LoginParams params) {
        AccessTokens.Check check = tokens.map(all -> all.check(params.password(), user)).orElseGet(AccessTokens.Check.Wrong::new);
        return switch (check) {
            case AccessTokens.Check.Good good -> {
                DirectoryUser entry = user.orElseThrow();
                counters.increment(VertoCount.TOKENS_TAKEN);
                yield new Verdict.Admitted(Principal.of(entry.id(), entry, params.userVariables(), expiry(entry)).by(good));
            }
            case AccessTokens.Check.Expired _ -> new Verdict.Refused(Refusal.TOKEN_EXPIRED);
            case AccessTokens.Check.Wrong _ -> new Verdict.Refused(Refusal.LOGIN_FAILED);
        };
    }

    /// Every failure takes as long as that of a user with a hashed password, if there is any such user.
    private SlowCheck.Outcome compare(Directory known, Optional<DirectoryUser> user, UserId uid, String password, BooleanSupplier may) {
        boolean right = PasswordCheck.matches(user, uid, password);
        Optional<String> hash = user.flatMap(entry -> entry.param(PasswordHash.PARAM));
        if (hash.isPresent()) {
            return hashes.check(hash.get(), password, may);
        }
        if (right) {
            return SlowCheck.Outcome.RIGHT;
        }
        return known.hasHashes() ? hashes.check(PasswordHash.NOBODY, password, may) : SlowCheck.Outcome.WRONG;
    }

    /// What the directory is asked (verto-wire.md section 3.3): the password is for those alone who want it.
    DirectoryRequest request(UserId uid, LoginParams params) {
        Map<String, String> known = new HashMap<>(params.loginParams());
        known.remove(PASSWORD);
        if (auth.sendPassword() && !AccessTokens.isOne(params.password())) {
            known.put(PASSWORD, params.password());
        }
        return new DirectoryRequest(uid, ACTION, known);
    }

    private UserId uid(String login) {
        String user = "";
        String domain = "";
        int at = login.indexOf('@');
        if (auth.userAuth().startsWith("@")) {
            user = login;
            domain = auth.userAuth().substring(1);
        } else if (VertoTruth.isTrue(auth.userAuth())) {
            boolean split = auth.chopDomain() && at >= 0;
            user = split ? login.substring(0, at) : login;
            domain = split ? login.substring(at + 1) : "";
        }
        return new UserId(user, auth.forceDomain().isEmpty() ? domain : auth.forceDomain());
    }

    /// A moment that has passed or cannot be read means five minutes from now (verto-wire.md section 3.7).
    private long expiry(DirectoryUser user) {
        Optional<String> written = user.variable("login-expires");
        if (written.isEmpty()) {
            return 0;
        }
        long now = time.wallTime().getEpochSecond();
        String digits = written.get().trim();
        long at = digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : 0;
        return at > now ? at : now + DEFAULT_EXPIRY_SECONDS;
    }

    /// One line that fail2ban can read: `verto login failed user="..." address=... reason="..."`.
    private void logFailure(LoginParams params, InetAddress from, String reason) {
        log.warn("verto login failed user=\"{}\" address={} reason=\"{}\"", LogText.safe(params.login()), from.getHostAddress(), reason);
    }

    /// Whether a client may go on.
    public sealed interface Verdict {
        record Admitted(Principal principal) implements Verdict {}

        /// @param looked whether the password was looked at; if it was not, it may have been the right one
        /// @param pause how long nothing will be looked at; zero where that is not why
        record Refused(Refusal refusal, boolean looked, Duration pause) implements Verdict {
            Refused(Refusal refusal) {
                this(refusal, true, Duration.ZERO);
            }
        }

        /// The same to the client as a wrong password.
        Refused BUSY = new Refused(Refusal.LOGIN_FAILED, false, Duration.ZERO);
    }
}
