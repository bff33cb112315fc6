package io.jverto.media.speex;

import java.util.Optional;

/// Whether libspeexdsp is there. Nothing but [SoundCleaner] needs it.
public final class SpeexLibrary {
    /// Found once, when it is first asked for.
    private static final class Found {
        private static final Optional<String> OBSTACLE = look();

        private static Optional<String> look() {
            try {
                SpeexNative.load();
                return Optional.empty();
            } catch (ExceptionInInitializerError failed) {
                return Optional.of(String.valueOf(failed.getCause().getMessage()));
            } catch (LinkageError failed) {
                return Optional.of(String.valueOf(failed.getMessage()));
            }
        }
    }

    private SpeexLibrary() {}

    /// @return why there is no library that can be used; empty where there is one
    public static Optional<String> obstacle() {
        return Found.OBSTACLE;
    }
}
