package io.jverto.server.metrics;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.command.LiveChannels;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Whether the server takes calls and they work, for whoever sends it some. Thread-safe.
public final class Health {
    private final LiveChannels channels;
    private final BooleanSupplier database;
    private final Optional<SelfCalls> selfCalls;
    private final TimeSource time;

    /// @param database whether it could be used when it was last needed
    /// @param selfCalls empty when the server makes none
    public Health(LiveChannels channels, BooleanSupplier database, Optional<SelfCalls> selfCalls, TimeSource time) {
        this.channels = channels;
        this.database = database;
        this.selfCalls = selfCalls;
        this.time = time;
    }

    /// @param isWell whether new calls are let in and work as far as is known; without it no more should be sent here
    /// @param text for people and programs
    record Report(boolean isWell, JsonObject text) {}

    Report look() {
        boolean full = channels.count() >= channels.limit();
        String calls = channels.paused() ? "no new ones are taken" : full ? "there are as many as there may be" : "taken";
        boolean takesCalls = !channels.paused() && !full;
        boolean failing = selfCalls.filter(made -> !made.areWell()).isPresent();
        JsonObjectBuilder text = new JsonObjectBuilder()
                .put("status", !takesCalls ? "busy" : failing ? "failing" : "up")
                .put("uptimeSeconds", Duration.between(channels.startedAt(), time.wallTime()).toSeconds())
                .put("channels", channels.count())
                .put("calls", calls)
                .put("database", database.getAsBoolean() ? "used" : "away: its users cannot log in, call records wait on the disk");
        selfCalls.ifPresent(made -> text.put("selfCall", made.text()));
        return new Report(takesCalls && !failing, text.build());
    }
}
