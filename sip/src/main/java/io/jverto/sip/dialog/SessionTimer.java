package io.jverto.sip.dialog;

import io.jverto.sip.message.Headers;
import io.jverto.sip.message.SipMessage;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// The session interval of a call (RFC 4028): who refreshes it, and when it is over.
final class SessionTimer {
    /// RFC 4028 section 4.
    static final int LEAST = 90;
    static final String HEADER = "Session-Expires";
    private static final long SECOND = 1_000_000_000L;
    private static final long MOST = 86_400;

    private final SessionRules rules;
    private long wanted;
    private long interval;
    private boolean ours;
    private long refreshNanos = Timers.NEVER;
    private long expiryNanos = Timers.NEVER;

    SessionTimer(UserAgentConfig config) {
        this.rules = config.session();
        this.wanted = rules.enabled() ? rules.seconds() : 0;
    }

    /// @return what a request of ours asks for
    Headers ask() {
        if (interval > 0) {
            return Headers.NONE.with(HEADER, interval + ";refresher=" + (ours ? "uac" : "uas")).with("Min-SE", least());
        }
        return wanted == 0 ? Headers.NONE : Headers.NONE.with(HEADER, Long.toString(wanted)).with("Min-SE", least());
    }

    private String least() {
        return Integer.toString(rules.leastSeconds());
    }

    /// The peer wants at least that much (422).
    ///
    /// @return false when it makes no sense to ask again
    boolean raise(SipMessage refusal) {
        long least = refusal.headers().number("Min-SE").orElse(0);
        boolean more = least > wanted && least <= MOST;
        wanted = more ? least : wanted;
        return more;
    }

    /// Whether the peer asks for a shorter interval than we accept: 422.
    boolean isTooShort(SipMessage request) {
        OptionalLong asked = request.headers().number(HEADER);
        return rules.enabled() && asked.isPresent() && asked.getAsLong() < rules.leastSeconds();
    }

    /// A request of the peer's is accepted.
    ///
    /// @return headers of the 2xx
    Headers onRequest(long nowNanos, SipMessage request) {
        OptionalLong asked = request.headers().number(HEADER);
        boolean able = request.headers().words("Supported").contains("timer");
        if (!rules.enabled() || asked.isEmpty() && (wanted == 0 || !able)) {
            stop();
            return Headers.NONE;
        }
        long seconds = Math.min(asked.orElse(wanted), MOST);
        boolean peer = able && !refresher(request).equals(Optional.of("uas")); // inbound: the caller, when it can
        start(nowNanos, seconds, !peer);
        Headers headers = Headers.NONE.with(HEADER, seconds + ";refresher=" + (peer ? "uac" : "uas"));
        return able ? headers.with("Require", "timer") : headers;
    }

    /// A request of ours was accepted.
    void onResponse(long nowNanos, SipMessage response) {
        OptionalLong agreed = response.headers().number(HEADER);
        if (rules.enabled() && agreed.isPresent()) {
            start(nowNanos, Math.clamp(agreed.getAsLong(), LEAST, MOST), !refresher(response).equals(Optional.of("uas")));
        } else if (wanted > 0) {
            start(nowNanos, wanted, true); // the peer cannot do this: we refresh, which tells us at least whether it is there
        } else {
            stop();
        }
    }

    private static Optional<String> refresher(SipMessage message) {
        return message.headers().first(HEADER).flatMap(value -> {
            String lower = value.toLowerCase(Locale.ROOT).replace(" ", "");
            return lower.contains(";refresher=uas") ? Optional.of("uas") : lower.contains(";refresher=uac") ? Optional.of("uac") : Optional.empty();
        });
    }

    private void start(long nowNanos, long seconds, boolean weRefresh) {
        interval = seconds;
        ours = weRefresh;
        refreshNanos = weRefresh ? nowNanos + seconds * SECOND / 2 : Timers.NEVER;
        // RFC 4028 section 10: some time before the peer would.
        expiryNanos = nowNanos + (seconds - Math.min(32, seconds / 3)) * SECOND;
    }

    void stop() {
        interval = 0;
        refreshNanos = Timers.NEVER;
        expiryNanos = Timers.NEVER;
    }

    /// @return whether it is time to refresh; true once
    boolean takeRefresh(long nowNanos) {
        boolean due = nowNanos >= refreshNanos;
        refreshNanos = due ? Timers.NEVER : refreshNanos;
        return due;
    }

    /// It could not be refreshed now.
    void postpone(long nowNanos) {
        refreshNanos = interval > 0 ? nowNanos + 5 * SECOND : Timers.NEVER;
    }

    boolean isOver(long nowNanos) {
        return nowNanos >= expiryNanos;
    }

    long deadline() {
        return Math.min(refreshNanos, expiryNanos);
    }
}
