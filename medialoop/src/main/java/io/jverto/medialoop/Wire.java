package io.jverto.medialoop;

import io.jverto.base.Broken;
import io.jverto.base.bytes.PacketRing;
import io.jverto.media.audio.Inserts;
import io.jverto.media.audio.JitterLimits;
import io.jverto.media.audio.PlayoutFigures;
import io.jverto.media.audio.PortListener;
import io.jverto.media.audio.PortSetup;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.JitterBounds;
import io.jverto.media.plan.OpusSettings;
import io.jverto.media.rtp.PeerLoss;
import io.jverto.medialoop.tick.AudioTicks;
import io.jverto.medialoop.tick.PortRef;
import io.jverto.medialoop.tick.TickMixerRef;
import java.util.Optional;
import java.util.function.Function;

/// Two channels that are each other's client, without a network between them: what one says is what the other one hears. Both ends meet
/// in a mixer. Whom an end is joined with goes into that mixer himself; a sound, a room or a recording that an end is given is
/// connected to it by two ports whose packets cross over. Guarded by [Routing].
final class Wire {
    private static final int RING_PACKETS = 16;
    private static final int RING_BYTES = 1_400;
    private static final int RATE = 48_000;
    private static final int STEREO = 2;
    /// As on a line between two people.
    private static final int OPEN_GATE = 0;
    private static final AudioPlan PLAN =
            new AudioPlan(AudioCodec.OPUS, 96, STEREO, STEREO, 20, OpusSettings.DEFAULT, -1, RATE, true, true);

    private final TickMixerRef mixer;
    private int ends = 2;

    Wire(AudioTicks ticks, String name) {
        this.mixer = openMixer(ticks, "wire " + name);
    }

    TickMixerRef mixer() {
        return mixer;
    }

    /// With the second of them the wire is gone.
    void endCloses() {
        ends--;
        if (ends == 0) {
            mixer.close();
        }
    }

    /// Two ports, each of which hears what the other one says.
    ///
    /// @param far what stands behind the wire; it has a listener of its own
    record Patch(Optional<PortRef> near, Optional<PortRef> far) {
        void detach() {
            near.ifPresent(PortRef::detach);
            far.ifPresent(PortRef::detach);
        }
    }

    /// @param behind what is on the line of the end whose mixer this is: the far port sees its sound as a call's port does
    /// @param before the same of whoever the far port belongs to, if that is another wire's end
    /// @param attach puts the far port where it belongs
    Patch patch(String name, PortListener listener, Inserts behind, Inserts before, Function<PortSetup, Optional<PortRef>> attach) {
        PacketRing there = ring();
        PacketRing back = ring();
        Optional<PortRef> far = attach.apply(setup(name, there, back, listener, behind));
        Optional<PortRef> near = far.isPresent() ? join(name, back, there, before) : Optional.empty();
        return new Patch(near, far);
    }

    /// What comes out of the wire goes back into it.
    Patch echo(String name) {
        PacketRing round = ring();
        return new Patch(join(name, round, round, new Inserts()), Optional.empty());
    }

    private Optional<PortRef> join(String name, PacketRing rx, PacketRing tx, Inserts inserts) {
        return mixer.attach(setup(name, rx, tx, new Unheard(), inserts), false, false);
    }

    private static PortSetup setup(String name, PacketRing rx, PacketRing tx, PortListener listener, Inserts inserts) {
        return new PortSetup(name, PLAN, new JitterLimits(JitterBounds.DEFAULT), new PlayoutFigures(), new PeerLoss(), rx, tx, () -> { }, listener, inserts, false);
    }

    static TickMixerRef openMixer(AudioTicks ticks, String name) {
        return ticks.openMixer(name, RATE, STEREO, OPEN_GATE);
    }

    private static PacketRing ring() {
        return new PacketRing(RING_PACKETS, RING_BYTES);
    }

    /// @return channels of a recording at an end
    static int channels() {
        return STEREO;
    }

    static int rate() {
        return RATE;
    }

    static Broken noAddress() {
        return new Broken("a wire has no address");
    }

    /// A port that only hands on.
    private static final class Unheard implements PortListener {
        @Override
        public void onTalking(boolean talking) {
            // nobody's own voice
        }

        @Override
        public void onClosed(End end) {
            // its ring is nobody's
        }
    }
}
