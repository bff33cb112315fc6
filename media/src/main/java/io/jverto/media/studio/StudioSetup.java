package io.jverto.media.studio;

import io.jverto.base.count.Counters;
import io.jverto.media.frame.FrameCount;
import io.jverto.media.frame.Vpx;
import io.jverto.media.picture.Sprite;
import io.jverto.media.plan.Scene.Art;
import org.jspecify.annotations.Nullable;

/// What a studio is given.
public record StudioSetup(Vpx codec, Counters<StudioCount> counters, Counters<FrameCount> frames, ArtShelf art) {
    /// Where art is kept that others make.
    @FunctionalInterface
    public interface ArtShelf {
        /// @return null while it is not ready; then [Studio#artIsReady] is called once it is
        @Nullable Sprite get(Art art, int width, int height);
    }
}
