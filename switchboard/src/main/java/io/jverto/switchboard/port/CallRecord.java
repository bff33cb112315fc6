package io.jverto.switchboard.port;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What is left of one channel, one leg of a call, when it has ended. Immutable. Whatever a client, a caller or a dialplan chose is in it as it
/// was: not checked, of any length.
///
/// @param id the channel's
/// @param leg which side of a call it was
/// @param otherId of the channel that it last talked with, else of the one that called it; empty when there is none
/// @param codec what it and its client agreed to send, empty when they did not
/// @param quality of its sound, when any came
/// @param variables names in any letter case
public record CallRecord(
        ChannelId id, Leg leg, CallerProfile profile, Times times, Cause cause, String otherId, String codec, LastStep lastStep,
        Optional<CallQuality> quality, Map<String, String> variables) {
    /// Variables by which a client proves which session is its own: they are in no record.
    public static final Set<String> SECRET = Set.of("jsock_uuid_str", "event_channel_cookie");

    public CallRecord {
        Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(variables);
        variables = Collections.unmodifiableMap(copy);
    }

    /// A side of a call.
    public enum Leg {
        /// A client placed it.
        INBOUND,
        /// The switch called a device for nobody else, for instance by `originate`.
        ORIGINATED,
        /// The switch called a device for another channel.
        CALLED;

        /// Whether it is the B leg of a call.
        public boolean isB() {
            return this == CALLED;
        }
    }

    /// @param answered empty when it never was
    public record Times(Instant created, Optional<Instant> answered, Instant ended) {}

    /// The application that ran last.
    public record LastStep(String application, String data) {}
}
