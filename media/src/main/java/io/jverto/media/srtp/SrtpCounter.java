package io.jverto.media.srtp;

import io.jverto.base.count.Counters;

/// Why SRTP and SRTCP packets were dropped.
public enum SrtpCounter implements Counters.Counted {
    MALFORMED("SRTP packets dropped because they are too short, too long, or their header runs over the end"),
    BAD_TAG("SRTP packets dropped because they are not authentic"),
    REPLAYED("SRTP packets dropped as replays or as too old to tell (RFC 3711 section 3.3.2)"),
    SOURCE_EVICTED("Receiving contexts given up for a newer SSRC"),
    SOURCE_REFUSED("Packets not sent because we use too many SSRCs"),
    NO_ROOM("Packets not sent because the tag does not fit behind them"),
    INDEX_USED("Packets not sent because their index was used before, or the key has reached the end of its life");

    private final String description;

    SrtpCounter(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }
}
