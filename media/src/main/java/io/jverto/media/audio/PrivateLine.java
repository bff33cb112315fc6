package io.jverto.media.audio;

import io.jverto.base.bytes.PacketRing;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.mixer.Pcm;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A channel that hears a sound of its own. What it says is decoded only if somebody wants it. Owner: MIXER_TICK.
@OwnedBy(Role.MIXER_TICK)
final class PrivateLine {
    private static final PacketRing.Reader DROP = (tag, bytes, length) -> {};

    private final PortSetup setup;
    private final AudioCounters counters;
    private final int soundChannels;
    private FrameEncoder encoder;
    private final TxWriter out;
    private final short[] frame;
    /// Made when somebody first wants what the channel says.
    private @Nullable StreamDecoder in;
    private short[] said = new short[0];
    private boolean inserted;

    /// @param soundChannels of what it hears
    PrivateLine(PortSetup setup, int soundChannels, AudioCounters counters) {
        this.setup = setup;
        this.counters = counters;
        this.soundChannels = soundChannels;
        EncodeKey key = setup.key(soundChannels, Frame.RATE, 0);
        this.encoder = new FrameEncoder(key, counters);
        this.out = new TxWriter(setup, counters);
        this.frame = new short[Frame.SAMPLES * key.channels()];
    }

    /// A tick begins: takes what the channel says.
    ///
    /// @param wanted somebody wants it beside the inserts
    /// @return whether there are inserts, which make the line's sound different from that of others
    boolean listen(long nowNanos, boolean wanted) {
        inserted = setup.inserts().begin(this);
        if (inserted || wanted) {
            decode(nowNanos);
        } else {
            while (setup.rx().poll(DROP)) {
                // nobody listens to what the channel says
            }
        }
        return inserted;
    }

    private void decode(long nowNanos) {
        StreamDecoder decoder = in;
        if (decoder == null) {
            decoder = new StreamDecoder(setup.plan(), setup.jitter(), setup.figures(), counters);
            in = decoder;
            said = new short[Frame.SAMPLES * decoder.channels()];
        }
        decoder.drain(setup.rx());
        if (!setup.plan().receiving() || !decoder.next(nowNanos, said)) {
            Arrays.fill(said, (short) 0);
        }
        if (inserted) {
            setup.inserts().said(said, decoder.channels());
        }
    }

    /// @return what the channel said in this tick, if that was wanted
    short[] said() {
        return said;
    }

    int saidChannels() {
        StreamDecoder decoder = in;
        return decoder == null ? 1 : decoder.channels();
    }

    /// Sends the next 20 ms.
    ///
    /// @param made is changed by the inserts
    void play(short[] made, long nowNanos, Wakes wakes) {
        if (inserted) {
            setup.inserts().heard(made, soundChannels);
        }
        if (setup.outdates(encoder.key())) {
            encoder.close();
            encoder = new FrameEncoder(setup.key(soundChannels, Frame.RATE, 0), counters);
        }
        int channels = encoder.key().channels();
        Pcm.convert(made, soundChannels, frame, channels, Frame.SAMPLES);
        long tick = Math.floorDiv(nowNanos, Frame.NANOS);
        encoder.encode(frame, Pcm.score(frame, frame.length) == 0, tick);
        if (setup.plan().sending() && out.write(encoder, tick, nowNanos)) {
            wakes.add(setup.txReady());
        }
    }

    void close() {
        setup.inserts().leave(this);
        encoder.close();
        StreamDecoder decoder = in;
        if (decoder != null) {
            in = null;
            decoder.close();
        }
    }
}
