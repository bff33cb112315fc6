package io.jverto.switchboard.channel;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.Recording;
import io.jverto.switchboard.event.EventName;
import io.jverto.switchboard.kept.Belongings.KeptRecording;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.MediaListener.RecordingEnd;
import io.jverto.switchboard.port.SoundSink;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private final Happening happening;
    private final Map<Path, Session> ofSession = new HashMap<>();
    /// Those of the server before, until the client is back.
    private List<KeptRecording> waiting = List.of();
    private long last;

    /// When a recording of the session leaves out what is said.
    ///
    /// @param answer before the call is answered
    /// @param bridge while it talks with nobody
    public record Needs(boolean answer, boolean bridge) {
        public static final Needs NOTHING = new Needs(false, false);
    }

    /// @param wished what others want of it
    private record Session(long number, Recording recording, Recording.Sides sides, Needs needs, Recording.Flow wished) {}

    /// Who is told that a recording of the session begins or ends.
    @FunctionalInterface
    interface Happening {
        /// @param resumed whether it goes on after the server was started again
        void told(EventName name, Path path, boolean resumed);
    }

    ChannelRecordings(ChannelHandle handle, ChannelMedia media, Happening happening) {
        this.handle = handle;
        this.media = media;
        this.happening = happening;
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
    public boolean ofSession(Recording recording, Recording.Sides sides, Needs needs) {
        return begins(recording, sides, needs, Recording.Flow.RUNS, false);
    }

    private boolean begins(Recording recording, Recording.Sides sides, Needs needs, Recording.Flow wished, boolean resumed) {
        if (ofSession.containsKey(recording.path()) || ofSession.size() >= MAX_FILES) {
            return false;
        }
        Session session = new Session(++last, recording, sides, needs, wished);
        ofSession.put(recording.path(), session);
        handle.recordsInto(ofSession.keySet());
        handle.markRecorded(true);
        media.ref().recordSession(recording, sides, last);
        if (flow(session) != Recording.Flow.RUNS) {
            media.ref().recordingFlow(last, flow(session));
        }
        happening.told(EventName.RECORD_START, recording.path(), resumed);
        return true;
    }

    /// Lets somebody have what the party says, whatever the channel does, until [#stopHanding] or the end of the channel.
    ///
    /// @return the number of that
    long handOut(SoundSink sink) {
        handle.markRecorded(true);
        media.ref().handOut(sink, ++last);
        return last;
    }

    void handOut(long number, boolean paused) {
        media.ref().recordingFlow(number, paused ? Recording.Flow.PAUSED : Recording.Flow.RUNS);
    }

    void stopHanding(long number) {
        media.ref().stopRecording(number);
    }

    /// Lets a recording go on, or leave out or keep out of hearing what comes from now on.
    ///
    /// @return whether that file is being written by [#ofSession]
    public boolean flow(Path path, Recording.Flow flow) {
        Optional<Session> session = Optional.ofNullable(ofSession.get(path));
        session.ifPresent(one -> {
            Session changed = new Session(one.number, one.recording, one.sides, one.needs, flow);
            ofSession.put(path, changed);
            media.ref().recordingFlow(one.number, flow(changed));
        });
        return session.isPresent();
    }

    private Recording.Flow flow(Session session) {
        boolean lacks = session.needs.answer() && !handle.answered() || session.needs.bridge() && handle.partner().isEmpty();
        return lacks ? Recording.Flow.PAUSED : session.wished;
    }

    /// The call has been answered, or begins or ceases to talk with somebody.
    public void look() {
        ofSession.values().stream().filter(session -> !session.needs.equals(Needs.NOTHING))
                .forEach(session -> media.ref().recordingFlow(session.number, flow(session)));
    }

    /// @return whether that file was being written by [#ofSession]
    public boolean stop(Path path) {
        Session session = ofSession.remove(path);
        handle.recordsInto(ofSession.keySet());
        if (session != null) {
            media.ref().stopRecording(session.number);
            happening.told(EventName.RECORD_STOP, path, false);
        }
        return session != null;
    }

    /// One has come to its end by itself, for instance at its limit.
    ///
    /// @return false: the script hears it too
    boolean ended(long number) {
        ofSession.entrySet().stream().filter(one -> one.getValue().number == number).map(Map.Entry::getKey).findFirst().ifPresent(path -> {
            ofSession.remove(path);
            handle.recordsInto(ofSession.keySet());
            media.ref().stopRecording(number);
            happening.told(EventName.RECORD_STOP, path, false);
        });
        return false;
    }

    /// The channel is over, and with it all that was recorded of it.
    void close() {
        ofSession.keySet().forEach(path -> happening.told(EventName.RECORD_STOP, path, false));
        ofSession.clear();
    }

    /// @return what runs, and what is to go on
    List<KeptRecording> note() {
        List<KeptRecording> all = new ArrayList<>(waiting);
        ofSession.values().forEach(one -> all.add(new KeptRecording(one.recording, one.sides, one.needs.answer(), one.needs.bridge(), one.wished)));
        return all;
    }

    /// @param before what ran in the server before
    void restored(List<KeptRecording> before) {
        waiting = before.stream().filter(one -> SoundPaths.isRecordable(one.recording().path())).limit(MAX_FILES).toList();
    }

    /// The client is back for the first time: what was recorded is again.
    void goOn() {
        List<KeptRecording> before = waiting;
        waiting = List.of();
        for (KeptRecording one : before) {
            begins(SoundPaths.resumed(one.recording()), one.sides(), new Needs(one.answer(), one.bridge()), one.flow(), true);
        }
    }

    /// Ends what [#ofSession] began.
    public void stopAll() {
        List.copyOf(ofSession.keySet()).forEach(this::stop);
    }
}
