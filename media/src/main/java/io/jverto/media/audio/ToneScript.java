package io.jverto.media.audio;

/// The tone language.
final class ToneScript {
    private ToneScript() {}

    static SoundSource.Made parse(String script) {
        return new SoundSource.Made.Bad("not yet understood: " + script);
    }
}
