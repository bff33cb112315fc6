package io.jverto.medialoop;

import io.jverto.media.audio.Inserts;
import io.jverto.media.audio.ListenEar;
import io.jverto.media.audio.ListenPoint;
import io.jverto.media.plan.Recording;
import io.jverto.medialoop.tick.SessionRecordingRef;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What is on the line of one channel, whatever the channel does. Guarded by the [Routing] that the channel belongs to.
final class CallLine {
    private final Inserts inserts = new Inserts();
    private final Map<Long, SessionRecordingRef> recordings = new HashMap<>();
    private Optional<ListenPoint> listeners = Optional.empty();

    /// For the channel's ports.
    Inserts inserts() {
        return inserts;
    }

    void record(long number, SessionRecordingRef recording) {
        recordings.put(number, recording);
        inserts.add(recording.insert());
    }

    void flow(long number, Recording.Flow flow) {
        Optional.ofNullable(recordings.get(number)).ifPresent(recording -> {
            recording.insert().setPaused(flow == Recording.Flow.PAUSED);
            recording.insert().setMasked(flow == Recording.Flow.MASKED);
        });
    }

    void stopRecording(long number) {
        Optional.ofNullable(recordings.remove(number)).ifPresent(recording -> {
            inserts.remove(recording.insert());
            recording.stop();
        });
    }

    /// Somebody listens in.
    void add(ListenEar ear) {
        if (listeners.isEmpty()) {
            listeners = Optional.of(new ListenPoint());
            inserts.add(listeners.get());
        }
        listeners.get().add(ear);
    }

    void remove(ListenEar ear) {
        if (listeners.isPresent() && listeners.get().remove(ear)) {
            inserts.remove(listeners.get());
            listeners = Optional.empty();
        }
    }

    /// The channel is gone.
    void close() {
        recordings.values().forEach(SessionRecordingRef::stop);
        recordings.clear();
        listeners.ifPresent(ListenPoint::end);
    }
}
