package io.jverto.server.metrics;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.command.LiveChannels;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Whether the server takes calls, for whoever sends it some. Thread-safe.
public final class Health {
    private final LiveChannels channels;
    private final BooleanSupplier database;
    private final TimeSource time;

    /// @param database whether it could be used when it was last needed
    public Health(LiveChannels channels, BooleanSupplier database, TimeSource time) {
        this.channels = channels;
        this.database = database;
        this.time = time;
    }

    /// @param takesCalls whether new calls are let in; without it no more should be sent here
    /// @param text for people and programs
    record Report(boolean takesCalls, JsonObject text) {}

    Report look() {
        boolean full = channels.count() >= channels.limit();
        String calls = channels.paused() ? "no new ones are taken" : full ? "there are as many as there may be" : "taken";
        boolean takesCalls = !channels.paused() && !full;
        return new Report(takesCalls, new JsonObjectBuilder()
                .put("status", takesCalls ? "up" : "busy")
                .put("uptimeSeconds", Duration.between(channels.startedAt(), time.wallTime()).toSeconds())
                .put("channels", channels.count())
                .put("calls", calls)
                .put("database", database.getAsBoolean() ? "used" : "away: its users cannot log in, call records wait on the disk")
                .build());
    }
}
