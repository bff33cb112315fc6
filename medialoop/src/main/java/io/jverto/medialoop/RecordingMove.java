package io.jverto.medialoop;

import io.jverto.base.Broken;
import io.jverto.medialoop.tick.SessionRecordingRef;
import io.jverto.switchboard.port.MediaListener.RecordingEnd;
import io.jverto.switchboard.port.MediaListener;
import io.jverto.switchboard.port.MediaService.MediaRef;
import java.util.concurrent.atomic.AtomicReference;

/// A recording of what one channel says and hears goes on with another one. Guarded by the [Routing] of both.
final class RecordingMove {
    private RecordingMove() {}

    /// @param swapped what the other one says takes the place of what this one heard
    static void move(LineMedia from, long number, MediaRef to, long as, boolean swapped) {
        if (!(to instanceof LineMedia there)) {
            throw new Broken("media of another media service");
        }
        AtomicReference<SessionRecordingRef> released = new AtomicReference<>();
        from.change(line -> line.release(number).ifPresent(released::set));
        SessionRecordingRef recording = released.get();
        if (recording == null) {
            return;
        }
        if (there.isClosed()) {
            recording.stop();
            return;
        }
        MediaListener listener = there.listener();
        recording.events().instead((how, millis, samples) -> listener.onRecordingEnded(as, new RecordingEnd(CallFiles.cause(how), millis, samples)));
        if (swapped) {
            recording.insert().swap();
        }
        there.change(line -> line.record(as, recording));
        moveFilm(from, there, recording);
    }

    /// The pictures come from whoever is recorded.
    private static void moveFilm(LineMedia from, LineMedia to, SessionRecordingRef recording) {
        if (from instanceof CallMedia call && call.state.films.containsKey(recording.film())) {
            Filming.end(call, recording.film());
            if (to instanceof CallMedia other) {
                Filming.begin(other, recording.film());
            }
        }
    }
}
