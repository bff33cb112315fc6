package io.jverto.sip.subscribe;

import io.jverto.sip.message.Headers;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.switchboard.port.UserId;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/// What users say of themselves by PUBLISH (RFC 3903), until that is over; of several telephones of a user the last word counts. Not thread-safe.
/// Limits: [#MOST] in all (503), [#OF_USER] of one (403).
public final class Publications {
    static final int MOST = 20_000;
    static final int OF_USER = 10;
    private static final String TYPE = "application/pidf+xml";
    private static final int LEAST_SECONDS = 60;
    private static final int DEFAULT_SECONDS = 3_600;
    private static final int LONGEST_SECONDS = 7_200;

    private final BiConsumer<UserId, Optional<PersonState>> changed;
    /// Of each user by their tags, in the order in which they were made.
    private final Map<UserId, Map<String, Publication>> byUser = new HashMap<>();
    private int size;
    /// No publication is over before that.
    private long firstNanos = Long.MAX_VALUE;

    private record Publication(PersonState state, long untilNanos) {}

    /// @param changed told whenever what a user says is another
    public Publications(BiConsumer<UserId, Optional<PersonState>> changed) {
        this.changed = changed;
    }

    /// @param user who has proven who he is
    /// @param tag of the new publication (SIP-ETag)
    public SipResponse onPublish(long nowNanos, SipRequest request, UserId user, String tag) {
        boolean presence = request.headers().first("Event").flatMap(EventPackage::of).filter(EventPackage.PRESENCE::equals).isPresent();
        Optional<String> old = request.headers().first("SIP-If-Match").map(String::strip);
        Map<String, Publication> own = byUser.getOrDefault(user, Map.of());
        Optional<Publication> before = old.map(own::get);
        OptionalLong asked = request.headers().number("Expires");
        long seconds = Math.min(asked.orElse(DEFAULT_SECONDS), LONGEST_SECONDS);
        if (!presence) {
            return request.reply(489).withHeader("Allow-Events", EventPackage.PRESENCE.token());
        } else if (old.isPresent() && before.isEmpty()) {
            return request.reply(412);
        } else if (seconds > 0 && seconds < LEAST_SECONDS) {
            return request.reply(423).withHeader("Min-Expires", Integer.toString(LEAST_SECONDS));
        } else if (before.isEmpty() && request.body().isEmpty()) {
            return request.reply(400, "Body is missing");
        } else if (!request.body().isEmpty() && !request.headers().first("Content-Type").orElse("").toLowerCase(Locale.ROOT).startsWith(TYPE)) {
            return request.reply(415).withHeader("Accept", TYPE);
        } else if (before.isEmpty() && size >= MOST) {
            return request.reply(503).withHeader("Retry-After", "60");
        } else if (before.isEmpty() && own.size() >= OF_USER) {
            return request.reply(403, "Too Many Publications");
        }
        Optional<PersonState> state = request.body().isEmpty() ? before.map(Publication::state) : PersonState.parse(request.body());
        if (state.isEmpty()) {
            return request.reply(400, "Bad PIDF");
        }
        old.ifPresent(tagBefore -> remove(user, tagBefore));
        if (seconds > 0) {
            long until = nowNanos + Duration.ofSeconds(seconds).toNanos();
            byUser.computeIfAbsent(user, _ -> new LinkedHashMap<>()).put(tag, new Publication(state.get(), until));
            size++;
            firstNanos = Math.min(firstNanos, until);
        }
        if (seconds == 0 || !before.map(Publication::state).equals(state)) {
            changed.accept(user, of(user));
        }
        return request.reply(200).withHeaders(Headers.NONE.with("SIP-ETag", tag).with("Expires", Long.toString(seconds)));
    }

    private Optional<PersonState> of(UserId user) {
        return byUser.getOrDefault(user, Map.of()).values().stream().map(Publication::state).reduce((_, last) -> last);
    }

    private void remove(UserId user, String tag) {
        Map<String, Publication> own = byUser.getOrDefault(user, new HashMap<>());
        size -= own.remove(tag) == null ? 0 : 1;
        if (own.isEmpty()) {
            byUser.remove(user);
        }
    }

    public long deadline() {
        return firstNanos;
    }

    public void onTimeout(long nowNanos) {
        if (nowNanos < firstNanos) {
            return;
        }
        for (Map.Entry<UserId, Map<String, Publication>> one : List.copyOf(byUser.entrySet())) {
            List<String> late = one.getValue().entrySet().stream().filter(tag -> tag.getValue().untilNanos() <= nowNanos).map(Map.Entry::getKey).toList();
            late.forEach(tag -> remove(one.getKey(), tag));
            if (!late.isEmpty()) {
                changed.accept(one.getKey(), of(one.getKey()));
            }
        }
        firstNanos = byUser.values().stream().flatMap(own -> own.values().stream()).mapToLong(Publication::untilNanos).min().orElse(Long.MAX_VALUE);
    }

    /// Publications that are kept.
    public int size() {
        return size;
    }
}
