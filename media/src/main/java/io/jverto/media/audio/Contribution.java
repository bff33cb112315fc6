package io.jverto.media.audio;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.mixer.Panner;
import io.jverto.media.mixer.Pcm;
import io.jverto.media.plan.Position;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one gives to a mix in a tick: in stereo at its place, and flat for those who listen in mono. These get no mean of both ears: the
/// far one is late, and the sum of both would be a comb. Owner: MIXER_TICK. conference.md section 12.3.
@OwnedBy(Role.MIXER_TICK)
final class Contribution {
    private final int mixChannels;
    private final short[] frame;
    /// Made when it is needed first, and kept.
    private short @Nullable [] flat;
    private @Nullable Panner panner;
    private boolean given;

    Contribution(int mixChannels) {
        this.mixChannels = mixChannels;
        this.frame = new short[Frame.SAMPLES * mixChannels];
    }

    /// @param pcm a frame
    /// @param place where it is heard; nothing leaves left and right as they are. A mono mix has no places
    /// @param flatToo whether [#flat] is needed
    void give(short[] pcm, int channels, Optional<Position> place, boolean flatToo) {
        boolean placed = mixChannels == 2 && (place.isPresent() || panner != null);
        if (placed || flatToo) {
            Pcm.convert(pcm, channels, flatFrame(), 1, Frame.SAMPLES);
        }
        if (placed) {
            pan(place.orElse(Position.CENTRE));
            panner = place.isPresent() ? panner : null; // it has come to the middle
        } else {
            Pcm.convert(pcm, channels, frame, mixChannels, Frame.SAMPLES);
        }
        given = true;
    }

    private void pan(Position place) {
        Panner now = panner;
        if (now == null) {
            now = new Panner(Frame.SAMPLES, given ? Position.CENTRE : place);
            panner = now;
        } else if (!given) {
            now.reset();
        }
        now.pan(flatFrame(), place, frame);
    }

    /// Nothing in this tick.
    void pause() {
        given = false;
    }

    boolean given() {
        return given;
    }

    /// @return with the mix's channels
    short[] frame() {
        return frame;
    }

    /// @return mono, before it is placed
    short[] flat() {
        return flatFrame();
    }

    private short[] flatFrame() {
        short[] now = flat;
        if (now == null) {
            now = new short[Frame.SAMPLES];
            flat = now;
        }
        return now;
    }
}
