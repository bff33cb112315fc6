package io.jverto.medialoop;

import io.jverto.media.plan.MediaNote;
import io.jverto.switchboard.port.MediaListener;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A listener whose reports a test waits for.
final class Heard implements MediaListener {
    private static final long PATIENCE_SECONDS = 20;

    /// What was noted, in that order.
    final List<MediaNote> noted = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<String> reports = new LinkedBlockingQueue<>();

    /// Waits for a report, dropping those before it.
    ///
    /// @return whether it came
    boolean awaits(String report) {
        for (Optional<String> next = next(); next.isPresent(); next = next()) {
            if (next.get().equals(report)) {
                return true;
            }
        }
        return false;
    }

    /// @return the next report, empty when none came in time
    Optional<String> next() {
        try {
            return Optional.ofNullable(reports.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }

    boolean isQuiet() {
        return reports.isEmpty();
    }

    @Override
    public void onNoted(MediaNote note) {
        noted.add(note);
    }

    @Override
    public void onConnected() {
        reports.add("connected");
    }

    @Override
    public void onDtmf(char digit, int durationMillis) {
        reports.add("digit " + digit + " " + durationMillis);
    }

    @Override
    public void onFailed(Failure failure) {
        reports.add("failed " + failure);
    }

    @Override
    public void onPlaybackEnded(long playback, PlaybackEnd end) {
        reports.add("playback " + playback + (end == PlaybackEnd.PLAYED ? "" : " " + end));
    }

    @Override
    public void onRecordingEnded(long recording, RecordingEnd end) {
        reports.add("recording " + recording + " " + end.how());
    }

    @Override
    public void onToneFound(long number) {
        reports.add("tone " + number);
    }

    @Override
    public void onTalking(boolean talking) {
        reports.add("talking " + talking);
    }
}
