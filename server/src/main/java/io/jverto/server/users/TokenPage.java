package io.jverto.server.users;

import io.jverto.base.count.Budget;
import io.jverto.base.count.Counters;
import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.json.JsonValue.JsonString;
import io.jverto.base.net.AddressGroup;
import io.jverto.base.time.TimeSource;
import io.jverto.base.tls.ServerCertificate;
import io.jverto.switchboard.directory.LoginThrottle;
import io.jverto.verto.connect.PageHandler;
import io.jverto.verto.site.SiteReply;
import io.jverto.verto.site.SiteRequest;
import io.jverto.wire.jsonrpc.JsonText;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// `POST /tokens`: an operator's own web application gets a token for a user, where `token_desk.conf` has a secret
/// (verto-extensions.md, tokens in place of passwords). Whoever shows the secret can be any user, so that it is compared in constant time, wrong
/// ones make their address wait, and it comes into no log. Thread-safe.
public final class TokenPage implements PageHandler {
    private static final String PATH = "/tokens";
    private static final String SCHEME = "bearer ";
    /// More than a company has users that sign in within a second.
    static final int PER_SECOND = 100;
    private static final List<String> TEXTS = List.of("user", "domain", "number");

    private final PageHandler next;
    private final TokenDesk desk;
    private final Supplier<Optional<TokenDeskConfig>> config;
    private final TimeSource time;
    private final LoginThrottle throttle = new LoginThrottle();
    private final Counters<TokenCount> counters = new Counters<>(TokenCount.class);
    private final Budget pace;

    /// @param next everything else
    /// @param config as it is now
    public TokenPage(PageHandler next, TokenDesk desk, Supplier<Optional<TokenDeskConfig>> config, TimeSource time) {
        this.next = next;
        this.desk = desk;
        this.config = config;
        this.time = time;
        this.pace = new Budget(PER_SECOND, PER_SECOND, time.nanoTime());
    }

    public Counters<TokenCount> counters() {
        return counters;
    }

    @Override
    public PageResponse handle(PageRequest request) {
        return next.handle(request);
    }

    @Override
    public boolean isFile(String path) {
        return path.equals(PATH) && config.get().isPresent() || next.isFile(path);
    }

    @Override
    public Optional<ServerCertificate> proof(String host) {
        return next.proof(host);
    }

    @Override
    public SiteReply file(SiteRequest request) {
        Optional<TokenDeskConfig> current = request.path().equals(PATH) ? config.get() : Optional.empty();
        return current.isPresent() ? answer(request, current.get()) : next.file(request);
    }

    private SiteReply answer(SiteRequest request, TokenDeskConfig current) {
        if (!current.admits(request.from())) {
            counters.increment(TokenCount.FORBIDDEN);
            return refused(403, "apply-inbound-acl of token_desk.conf keeps " + request.from().getHostAddress() + " out");
        }
        if (!request.method().equals("POST")) {
            return refused(405, "a token is asked for by POST", "allow", "POST");
        }
        Duration pause = pause(request);
        if (pause.isPositive()) {
            counters.increment(TokenCount.THROTTLED);
            return refused(429, "too many wrong secrets from this address", "retry-after", seconds(pause));
        }
        if (!isAdmitted(request, current)) {
            counters.increment(TokenCount.SECRETS_WRONG);
            return refused(401, "show the secret of token_desk.conf: Authorization: Bearer SECRET", "www-authenticate", "Bearer");
        }
        if (!isInTime()) {
            counters.increment(TokenCount.TOO_FAST);
            return refused(429, "more than " + PER_SECOND + " tokens a second", "retry-after", "1");
        }
        SiteReply reply = wish(request.body(), current);
        counters.increment(reply.status() == 200 ? TokenCount.GIVEN : TokenCount.REFUSED);
        return reply;
    }

    private Duration pause(SiteRequest request) {
        String from = AddressGroup.of(request.from());
        return throttle.pause(time.nanoTime(), from, from);
    }

    private boolean isAdmitted(SiteRequest request, TokenDeskConfig current) {
        String from = AddressGroup.of(request.from());
        String shown = request.authorization();
        boolean bearer = shown.toLowerCase(Locale.ROOT).startsWith(SCHEME);
        if (bearer && current.isSecret(shown.substring(SCHEME.length()).strip())) {
            throttle.succeeded(from);
            return true;
        }
        throttle.failed(time.nanoTime(), from, from);
        return false;
    }

    private synchronized boolean isInTime() {
        return pace.take(time.nanoTime(), 1);
    }

    /// @param body `{"user": "1000", "domain": "pbx.test", "minutes": 5, "number": "3000"}`, of which the user alone must be there
    private SiteReply wish(String body, TokenDeskConfig current) {
        if (!(JsonText.parse(body).orElse(JsonLiteral.NULL) instanceof JsonObject fields)) {
            return refused(400, "the body must be a JSON object such as {\"user\": \"1000\", \"minutes\": 5}");
        }
        Map<String, String> texts = new HashMap<>();
        for (Map.Entry<String, JsonValue> field : fields.members().entrySet()) {
            switch (field.getValue()) {
                case JsonString(String text) when TEXTS.contains(field.getKey()) -> texts.put(field.getKey(), text);
                case JsonNumber(String digits) when field.getKey().equals("minutes") -> texts.put(field.getKey(), digits);
                default -> {
                    return refused(400, "'" + shortened(field.getKey()) + "' is not understood: user, domain and number are texts, minutes is a number, and there is nothing else");
                }
            }
        }
        String user = texts.getOrDefault("user", "");
        if (user.isEmpty()) {
            return refused(400, "'user' is missing");
        }
        return switch (desk.ask(user, texts.getOrDefault("domain", ""), texts.getOrDefault("minutes", ""), texts.getOrDefault("number", ""), current.maxMinutes())) {
            case TokenDesk.Answer.Given given -> json(200, new JsonObjectBuilder()
                    .put("token", given.token()).put("user", given.user().toString()).put("expires", given.ends().getEpochSecond()).build(), Map.of());
            case TokenDesk.Answer.Unknown(String why) -> refused(404, why);
            case TokenDesk.Answer.Refused(String why) -> refused(400, why);
        };
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }

    private static String seconds(Duration pause) {
        return String.valueOf(pause.plusMillis(999).toSeconds());
    }

    private static SiteReply refused(int status, String why, String... header) {
        return json(status, new JsonObjectBuilder().put("error", why).build(), header.length == 0 ? Map.of() : Map.of(header[0], header[1]));
    }

    private static SiteReply json(int status, JsonObject body, Map<String, String> more) {
        Map<String, String> headers = new HashMap<>(more);
        headers.put("content-type", "application/json");
        headers.put("cache-control", "no-store");
        headers.put("x-content-type-options", "nosniff");
        return new SiteReply.Words(status, headers, JsonText.write(body) + "\n");
    }
}
