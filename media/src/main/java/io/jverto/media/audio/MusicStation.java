package io.jverto.media.audio;

import io.jverto.base.bytes.PacketRing;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One endless sound for all who want it, for instance music on hold: made once, encoded once for each [EncodeKey], however many listen.
/// Who joins hears it from where it is. Owner: MIXER_TICK; sans-IO; a bug in one listener ends that listener.
@OwnedBy(Role.MIXER_TICK)
public final class MusicStation {
    private static final Logger log = LoggerFactory.getLogger(MusicStation.class);
    private static final PacketRing.Reader DROP = (tag, bytes, length) -> {};

    private final SoundSource source;
    private final AudioCounters counters;
    private final List<Listener> listeners = new ArrayList<>();
    private final List<EncodeGroup> groups = new ArrayList<>();
    private final short[] made;
    private final int[] wide;

    /// Plays the built-in music.
    public MusicStation(AudioCounters counters) {
        this(new MusicSource(), counters);
    }

    /// @param source without end
    public MusicStation(SoundSource source, AudioCounters counters) {
        this.source = source;
        this.counters = counters;
        this.made = new short[Frame.SAMPLES * source.channels()];
        this.wide = new int[made.length];
    }

    public void add(PortSetup setup, PortControl control) {
        EncodeGroup group = find(EncodeKey.ofSound(setup.plan(), source.channels()));
        group.join();
        listeners.add(new Listener(setup, control, group, new TxWriter(setup, counters)));
    }

    /// Plays the next 20 ms to all.
    public void tick(long nowNanos, Wakes wakes) {
        long tick = Math.floorDiv(nowNanos, Frame.NANOS);
        for (int i = 0; i < groups.size(); i++) {
            groups.get(i).clear();
        }
        for (int i = listeners.size() - 1; i >= 0; i--) {
            listen(i);
        }
        if (listeners.isEmpty()) {
            return;
        }
        source.fill(made);
        for (int i = 0; i < made.length; i++) {
            wide[i] = made[i];
        }
        for (int i = 0; i < groups.size(); i++) {
            groups.get(i).encode(wide, false, tick);
        }
        for (int i = listeners.size() - 1; i >= 0; i--) {
            send(i, tick, nowNanos, wakes);
        }
    }

    public boolean isEmpty() {
        return listeners.isEmpty();
    }

    public void close() {
        for (int i = listeners.size() - 1; i >= 0; i--) {
            remove(i, PortListener.End.DETACHED);
        }
    }

    private void listen(int index) {
        Listener listener = listeners.get(index);
        try {
            if (listener.control.detached()) {
                remove(index, PortListener.End.DETACHED);
            } else {
                listener.listen();
            }
        } catch (RuntimeException bug) {
            fail(index, listener, bug);
        }
    }

    private void send(int index, long tick, long nowNanos, Wakes wakes) {
        Listener listener = listeners.get(index);
        try {
            listener.send(tick, nowNanos, wakes);
        } catch (RuntimeException bug) {
            fail(index, listener, bug);
        }
    }

    private EncodeGroup find(EncodeKey key) {
        for (EncodeGroup group : groups) {
            if (group.key().equals(key)) {
                return group;
            }
        }
        EncodeGroup group = new EncodeGroup(key, source.channels(), counters);
        groups.add(group);
        return group;
    }

    /// @param listener stands at `index`, unless its end is what failed
    private void fail(int index, Listener listener, RuntimeException bug) {
        log.error("music for {} ended by a bug", listener.setup.name(), bug);
        counters.audio().increment(AudioCount.PORTS_FAILED);
        if (index < listeners.size() && listeners.get(index) == listener) {
            remove(index, PortListener.End.FAILED);
        }
    }

    private void remove(int index, PortListener.End end) {
        Listener listener = listeners.remove(index);
        if (listener.group.leave()) {
            groups.remove(listener.group);
            listener.group.close();
        }
        listener.setup.tellClosed(end);
    }

    private static final class Listener {
        final PortSetup setup;
        final PortControl control;
        final EncodeGroup group;
        private final TxWriter out;
        private @Nullable FrameEncoder heard;

        Listener(PortSetup setup, PortControl control, EncodeGroup group, TxWriter out) {
            this.setup = setup;
            this.control = control;
            this.group = group;
            this.out = out;
        }

        void listen() {
            while (setup.rx().poll(DROP)) {
                // nobody listens to what the channel says
            }
            if (!setup.plan().sending()) {
                return;
            }
            FrameEncoder encoder = group.listenToMix();
            if (heard != encoder) {
                heard = encoder;
                encoder.cutPrediction();
            }
        }

        void send(long tick, long nowNanos, Wakes wakes) {
            FrameEncoder encoder = heard;
            if (encoder != null && out.write(encoder, tick, nowNanos)) {
                wakes.add(setup.txReady());
            }
        }
    }
}
