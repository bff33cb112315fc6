package io.jverto.switchboard.channel;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.Recording;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.MediaListener.RecordingEnd;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is recorded of one channel: its party alone, or all that it says and hears, to some files at once.
@OwnedBy(Role.CHANNEL)
public final class ChannelRecordings {
    private static final int MAX_FILES = 8;

    private final ChannelHandle handle;
    private final ChannelMedia media;
    private final Map<Path, Long> ofSession = new HashMap<>();
    private long last;

    ChannelRecordings(ChannelHandle handle, ChannelMedia media) {
        this.handle = handle;
        this.media = media;
    }

    /// Records what the party says until the channel is routed elsewhere; the end comes as [ChannelEvent.RecordingEnded] with the number that
    /// is returned.
    public long ofParty(Recording recording) {
        media.route(new AudioRoute.Record(recording, ++last));
        return last;
    }

    /// Waits for the end of a recording that was stopped, also when the channel has ended or is to go elsewhere. What else comes in meanwhile is
    /// refused.
    ///
    /// @return empty when the deadline came
    public Optional<RecordingEnd> awaitEnd(long number, long deadlineNanos) {
        for (Optional<ChannelEvent> event = handle.await(deadlineNanos); event.isPresent(); event = handle.await(deadlineNanos)) {
            if (event.get() instanceof ChannelEvent.RecordingEnded(long ended, RecordingEnd how) && ended == number) {
                return Optional.of(how);
            }
            handle.refuse(event.get());
        }
        return Optional.empty();
    }

    /// Records what the channel says and hears, whatever it does.
    ///
    /// @return false when that file is being written already, or there are too many
    public boolean ofSession(Recording recording, Recording.Sides sides) {
        if (ofSession.containsKey(recording.path()) || ofSession.size() >= MAX_FILES) {
            return false;
        }
        ofSession.put(recording.path(), ++last);
        media.ref().recordSession(recording, sides, last);
        return true;
    }

    /// @return whether that file was being written by [#ofSession]
    public boolean stop(Path path) {
        Long number = ofSession.remove(path);
        if (number != null) {
            media.ref().stopRecording(number);
        }
        return number != null;
    }

    /// Ends what [#ofSession] began.
    public void stopAll() {
        List.copyOf(ofSession.keySet()).forEach(this::stop);
    }
}
