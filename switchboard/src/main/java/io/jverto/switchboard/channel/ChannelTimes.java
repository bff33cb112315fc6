package io.jverto.switchboard.channel;

import java.time.Instant;
import java.util.Map;

/// When what happened to a channel, in microseconds since 1970; 0 for what has not happened. Written and read by the channel's thread.
final class ChannelTimes {
    private long created;
    private long progress;
    private long progressMedia;
    private long answered;
    private long bridged;
    private long held;
    private long heldInAll;
    private long hungUp;

    private static long micros(Instant when) {
        return when.getEpochSecond() * 1_000_000 + when.getNano() / 1_000;
    }

    void created(Instant when) {
        created = micros(when);
    }

    void rings(Instant when) {
        progress = micros(when);
    }

    void bridged(Instant when) {
        bridged = micros(when);
    }

    void changed(ChannelState before, ChannelState now, Instant when) {
        long micros = micros(when);
        if (before == ChannelState.HELD) {
            heldInAll += micros - held;
        }
        switch (now) {
            case EARLY -> progressMedia = micros;
            case ANSWERED -> answered = answered == 0 ? micros : answered;
            case HELD -> held = micros;
            case ENDED -> hungUp = micros;
            case NEW, ROUTING, RINGING -> { }
        }
    }

    /// Puts the field's headers, of which those that are not known yet are 0 (dialplan-directory.md section 6).
    void putInto(Map<String, String> headers) {
        headers.put("Caller-Profile-Created-Time", String.valueOf(created));
        headers.put("Caller-Channel-Created-Time", String.valueOf(created));
        headers.put("Caller-Channel-Answered-Time", String.valueOf(answered));
        headers.put("Caller-Channel-Progress-Time", String.valueOf(progress));
        headers.put("Caller-Channel-Progress-Media-Time", String.valueOf(progressMedia));
        headers.put("Caller-Channel-Hangup-Time", String.valueOf(hungUp));
        headers.put("Caller-Channel-Bridged-Time", String.valueOf(bridged));
        headers.put("Caller-Channel-Last-Hold", String.valueOf(held));
        headers.put("Caller-Channel-Hold-Accum", String.valueOf(heldInAll));
    }
}
