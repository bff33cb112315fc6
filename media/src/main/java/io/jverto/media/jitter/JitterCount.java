package io.jverto.media.jitter;

import io.jverto.base.count.Counters;

/// What jitter buffers count.
public enum JitterCount implements Counters.Counted {
    LATE("packets that came after their turn"),
    DUPLICATE("packets that had come before"),
    LOST("packets that were given up when their turn came"),
    DRY("frames that were due when the buffer was empty"),
    TOO_LONG("packets refused because their payload is longer than a slot"),
    RESTARTED("streams begun anew after a jump of the sequence number or another SSRC");

    private final String description;

    JitterCount(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }
}
