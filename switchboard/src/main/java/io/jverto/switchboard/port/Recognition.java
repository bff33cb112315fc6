package io.jverto.switchboard.port;

/// Makes text of speech (dialplan-directory.md section 9.3, `detect_speech`). Implemented by server. Thread-safe.
public interface Recognition {
    /// Of a server without any recogniser.
    Recognition NONE = new Recognition() {
        @Override
        public Begin listen(Wanted wanted, Listener listener) {
            return new Begin.Refused("no recogniser is configured: speech.conf names programs that listen");
        }
    };
    /// Characters of one result; what is longer is cut.
    int MAX_RESULT = 16_384;

    /// Begins to listen to one channel.
    ///
    /// @param listener told on another thread, until [Listening#stop]
    Begin listen(Wanted wanted, Listener listener);

    /// @param engine by its name in the configuration
    /// @param grammar as the recogniser calls it; may be empty, as `place`
    /// @param place where it is, or what else stands behind its name
    /// @param params further wishes, `name=value` and commas between them
    record Wanted(String engine, String grammar, String place, String params) {}

    /// What came of it.
    sealed interface Begin {
        record Begun(Listening listening) implements Begin {}

        /// @param why for the log
        record Refused(String why) implements Begin {}
    }

    /// A recogniser that listens to one channel.
    interface Listening {
        /// @return where the channel's sound is to go
        SoundSink sink();

        /// It is not needed any more. Twice does no harm.
        void stop();
    }

    /// Who is told what was understood. Must not wait.
    interface Listener {
        void heard(Heard heard);

        /// It listens no more, without being stopped.
        ///
        /// @param why for the log
        void over(String why);
    }

    /// @param last whether that is all of it, or it may become something else yet
    /// @param body as the recogniser wrote it
    /// @param text what was said
    record Heard(boolean last, String body, String text) {}
}
