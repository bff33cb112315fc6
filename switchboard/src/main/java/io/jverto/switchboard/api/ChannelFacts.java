package io.jverto.switchboard.api;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelHeaders;
import io.jverto.switchboard.command.LiveChannels.ChannelRow;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.MediaService.MediaStats;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// All that can be told of a channel. On the channel's own thread.
final class ChannelFacts {
    private static final long MICROS_OF_SECOND = 1_000_000;
    private static final long NANOS_OF_MICRO = 1_000;

    private ChannelFacts() {}

    /// As in a call record of the reference server, as far as it is known while the call is up: `channel_data`, `variables`,
    /// `callflow` with `caller_profile` and `times` in microseconds since 1970.
    static JsonObject record(Channel channel) {
        CallerProfile profile = channel.profile();
        JsonObject flow = new JsonObjectBuilder()
                .put("dialplan", profile.dialplan())
                .put("caller_profile", profile.json(channel.id()))
                .put("times", new JsonObjectBuilder().put("created_time", JsonNumber.of(created(channel))).build())
                .build();
        return new JsonObjectBuilder()
                .put("channel_data", new JsonObjectBuilder()
                        .put("state", channel.state().stateName())
                        .put("direction", direction(channel))
                        .put("callstate", channel.state().callState())
                        .build())
                .put("variables", new JsonObjectBuilder().putAll(channel.variables().plain()).build())
                .put("callflow", new JsonArray(List.of(flow)))
                .build();
    }

    /// The `audio` object of `mediaStats`.
    static JsonObject audio(Channel channel) {
        if (!channel.hasMedia()) {
            return JsonObject.EMPTY;
        }
        return figures(channel.media().stats()).build();
    }

    /// The `video` object of `mediaStats`.
    ///
    /// @return empty for a call without
    static Optional<JsonObject> video(Channel channel) {
        return channel.handle().video().flatMap(plan -> channel.media().videoStats().map(stats -> figures(stats).put("codec", plan.codec().sdpName()).build()));
    }

    private static JsonObjectBuilder figures(MediaStats stats) {
        return new JsonObjectBuilder()
                .put("inbound", new JsonObjectBuilder()
                        .put("raw_bytes", stats.bytesRx())
                        .put("packet_count", stats.packetsRx())
                        .put("lost_packet_count", stats.packetsLost())
                        .put("jitter_ms", new JsonNumber(String.format(Locale.ROOT, "%.3f", Double.isFinite(stats.jitterMillis()) ? stats.jitterMillis() : 0.0)))
                        .build())
                .put("outbound", new JsonObjectBuilder()
                        .put("raw_bytes", stats.bytesTx())
                        .put("packet_count", stats.packetsTx())
                        .build());
    }

    /// Headers and variables as `uuid_dump` tells them (dialplan-directory.md section 6).
    static Map<String, String> headers(Channel channel) {
        Map<String, String> headers = ChannelHeaders.of(channel, channel.state());
        channel.variables().plain().forEach((name, value) -> headers.put("variable_" + name, value));
        return headers;
    }

    private static String direction(Channel channel) {
        return channel.outbound() ? "outbound" : "inbound";
    }

    private static long created(Channel channel) {
        Instant created = channel.handle().row().map(ChannelRow::created).orElse(Instant.EPOCH);
        return created.getEpochSecond() * MICROS_OF_SECOND + created.getNano() / NANOS_OF_MICRO;
    }
}
