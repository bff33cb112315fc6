package io.jverto.media.audio;

import io.jverto.base.bytes.PacketRing;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.mixer.Pcm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Plays one [SoundSource] to one channel and throws away what the channel says. Owner: MIXER_TICK.
@OwnedBy(Role.MIXER_TICK)
public final class SoundPlayer {
    private static final Logger log = LoggerFactory.getLogger(SoundPlayer.class);
    private static final PacketRing.Reader DROP = (tag, bytes, length) -> {};

    private final SoundSource source;
    private final PortSetup setup;
    private final PortControl control;
    private final AudioCounters counters;
    private final FrameEncoder encoder;
    private final TxWriter out;
    private final short[] made;
    private final short[] frame;
    private boolean closed;

    public SoundPlayer(SoundSource source, PortSetup setup, PortControl control, AudioCounters counters) {
        this.source = source;
        this.setup = setup;
        this.control = control;
        this.counters = counters;
        EncodeKey key = EncodeKey.ofSound(setup.plan(), source.channels());
        this.encoder = new FrameEncoder(key, counters);
        this.out = new TxWriter(setup, counters);
        this.made = new short[Frame.SAMPLES * source.channels()];
        this.frame = new short[Frame.SAMPLES * key.channels()];
    }

    /// Plays the next 20 ms.
    ///
    /// @return false when it is over, and closed
    public boolean tick(long nowNanos, Wakes wakes) {
        try {
            if (control.detached()) {
                end(PortListener.End.DETACHED);
            } else {
                play(nowNanos, wakes);
            }
        } catch (RuntimeException bug) {
            log.error("playback to {} ended by a bug", setup.name(), bug);
            counters.audio().increment(AudioCount.PORTS_FAILED);
            end(PortListener.End.FAILED);
        }
        return !closed;
    }

    public void close() {
        end(PortListener.End.DETACHED);
    }

    private void play(long nowNanos, Wakes wakes) {
        while (setup.rx().poll(DROP)) {
            // nobody listens to what the channel says
        }
        if (!source.fill(made)) {
            end(source.failed() ? PortListener.End.BROKEN : PortListener.End.FINISHED);
            return;
        }
        int channels = encoder.key().channels();
        Pcm.convert(made, source.channels(), frame, channels, Frame.SAMPLES);
        long tick = Math.floorDiv(nowNanos, Frame.NANOS);
        encoder.encode(frame, Pcm.score(frame, frame.length) == 0, tick);
        if (setup.plan().sending() && out.write(encoder, tick, nowNanos)) {
            wakes.add(setup.txReady());
        }
    }

    private void end(PortListener.End end) {
        if (!closed) {
            closed = true;
            encoder.close();
            setup.tellClosed(end);
        }
    }
}
