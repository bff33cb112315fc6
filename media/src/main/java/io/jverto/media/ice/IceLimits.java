package io.jverto.media.ice;

/// Times in nanoseconds, and how often at most.
final class IceLimits {
    static final long MILLI = 1_000_000L;
    /// RFC 8445 section 14.2: Ta.
    static final long PACE_NANOS = 50 * MILLI;
    /// A peer that asks from more addresses than these at once is not waited for by anybody.
    static final int PROMPT_CHECKS = 3;
    /// RFC 8445 section 14.3: RTO.
    static final long FIRST_REPEAT_NANOS = 500 * MILLI;
    static final long LAST_REPEAT_NANOS = 2000 * MILLI;
    /// RFC 8489 section 6.2.1: Rc.
    static final int MAX_SENDS = 7;
    static final long CONNECT_NANOS = 30_000 * MILLI;
    /// What a browser and its pairs send in a second is far less; what is above would be a flood.
    static final int REQUESTS_PER_SECOND = 100;
    static final int REQUEST_BURST = 200;
    /// RFC 7675 section 5.1: consent is asked for every 5 s, times 0.8 to 1.2, and ends after 30 s.
    static final long CONSENT_NANOS = 5_000 * MILLI;
    static final long CONSENT_LIFE_NANOS = 30_000 * MILLI;
    /// Two questions went unanswered: look for another pair.
    static final long SILENT_NANOS = 11_000 * MILLI;
    /// A peer that checks does so as soon as it has our description.
    static final long LITE_NANOS = 2_000 * MILLI;
    /// Peers that nominate aggressively (RFC 5245 section 8.1.1.2) repeat it within this time on every pair.
    static final long AGGRESSIVE_NANOS = 5_000 * MILLI;

    private IceLimits() {}
}
