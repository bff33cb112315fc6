package io.jverto.switchboard.command;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.port.JsonCommand;
import java.time.Duration;

/// `jsapi status` (verto-wire.md section 7.4). What is not measured is left out: rates, idle CPU, stack sizes, the peak of five minutes.
public final class JsonStatus implements JsonCommand {
    private static final int DAYS_OF_YEAR = 365;
    private static final int NANOS_OF_MICRO = 1_000;
    private static final int MICROS_OF_MILLI = 1_000;

    private final LiveChannels channels;
    private final TimeSource time;

    public JsonStatus(LiveChannels channels, TimeSource time) {
        this.channels = channels;
        this.time = time;
    }

    @Override
    public String name() {
        return "status";
    }

    @Override
    public JsonObject run(JsonObject data, JsonObject client) {
        JsonObject count = new JsonObjectBuilder()
                .put("total", channels.sinceStart())
                .put("active", channels.count())
                .put("peak", channels.peak())
                .put("limit", channels.limit())
                .build();
        return new JsonObjectBuilder()
                .put("systemStatus", "ready")
                .put("uptime", uptime(Duration.between(channels.startedAt(), time.wallTime())))
                .put("version", SwitchCommands.VERSION)
                .put("sessions", new JsonObjectBuilder().put("count", count).build())
                .build();
    }

    private static JsonObject uptime(Duration up) {
        return new JsonObjectBuilder()
                .put("years", up.toDays() / DAYS_OF_YEAR)
                .put("days", up.toDays() % DAYS_OF_YEAR)
                .put("hours", up.toHoursPart())
                .put("minutes", up.toMinutesPart())
                .put("seconds", up.toSecondsPart())
                .put("milliseconds", up.toMillisPart())
                .put("microseconds", up.toNanosPart() / NANOS_OF_MICRO % MICROS_OF_MILLI)
                .build();
    }
}
