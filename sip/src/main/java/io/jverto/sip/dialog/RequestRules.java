package io.jverto.sip.dialog;

import io.jverto.base.count.Counters;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.message.SipUri;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What we can do, as our requests say it and those of others have to want it: methods, extensions, bodies (RFC 3261 section 8.2).
public final class RequestRules {
    private static final Set<String> EXTENSIONS = Set.of("100rel", "timer", "replaces");
    private static final Set<String> EXTENSIONS_WITHOUT_TIMER = Set.of("100rel", "replaces");
    private static final List<String> METHODS = List.of(
            "INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "MESSAGE", "INFO", "UPDATE", "REGISTER", "REFER", "NOTIFY", "PRACK", "SUBSCRIBE", "PUBLISH");

    private final UserAgentConfig config;
    private final Counters<CallCounter> counters;

    RequestRules(UserAgentConfig config, Counters<CallCounter> counters) {
        this.config = config;
        this.counters = counters;
    }

    /// @return with what every request of ours says of us
    Headers stamp(Headers headers) {
        return headers.with("Allow", String.join(", ", METHODS)).with("Supported", config.session().enabled() ? "timer, 100rel, replaces" : "100rel, replaces")
                .with("User-Agent", config.name());
    }

    /// @param request outside of a dialog
    /// @param calls that there are
    /// @return what refuses it; empty when it may come in
    Optional<SipResponse> refusal(SipRequest request, int calls) {
        if (!METHODS.contains(request.method().name())) {
            return Optional.of(notAllowed(request));
        }
        Optional<SipResponse> unsupported = unsupported(request, config.session().enabled() ? EXTENSIONS : EXTENSIONS_WITHOUT_TIMER);
        unsupported.filter(refusal -> refusal.status() == 420).ifPresent(_ -> counters.increment(CallCounter.EXTENSION_UNKNOWN));
        return unsupported.or(() -> request.is(SipMethod.INVITE) ? refusalOfInvite(request, calls) : Optional.empty());
    }

    /// @return what refuses a request, of any method, that wants what nobody can have here (RFC 3261 sections 8.2.2.1 and 8.2.2.3)
    public static Optional<SipResponse> unsupported(SipRequest request) {
        return unsupported(request, EXTENSIONS);
    }

    private static Optional<SipResponse> unsupported(SipRequest request, Set<String> known) {
        Set<String> unknown = request.headers().words("Require").stream().filter(tag -> !known.contains(tag)).collect(Collectors.toSet());
        if (!unknown.isEmpty()) {
            return Optional.of(request.reply(420).withHeader("Unsupported", unknown.stream().sorted().collect(Collectors.joining(", "))));
        }
        return request.uri() instanceof SipUri ? Optional.empty() : Optional.of(request.reply(416));
    }

    private Optional<SipResponse> refusalOfInvite(SipRequest invite, int calls) {
        boolean strange = !invite.body().isEmpty() && !invite.hasSdp() || invite.headers().has("Content-Encoding");
        if (invite.headers().number("Max-Forwards").orElse(1) == 0) {
            return Optional.of(invite.reply(483));
        } else if (invite.contact().isEmpty()) {
            return Optional.of(invite.reply(400, "Contact is missing"));
        } else if (invite.headers().lines(Replaces.HEADER).stream().anyMatch(line -> Replaces.parse(line).isEmpty())
                || invite.headers().lines(Replaces.HEADER).size() > 1) {
            return Optional.of(invite.reply(400, "Bad Replaces")); // RFC 3891 section 3
        } else if (strange) {
            return Optional.of(invite.reply(415).withHeader("Accept", Session.SDP));
        } else if (!takesSdp(invite)) {
            return Optional.of(invite.reply(406));
        } else if (new SessionTimer(config).isTooShort(invite)) {
            return Optional.of(invite.reply(422).withHeader("Min-SE", Integer.toString(config.session().leastSeconds())));
        } else if (calls >= config.maxCalls()) {
            counters.increment(CallCounter.CALL_OVER_LIMIT);
            return Optional.of(invite.reply(503, "Maximum Calls In Progress").withHeader("Retry-After", "300"));
        }
        return Optional.empty();
    }

    /// RFC 3261 section 20.1: no Accept stands for SDP.
    private static boolean takesSdp(SipRequest invite) {
        String accept = String.join(",", invite.headers().lines("Accept")).toLowerCase(Locale.ROOT);
        return accept.isBlank() || Stream.of(Session.SDP, "application/*", "*/*").anyMatch(accept::contains);
    }

    /// RFC 3261 section 8.2.1.
    static SipResponse notAllowed(SipRequest request) {
        boolean known = METHODS.contains(request.method().name());
        return request.reply(known ? 405 : 501).withHeader("Allow", String.join(", ", METHODS));
    }
}
