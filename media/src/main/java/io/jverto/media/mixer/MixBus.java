package io.jverto.media.mixer;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import java.util.Arrays;

/// The sum of one tick, wide enough that nothing overflows. What one hears is the sum without his own frame.
/// Owner: MIXER_TICK.
@OwnedBy(Role.MIXER_TICK)
public final class MixBus {
    private final int[] sum;
    private final int[] without;

    /// @param values samples of a frame, all channels together
    public MixBus(int values) {
        this.sum = new int[values];
        this.without = new int[values];
    }

    public void clear() {
        Arrays.fill(sum, 0);
    }

    public void add(short[] frame) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += frame[i];
        }
    }

    /// @return what all together say; valid until the bus changes
    public int[] all() {
        return sum;
    }

    /// @return what all but `own` say, which was added before; valid until the next call
    public int[] allBut(short[] own) {
        for (int i = 0; i < sum.length; i++) {
            without[i] = sum[i] - own[i];
        }
        return without;
    }
}
