package io.jverto.media.audio;

import io.jverto.base.count.Counters;
import java.util.ArrayList;
import java.util.List;

/// The mix of one room. Owner: MIXER_TICK.
public final class AudioMixer {
    private final List<PortSetup> ports = new ArrayList<>();

    public AudioMixer(int rateHz, int channels, int gateLevel, Counters<AudioCount> counters) {}

    public void add(PortSetup setup, PortControl control) {
        ports.add(setup);
    }

    public void tick(long nowNanos, Wakes wakes) {}

    public void close() {
        ports.forEach(port -> port.listener().onClosed(PortListener.End.DETACHED));
        ports.clear();
    }

    public boolean isEmpty() {
        return ports.isEmpty();
    }
}
