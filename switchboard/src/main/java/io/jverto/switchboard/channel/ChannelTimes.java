package io.jverto.switchboard.channel;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/// When what happened to a channel, in microseconds since 1970; 0 for what has not happened. Written and read by the channel's thread.
final class ChannelTimes {
    private long created;
    private long profileCreated;
    private int profile = 1;
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
        profileCreated = created;
    }

    /// It was answered before the server was started again.
    void answered(Instant when) {
        answered = micros(when);
    }

    /// The channel goes elsewhere with a profile of its own.
    void transferred(Instant when) {
        profileCreated = micros(when);
        profile++;
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
        headers.put("Caller-Profile-Index", String.valueOf(profile));
        headers.put("Caller-Profile-Created-Time", String.valueOf(profileCreated));
        headers.put("Caller-Channel-Created-Time", String.valueOf(created));
        headers.put("Caller-Channel-Answered-Time", String.valueOf(answered));
        headers.put("Caller-Channel-Progress-Time", String.valueOf(progress));
        headers.put("Caller-Channel-Progress-Media-Time", String.valueOf(progressMedia));
        headers.put("Caller-Channel-Hangup-Time", String.valueOf(hungUp));
        headers.put("Caller-Channel-Transfer-Time", field("transferred_time"));
        headers.put("Caller-Channel-Bridged-Time", String.valueOf(bridged));
        headers.put("Caller-Channel-Last-Hold", String.valueOf(held));
        headers.put("Caller-Channel-Hold-Accum", String.valueOf(heldInAll));
    }

    /// @param name of a field of the profile that counts now, as dialplans call it. When a profile was transferred is known of the one before
    /// alone, so that it is 0 here, as on the reference server
    /// @return empty when there is no such field
    String field(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "profile_index" -> String.valueOf(profile);
            case "profile_created_time" -> String.valueOf(profileCreated);
            case "created_time" -> String.valueOf(created);
            case "answered_time" -> String.valueOf(answered);
            case "progress_time" -> String.valueOf(progress);
            case "progress_media_time" -> String.valueOf(progressMedia);
            case "hungup_time" -> String.valueOf(hungUp);
            case "transferred_time" -> "0";
            default -> "";
        };
    }
}
