package io.jverto.verto;

import io.jverto.portkit.IdleMedia;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.MediaListener;
import io.jverto.switchboard.port.MediaRules;
import io.jverto.switchboard.port.MediaService;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Media that only counts how many are open.
final class NoSound implements MediaService {
    final AtomicInteger open = new AtomicInteger();

    @Override
    public Optional<MediaRef> open(ChannelId channel, Optional<InetAddress> peer, MediaRules rules, MediaListener listener) {
        open.incrementAndGet();
        return Optional.of(new Silence());
    }

    @Override
    public Wired openWire(ChannelId one, MediaListener ofOne, ChannelId other, MediaListener ofOther) {
        throw new UnsupportedOperationException("no loopback here");
    }

    @Override
    public MixerRef openMixer(String name, int rateHz, int channels, int noise) {
        throw new UnsupportedOperationException("no rooms here");
    }

    @Override
    public void bridge(MediaRef one, MediaRef other) {}

    private final class Silence extends IdleMedia {
        private final AtomicBoolean closed = new AtomicBoolean();

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                open.decrementAndGet();
            }
        }
    }
}
