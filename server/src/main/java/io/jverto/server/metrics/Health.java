package io.jverto.server.metrics;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.command.LiveChannels;
import java.time.Duration;

/// Whether the server takes calls and they work, for whoever sends it some. Thread-safe.
public final class Health {
    private final Metrics.Sources sources;
    private final TimeSource time;

    public Health(Metrics.Sources sources, TimeSource time) {
        this.sources = sources;
        this.time = time;
    }

    /// @param isWell whether new calls are let in and work as far as is known; without it no more should be sent here
    /// @param text for people and programs
    record Report(boolean isWell, JsonObject text) {}

    Report look() {
        LiveChannels channels = sources.channels();
        boolean full = channels.count() >= channels.limit();
        String calls = channels.paused() ? "no new ones are taken" : full ? "there are as many as there may be" : "taken";
        boolean takesCalls = !channels.paused() && !full;
        boolean failing = sources.selfCalls().filter(made -> !made.areWell()).isPresent();
        JsonObjectBuilder text = new JsonObjectBuilder()
                .put("status", !takesCalls ? "busy" : failing ? "failing" : "up")
                .put("uptimeSeconds", Duration.between(channels.startedAt(), time.wallTime()).toSeconds())
                .put("channels", channels.count())
                .put("calls", calls)
                .put("database", sources.database().getAsBoolean() ? "used" : "away: its users cannot log in, call records wait on the disk");
        text.put("disk", sources.disk().text());
        sources.selfCalls().ifPresent(made -> text.put("selfCall", made.text()));
        return new Report(takesCalls && !failing, text.build());
    }
}
