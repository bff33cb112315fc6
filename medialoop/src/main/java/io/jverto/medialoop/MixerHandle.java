package io.jverto.medialoop;

import io.jverto.medialoop.tick.TickMixerRef;
import io.jverto.switchboard.port.MediaService;

/// A mixer as the switch holds it.
record MixerHandle(TickMixerRef mixer) implements MediaService.MixerRef {
    @Override
    public String name() {
        return mixer.name();
    }

    @Override
    public void close() {
        mixer.close();
    }
}
