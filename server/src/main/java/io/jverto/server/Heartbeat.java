package io.jverto.server;

import io.jverto.base.time.Repeating;
import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.command.LiveChannels;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.event.EventName;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Tells whoever listens that the switch is alive, and how busy: HEARTBEAT each [#EVERY].
final class Heartbeat implements AutoCloseable {
    static final Duration EVERY = Duration.ofSeconds(20);

    private final CoreEvents core;
    private final LiveChannels channels;
    private final TimeSource time;
    private final Repeating beats;

    private Heartbeat(CoreEvents core, LiveChannels channels, TimeSource time) {
        this.core = core;
        this.channels = channels;
        this.time = time;
        this.beats = new Repeating(time, "heartbeat", EVERY);
    }

    static Heartbeat start(CoreEvents core, LiveChannels channels, TimeSource time) {
        Heartbeat heart = new Heartbeat(core, channels, time);
        heart.beats.startLater(heart::beat);
        return heart;
    }

    private void beat() {
        core.publish(EventName.HEARTBEAT, this::headers);
    }

    private Map<String, String> headers() {
        Duration up = Duration.between(channels.startedAt(), time.wallTime());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Event-Info", "System Ready");
        headers.put("Up-Time", up.toDays() / 365 + " years, " + up.toDays() % 365 + " days, " + up.toHoursPart() + " hours, " + up.toMinutesPart()
                + " minutes, " + up.toSecondsPart() + " seconds");
        headers.put("Uptime-msec", String.valueOf(up.toMillis()));
        headers.put("Session-Count", String.valueOf(channels.count()));
        headers.put("Max-Sessions", String.valueOf(channels.limit()));
        headers.put("Session-Since-Startup", String.valueOf(channels.sinceStart()));
        headers.put("Session-Peak-Max", String.valueOf(channels.peak()));
        headers.put("Heartbeat-Interval", String.valueOf(EVERY.toSeconds()));
        return headers;
    }

    @Override
    public void close() {
        beats.close();
    }
}
