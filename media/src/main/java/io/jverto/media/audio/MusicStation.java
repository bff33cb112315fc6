package io.jverto.media.audio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One endless sound for all who want it, for instance music on hold: made once, encoded once for each [EncodeKey], however many listen.
/// Who joins hears it from where it is, with an encoder of his own while there are inserts on his line. Owner: MIXER_TICK; sans-IO; a bug in one listener ends that listener.
@OwnedBy(Role.MIXER_TICK)
public final class MusicStation {
    private static final Logger log = LoggerFactory.getLogger(MusicStation.class);

    private final SoundSource source;
    private final AudioCounters counters;
    private final List<Listener> listeners = new ArrayList<>();
    private final List<EncodeGroup> groups = new ArrayList<>();
    private final short[] made;
    private final int[] wide;
    private final short[] forOne;

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
        this.forOne = new short[made.length];
    }

    public void add(PortSetup setup, PortControl control) {
        EncodeGroup group = find(setup.key(source.channels(), Frame.RATE, 0));
        group.join();
        listeners.add(new Listener(setup, control, group, new TxWriter(setup, counters), new PrivateLine(setup, source.channels(), counters)));
    }

    /// Plays the next 20 ms to all.
    public void tick(long nowNanos, Wakes wakes) {
        long tick = Math.floorDiv(nowNanos, Frame.NANOS);
        for (int i = 0; i < groups.size(); i++) {
            groups.get(i).clear();
        }
        for (int i = listeners.size() - 1; i >= 0; i--) {
            listen(i, nowNanos);
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

    private void listen(int index, long nowNanos) {
        Listener listener = listeners.get(index);
        try {
            if (listener.control.detached()) {
                remove(index, PortListener.End.DETACHED);
            } else {
                regroup(listener);
                listener.listen(nowNanos);
            }
        } catch (RuntimeException bug) {
            fail(index, listener, bug);
        }
    }

    private void regroup(Listener listener) {
        if (listener.setup.outdates(listener.group.key())) {
            leaveGroup(listener);
            listener.group = find(listener.setup.key(source.channels(), Frame.RATE, 0));
            listener.group.join();
        }
    }

    private void leaveGroup(Listener listener) {
        if (listener.group.leave()) {
            groups.remove(listener.group);
            listener.group.close();
        }
    }

    private void send(int index, long tick, long nowNanos, Wakes wakes) {
        Listener listener = listeners.get(index);
        try {
            if (listener.inserted) {
                System.arraycopy(made, 0, forOne, 0, made.length);
                listener.line.play(forOne, nowNanos, wakes);
            } else {
                listener.send(tick, nowNanos, wakes);
            }
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
        leaveGroup(listener);
        listener.line.close();
        listener.setup.tellClosed(end);
    }

    private static final class Listener {
        final PortSetup setup;
        final PortControl control;
        EncodeGroup group;
        final PrivateLine line;
        private final TxWriter out;
        private @Nullable FrameEncoder heard;
        boolean inserted;

        Listener(PortSetup setup, PortControl control, EncodeGroup group, TxWriter out, PrivateLine line) {
            this.setup = setup;
            this.control = control;
            this.group = group;
            this.out = out;
            this.line = line;
        }

        void listen(long nowNanos) {
            inserted = line.listen(nowNanos, false);
            if (inserted) {
                heard = null; // who comes back to what all hear follows another stream
                return;
            }
            if (!setup.plan().sending()) {
                return;
            }
            FrameEncoder encoder = group.listenToMix();
            if (heard != encoder) {
                encoder.cutPrediction(heard);
                heard = encoder;
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
