package io.jverto.media.audio;

import io.jverto.base.count.Counters;
import io.jverto.media.jitter.JitterCount;

/// The counts of all mixers and playbacks of a server.
public record AudioCounters(Counters<AudioCount> audio, Counters<JitterCount> jitter) {
    public AudioCounters() {
        this(new Counters<>(AudioCount.class), new Counters<>(JitterCount.class));
    }
}
