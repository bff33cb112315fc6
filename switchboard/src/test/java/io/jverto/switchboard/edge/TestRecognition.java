package io.jverto.switchboard.edge;

import io.jverto.switchboard.port.Recognition;
import io.jverto.switchboard.port.SoundSink;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A recogniser in memory: understands what a test says.
public final class TestRecognition implements Recognition {
    /// What it was asked for, and `stop`.
    public final List<String> log = new CopyOnWriteArrayList<>();
    public volatile @Nullable String refuses;
    /// Of who asked last.
    public volatile @Nullable Listener listener;

    @Override
    public Begin listen(Wanted wanted, Listener who) {
        log.add(wanted.engine() + " " + wanted.grammar() + " " + wanted.place() + " " + wanted.params());
        String why = refuses;
        if (why != null) {
            return new Begin.Refused(why);
        }
        listener = who;
        return new Begin.Begun(new Listening() {
            @Override
            public SoundSink sink() {
                return new Deaf();
            }

            @Override
            public void stop() {
                log.add("stop");
            }
        });
    }

    public void hears(boolean last, String text) {
        Listener now = listener;
        if (now != null) {
            now.heard(new Heard(last, "{" + text + "}", text));
        }
    }

    public void ends(String why) {
        Listener now = listener;
        if (now != null) {
            now.over(why);
        }
    }

    private record Deaf() implements SoundSink {
        @Override
        public int rateHz() {
            return 16_000;
        }

        @Override
        public boolean take(ByteBuffer pcm) {
            return true;
        }

        @Override
        public void over() {}
    }
}
