package io.jverto.media.audio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.Recording.Sides;
import java.util.Arrays;
import java.util.List;

/// Puts what is said at a mixer into a ring, out of which another thread writes a file: one port's sound and that of all others.
/// Owner: MIXER_TICK.
@OwnedBy(Role.MIXER_TICK)
public final class MixTap {
    private final SoundRecorder.Target target;
    private final Sides sides;
    private final PortControl self;
    private final AudioCounters counters;
    private final int[] own = new int[Frame.SAMPLES];
    private final int[] other = new int[Frame.SAMPLES];
    private final short[] frame;

    /// @param target its ring has as many channels as `sides`
    /// @param self whose sound is meant by "own"
    public MixTap(SoundRecorder.Target target, Sides sides, PortControl self, AudioCounters counters) {
        this.target = target;
        this.sides = sides;
        this.self = self;
        this.counters = counters;
        this.frame = new short[target.ring().frameValues()];
    }

    /// Takes the next 20 ms.
    ///
    /// @return false when nobody wants more
    boolean tick(List<AudioPort> ports, int mixChannels) {
        PcmRing ring = target.ring();
        if (ring.ended() || self.detached()) {
            return false;
        }
        Arrays.fill(own, 0);
        Arrays.fill(other, 0);
        for (int i = 0; i < ports.size(); i++) {
            AudioPort port = ports.get(i);
            if (port.contributing()) {
                add(port.contribution(), mixChannels, port.control() == self ? own : other);
            }
        }
        write();
        if (!ring.offerShared(frame)) {
            counters.audio().increment(AudioCount.FRAMES_UNRECORDED);
        }
        if (ring.size() >= ring.capacity() / 4) {
            target.waiting().run();
        }
        return true;
    }

    private static void add(short[] from, int channels, int[] to) {
        for (int i = 0; i < Frame.SAMPLES; i++) {
            to[i] += channels == 1 ? from[i] : from[2 * i] + from[2 * i + 1] >> 1;
        }
    }

    private void write() {
        for (int i = 0; i < Frame.SAMPLES; i++) {
            switch (sides) {
                case MIXED -> frame[i] = clip(own[i] + other[i]);
                case OWN -> frame[i] = clip(own[i]);
                case OTHER -> frame[i] = clip(other[i]);
                case OWN_LEFT -> pair(i, own[i], other[i]);
                case OWN_RIGHT -> pair(i, other[i], own[i]);
            }
        }
    }

    private void pair(int at, int left, int right) {
        frame[2 * at] = clip(left);
        frame[2 * at + 1] = clip(right);
    }

    private static short clip(int value) {
        return (short) Math.clamp(value, -32_768, 32_767);
    }
}
